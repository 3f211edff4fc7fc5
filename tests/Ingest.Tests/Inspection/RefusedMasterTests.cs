using System.Buffers.Binary;
using System.Text;
using FlickStream.Ingest.Inspection;
using Microsoft.Extensions.Options;

namespace FlickStream.Ingest.Tests.Inspection;

public sealed class RefusedMasterTests : InspectionBench
{
    private const string Secret = "secret-of-another-studio";

    [Theory]
    [InlineData("#EXTM3U\n#EXT-X-TARGETDURATION:2\n#EXTINF:1,\n{0}\n#EXT-X-ENDLIST\n", "HLS")]
    [InlineData("\uFEFF#EXTM3U\n#EXTINF:1,\n{0}\n", "HLS")]
    [InlineData("ffconcat version 1.0\nfile '{0}'\n", "concat")]
    [InlineData("<?xml version=\"1.0\"?>\n<MPD><Period><AdaptationSet><Representation><BaseURL>{0}</BaseURL></Representation></AdaptationSet></Period></MPD>", "DASH")]
    [InlineData("v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nm=video 5004 RTP/AVP 96\n", "SDP")]
    public async Task A_file_that_only_points_at_others_is_refused_by_its_name(string text, string name)
    {
        var sibling = await MasterAsync($"{Secret}.ts", arguments: ["-metadata", "title=" + Secret]);
        var upload = await WriteAsync("upload.mp4", text.Replace("{0}", sibling, StringComparison.Ordinal));
        var problem = await RefusedAsync(upload);

        Assert.Equal("reference_file", problem.Code);
        Assert.Contains(name, problem.Detail, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, problem.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/* */\n#EXTM3U\n#EXTINF:1,\n{0}\n")]
    [InlineData("file '{0}'\n")]
    [InlineData("\0\0\0\0#EXTM3U\n{0}\n")]
    public async Task A_disguise_that_is_not_recognised_still_reaches_no_other_file(string text)
    {
        var sibling = await MasterAsync($"{Secret}.ts");
        var problem = await RefusedAsync(await WriteAsync("upload.mp4", text.Replace("{0}", sibling, StringComparison.Ordinal)));

        Assert.Contains(problem.Code, (string[])["not_media", "unsupported_container"]);
        Assert.DoesNotContain(Secret, problem.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_movie_whose_media_lies_in_another_file_is_refused()
    {
        // The data reference "url " with flag 1 means this same file; with flag 0 a location follows.
        var bytes = await File.ReadAllBytesAsync(await MasterAsync("master.mov"), Ct);
        for (var at = 0; (at = Find(bytes, "url ", at + 1)) > 0;) bytes[at + 7] = 0;
        for (var at = 0; (at = Find(bytes, "alis", at + 1)) > 0;) bytes[at + 7] = 0;
        var mdat = Find(bytes, "mdat", 0);
        bytes.AsSpan(mdat + 4, (int)BinaryPrimitives.ReadUInt32BigEndian(bytes.AsSpan(mdat - 4)) - 8).Clear();

        Assert.Contains((await RefusedAsync(await WriteAsync("reference.mov", bytes))).Code, (string[])["reference_file", "undecodable"]);
    }

    [Fact]
    public async Task An_empty_file_is_refused() =>
        Assert.Equal("empty_file", (await RefusedAsync(await WriteAsync("upload.mp4", Array.Empty<byte>()))).Code);

    [Theory]
    [InlineData("Dear studio, here is the film.")]
    [InlineData("<html><body>Not found</body></html>")]
    [InlineData("x")]
    public async Task Text_is_not_media(string text)
    {
        var problem = await RefusedAsync(await WriteAsync("upload.mp4", text));
        Assert.Equal("not_media", problem.Code);
        Assert.DoesNotContain("upload.mp4", problem.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("Invalid data", problem.Detail, StringComparison.Ordinal);
        Assert.NotEmpty(problem.Detail!);
    }

    [Fact]
    public async Task Media_of_a_kind_that_is_not_taken_is_called_by_its_name()
    {
        var gif = await FfmpegAsync("master.gif", ["-f", "lavfi", "-i", "testsrc=s=64x64:d=0.5"]);
        var problem = await RefusedAsync(gif);

        Assert.Equal(("unsupported_container", "It is gif."), (problem.Code, problem.Detail));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Noise_is_refused(int seed)
    {
        var noise = new byte[200_000];
        new Random(seed).NextBytes(noise);
        var problem = await RefusedAsync(await WriteAsync("upload.mp4", noise));
        Assert.Contains(problem.Code, (string[])["not_media", "no_video", "undecodable", "unsupported_codec", "unsupported_container"]);
    }

    [Fact]
    public async Task Archives_are_refused_by_name()
    {
        using var zip = new MemoryStream();
        using (var archive = new System.IO.Compression.ZipArchive(zip, System.IO.Compression.ZipArchiveMode.Create, leaveOpen: true))
        {
            await using var entry = archive.CreateEntry("film.mp4").Open();
            entry.Write("film"u8);
        }

        var problem = await RefusedAsync(await WriteAsync("upload.mp4", zip.ToArray()));
        Assert.Equal(("archive", "It is a ZIP file."), (problem.Code, problem.Detail));
    }

    [Theory]
    [InlineData("mp4", "+faststart", 0.6)]
    [InlineData("mp4", "+faststart", 0.98)]
    [InlineData("mov", "-faststart", 0.6)]
    [InlineData("mp4", "+frag_keyframe+empty_moov", 0.9)]
    [InlineData("mkv", null, 0.6)]
    [InlineData("avi", null, 0.6)]
    public async Task A_cut_file_is_refused(string container, string? movflags, double kept)
    {
        var whole = await File.ReadAllBytesAsync(
            await MasterAsync("whole." + container, arguments: movflags is null ? [] : ["-movflags", movflags]), Ct);
        var problem = await RefusedAsync(await WriteAsync("cut." + container, whole[..(int)(whole.Length * kept)]));

        Assert.Equal("truncated", problem.Code);
        Assert.Contains("bytes", problem.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_recording_whose_index_was_never_written_is_refused()
    {
        var whole = await File.ReadAllBytesAsync(await MasterAsync("whole.mp4"), Ct);
        var problem = await RefusedAsync(await WriteAsync("crashed.mp4", whole[..(Find(whole, "moov", 0) - 4)]));
        Assert.Equal("truncated", problem.Code);
    }

    [Fact]
    public async Task A_file_whose_end_was_never_written_is_refused_though_its_length_is_right()
    {
        var bytes = await File.ReadAllBytesAsync(
            await MasterAsync("whole.mp4", seconds: 8, arguments: ["-g", "25", "-movflags", "+faststart"]), Ct);
        bytes.AsSpan(bytes.Length / 2).Clear();
        Assert.Equal("truncated", (await RefusedAsync(await WriteAsync("zeros.mp4", bytes))).Code);
    }

    [Fact]
    public async Task Media_that_cannot_be_decoded_behind_a_good_header_is_refused()
    {
        var bytes = await File.ReadAllBytesAsync(await MasterAsync("whole.mp4", arguments: ["-movflags", "+faststart"]), Ct);
        new Random(7).NextBytes(bytes.AsSpan(Find(bytes, "mdat", 0) + 4));
        var result = Assert.IsType<InspectionResult.Refused>(await InspectAsync(await WriteAsync("garbage.mp4", bytes)));

        Assert.Equal(("undecodable", "None of its first pictures can be decoded."), (result.Problem.Code, result.Problem.Detail));
        Assert.Contains("@ 0x", result.ToolsWords, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Text_alone_has_no_video()
    {
        var words = await WriteAsync("words.srt", "1\n00:00:00,000 --> 00:00:01,000\nHello\n");
        Assert.Equal("no_video", (await RefusedAsync(await FfmpegAsync("words.mkv", ["-i", words]))).Code);
    }

    [Fact]
    public async Task A_codec_that_cannot_be_decoded_is_named()
    {
        var bytes = await File.ReadAllBytesAsync(await MasterAsync("master.mp4"), Ct);
        Encoding.ASCII.GetBytes("xyz9").CopyTo(bytes, Find(bytes, "avc1", Find(bytes, "stsd", 0)));
        Assert.Equal("unsupported_codec", (await RefusedAsync(await WriteAsync("odd.mp4", bytes))).Code);

        var game = await FfmpegAsync("game.mkv", ["-f", "lavfi", "-i", "testsrc2=size=160x92:rate=25:duration=1", "-c:v", "zmbv"]);
        var problem = await RefusedAsync(game);
        Assert.Equal(("unsupported_codec", "The picture is zmbv."), (problem.Code, problem.Detail));
    }

    [Fact]
    public async Task Colours_that_cannot_be_converted_are_refused_with_the_name_of_their_matrix()
    {
        var problem = await RefusedAsync(await SilentAsync("ictcp.mp4", "testsrc2=size=160x92:rate=25:duration=0.5", "-colorspace", "ictcp"));
        Assert.Equal(("unsupported_color", "Its matrix is ictcp."), (problem.Code, problem.Detail));
    }

    [Fact]
    public async Task A_clock_that_begins_again_where_files_were_joined_is_refused()
    {
        var part = await File.ReadAllBytesAsync(await SilentAsync("part.mkv", "testsrc2=size=160x92:rate=25:duration=3"), Ct);
        Assert.Equal("broken_times", (await RefusedAsync(await WriteAsync("joined.mkv", [.. part, .. part]))).Code);
    }

    [Fact]
    public async Task Common_Encryption_is_recognised()
    {
        var path = await MasterAsync(
            "protected.mp4",
            arguments: ["-encryption_scheme", "cenc-aes-ctr", "-encryption_key", new string('1', 32), "-encryption_kid", new string('2', 32)]);
        Assert.Equal("encrypted", (await RefusedAsync(path)).Code);
    }

    [Fact]
    public async Task A_scrambled_transport_stream_is_recognised()
    {
        var bytes = await File.ReadAllBytesAsync(await MasterAsync("clear.ts"), Ct);
        for (var at = 0; at < bytes.Length; at += 188) bytes[at + 3] |= 0x80;
        Assert.Equal("encrypted", (await RefusedAsync(await WriteAsync("scrambled.ts", bytes))).Code);
    }

    [Fact]
    public async Task A_header_that_asks_for_a_gigantic_picture_is_refused()
    {
        var path = await FfmpegAsync("still.mov", ["-f", "lavfi", "-i", "testsrc2=size=160x92:rate=5:duration=1", "-c:v", "png"]);
        var bytes = await File.ReadAllBytesAsync(path, Ct);
        for (var at = 0; (at = Find(bytes, "IHDR", at + 1)) > 0;)
        {
            BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(at + 4), 65520);
            BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(at + 8), 65520);
        }

        var sample = Find(bytes, "png ", Find(bytes, "stsd", 0));
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(sample + 28), unchecked((int)0xfff0fff0));
        Assert.Equal("too_large_picture", (await RefusedAsync(await WriteAsync("gigantic.mov", bytes))).Code);
    }

    [Fact]
    public async Task A_bare_stream_without_times_has_no_duration() =>
        Assert.Equal("no_duration", (await RefusedAsync(await SilentAsync("bare.h264", "testsrc2=size=160x92:rate=25:duration=1"))).Code);

    [Fact]
    public async Task Limits_are_kept()
    {
        var path = await MasterAsync("master.mp4");
        Assert.Equal("too_large_picture", (await RefusedAsync(path, new() { MaxPixels = (160 * 92) - 1 })).Code);
        Assert.Equal("too_many_streams", (await RefusedAsync(path, new() { MaxStreams = 1 })).Code);
        Assert.Equal("too_long", (await RefusedAsync(path, new() { MaxDuration = TimeSpan.FromSeconds(1.9) })).Code);
        Assert.Equal("inspection_timeout", (await RefusedAsync(path, new() { TimeLimit = TimeSpan.FromMilliseconds(1) })).Code);
    }

    [Fact]
    public async Task What_is_sought_by_bytes_is_refused_where_its_keyframes_are_not_known()
    {
        var hasty = new InspectionOptions { ScanTimeLimit = TimeSpan.FromTicks(1) };
        Assert.Equal("inspection_timeout", (await RefusedAsync(await MasterAsync("master.ts"), hasty)).Code);
        Assert.Null((await AcceptedAsync(await MasterAsync("master.mkv"), hasty)).Video!.LeadSeconds);
        Assert.Equal("gop_too_long", (await RefusedAsync(await MasterAsync("sparse.ts", arguments: ["-g", "999"]), new() { MaxGopFrames = 40 })).Code);
    }

    [Fact]
    public void Reading_a_large_master_may_take_longer() =>
        Assert.Equal(TimeSpan.FromMinutes(80), new PacketReader(null!, Options.Create(new InspectionOptions())).LimitOf(45_000_000_000));

    [Fact]
    public async Task A_picture_that_outlasts_what_its_container_claims_is_too_long()
    {
        var path = await SilentAsync("far.mkv", "testsrc2=size=160x92:rate=5:duration=1,setpts='if(eq(N,4),100000/TB,PTS)'", "-fps_mode", "passthrough");
        var bytes = await File.ReadAllBytesAsync(path, Ct);
        var duration = bytes.AsSpan().IndexOf((ReadOnlySpan<byte>)[0x44, 0x89, 0x88]) + 3;
        Assert.Equal(100_000_000, BinaryPrimitives.ReadDoubleBigEndian(bytes.AsSpan(duration)), 1000.0);
        BinaryPrimitives.WriteDoubleBigEndian(bytes.AsSpan(duration), 1000);

        Assert.Equal("too_long", (await RefusedAsync(await WriteAsync("modest.mkv", bytes))).Code);
    }

    /// <summary>A rate that was rounded to nothing has no inverse: the inspection ended in an exception and began again for ever.</summary>
    [Fact]
    public void Frames_that_are_years_apart_are_counted_like_any()
    {
        var scan = PacketScan.Of(2, [0, 1e9])!;
        Assert.True(scan.Rate > 0);
        Assert.True(scan.End > 1e9);
    }

    [Fact]
    public async Task More_tracks_than_are_ever_opened_are_refused()
    {
        string[] maps = [.. Enumerable.Repeat((string[])["-map", "0"], 140).SelectMany(map => map)];
        var path = await FfmpegAsync(
            "tracks.mkv", ["-f", "lavfi", "-i", "color=size=16x16:rate=5:duration=0.4", .. maps, "-c:v", "mpeg4"]);
        Assert.Equal("too_many_streams", (await RefusedAsync(path)).Code);
    }

    private static int Find(byte[] bytes, string text, int from)
    {
        var at = bytes.AsSpan(from).IndexOf(Encoding.ASCII.GetBytes(text));
        return at < 0 ? -1 : at + from;
    }
}
