using System.Buffers.Binary;

namespace FlickStream.Ingest.Tests.Inspection;

/// <summary>Files that tell how long they should be, whole and cut off.</summary>
public sealed class MissingBytesTests : InspectionBench
{
    [Theory]
    [InlineData("m.wav", "pcm_s24le", "bytes")]
    [InlineData("m.wav", "pcm_s16le", "bytes", "-rf64", "always")]
    [InlineData("m.aiff", "pcm_s24be", "bytes")]
    [InlineData("m.flac", "flac", "samples")]
    public async Task Cut_sound_is_refused(string name, string codec, string told, params string[] arguments)
    {
        var whole = await File.ReadAllBytesAsync(
            await FfmpegAsync(name, ["-f", "lavfi", "-i", "anoisesrc=d=4:a=0.1:r=48000", "-c:a", codec, .. arguments]), Ct);
        var problem = await RefusedAsync(await WriteAsync("cut-" + name, whole[..(whole.Length * 6 / 10)]));

        Assert.Equal("truncated", problem.Code);
        Assert.Contains(told, problem.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("m.mxf", 0.6, "-c:v", "mpeg2video", "-b:v", "2M", "-g", "12", "-bf", "2", "-c:a", "pcm_s16le", "-ar", "48000")]
    [InlineData("m.mxf", 0.99, "-c:v", "mpeg2video", "-b:v", "2M", "-c:a", "pcm_s16le", "-ar", "48000")]
    [InlineData("m.flv", 0.6, "-c:a", "aac")]
    public async Task A_cut_file_that_tells_its_length_in_its_own_way_is_refused(string name, double kept, params string[] arguments)
    {
        var whole = await File.ReadAllBytesAsync(await MasterAsync(name, arguments: arguments), Ct);
        Assert.Equal("truncated", (await RefusedAsync(await WriteAsync("cut-" + name, whole[..(int)(whole.Length * kept)]))).Code);
    }

    [Fact]
    public async Task A_recording_of_MXF_that_was_never_ended_is_refused()
    {
        var whole = await PipedAsync("mxf", "-c:v", "mpeg2video", "-c:a", "pcm_s16le", "-ar", "48000");
        var problem = await RefusedAsync(await WriteAsync("open.mxf", whole[..(whole.Length * 6 / 10)]));

        Assert.Equal("truncated", problem.Code);
        Assert.Contains("footer", problem.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("wav", "pcm_s16le")]
    [InlineData("wav", "pcm_s16le", "-rf64", "always")]
    [InlineData("aiff", "pcm_s16be")]
    [InlineData("flac", "flac")]
    [InlineData("flac", "flac", "-frame_size", "1001")]
    [InlineData("mxf", "pcm_s16le", "-c:v", "mpeg2video", "-ar", "48000")]
    [InlineData("flv", "aac")]
    public async Task A_whole_file_is_whole_also_from_a_pipe_and_with_bytes_behind_it(string container, string codec, params string[] arguments)
    {
        var isSound = container is "wav" or "aiff" or "flac";
        string[] wanted = ["-c:a", codec, .. arguments, .. isSound ? ["-vn"] : Array.Empty<string>()];
        var stored = await File.ReadAllBytesAsync(await MasterAsync("stored." + container, seconds: 3, arguments: wanted), Ct);
        // ffmpeg writes AIFF only where it can go back, and does not read RF64 whose sizes were never filled in.
        var piped = container == "aiff" || arguments.Contains("-rf64") ? [] : await PipedAsync(container, wanted);

        foreach (var bytes in new[] { stored, [.. stored, .. new byte[1001]], piped }.Where(bytes => bytes.Length > 0))
            Assert.InRange((await AcceptedAsync(await WriteAsync("whole." + container, bytes))).DurationSeconds, 2.9, 3.2);
    }

    [Fact]
    public async Task A_song_may_end_in_silence()
    {
        var path = await FfmpegAsync("song.flac", ["-f", "lavfi", "-i", "sine=d=1:r=48000,apad=whole_dur=1.5", "-c:a", "flac", "-frame_size", "4608"]);
        Assert.Equal(1.5, (await AcceptedAsync(path)).DurationSeconds, 0.001);
    }

    [Theory]
    [InlineData(0u)]
    [InlineData(0x7fff_f000u)]
    [InlineData(0x7fff_ffffu)]
    [InlineData(0x8000_0000u)]
    [InlineData(uint.MaxValue)]
    public async Task Sound_whose_size_was_not_known_when_it_was_written_is_whole(uint size)
    {
        var bytes = await File.ReadAllBytesAsync(await MasterAsync("sized.wav", arguments: ["-vn", "-c:a", "pcm_s16le", "-bitexact"]), Ct);
        var data = bytes.AsSpan().IndexOf("data"u8);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(4), size);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(data + 4), size);

        Assert.InRange((await AcceptedAsync(await WriteAsync("piped.wav", bytes))).DurationSeconds, 1.9, 2.1);
    }

    [Fact]
    public async Task Where_only_a_duration_is_stated_and_all_tracks_end_before_it_that_is_told()
    {
        var bytes = await File.ReadAllBytesAsync(await MasterAsync("whole.flv", seconds: 8), Ct);
        bytes.AsSpan(bytes.AsSpan().IndexOf("filesize"u8) + 9, 8).Clear();
        var report = await AcceptedAsync(await WriteAsync("cut.flv", bytes[..(bytes.Length * 6 / 10)]));

        Assert.Equal(["ends_early"], report.Notices.Select(notice => notice.Code));
        Assert.InRange(report.DurationSeconds, 4, 6);
        Assert.InRange(Assert.Single(report.Audio).DurationSeconds, 4, 6);
    }
}
