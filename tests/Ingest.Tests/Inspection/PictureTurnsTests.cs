using FlickStream.Ingest.Inspection;

namespace FlickStream.Ingest.Tests.Inspection;

/// <summary>Recordings over a change of programme, by the real muxer.</summary>
public sealed class PictureTurnsTests : InspectionBench
{
    private const int First = 0x100;
    private const int Second = 600;

    [Theory]
    [InlineData("160x92", "160x92")]
    // The second is the one that would be encoded.
    [InlineData("160x92", "320x184")]
    public async Task A_picture_that_goes_on_as_another_track_is_refused(string first, string second)
    {
        var path = await WriteAsync("joined.ts", [.. await PartAsync("a.ts", first), .. await PartAsync("b.ts", second, "-mpegts_start_pid", $"{Second}", "-output_ts_offset", "3")]);

        Assert.Equal("picture_moves", (await RefusedAsync(path)).Code);
    }

    [Fact]
    public async Task One_that_goes_on_as_the_same_track_is_taken_whole()
    {
        var path = await WriteAsync("joined.ts", [.. await PartAsync("a.ts", "160x92"), .. await PartAsync("b.ts", "160x92", "-output_ts_offset", "3")]);

        Assert.InRange((await AcceptedAsync(path)).Video!.DurationSeconds, 5.9, 6.1);
    }

    [Fact]
    public async Task A_long_recording_is_told_by_its_ends()
    {
        var (before, after) = (await PartAsync("a.ts", "160x92"), await PartAsync("b.ts", "160x92", "-mpegts_start_pid", $"{Second}"));

        Assert.True(PictureTurns.IsApart(before, after, First));
        Assert.True(PictureTurns.IsApart(before, after, Second));
        Assert.False(PictureTurns.IsApart(before, before, First));
        Assert.False(PictureTurns.IsApart(after, before, 0x300));
    }

    [Fact]
    public async Task Programmes_side_by_side_are_none()
    {
        var path = await FfmpegAsync(
            "both.ts",
            [
                "-f", "lavfi", "-i", "testsrc2=s=160x92:r=25:d=2", "-f", "lavfi", "-i", "testsrc2=s=320x184:r=25:d=3", "-map", "0", "-map", "1", "-c:v", "libx264", "-preset", "ultrafast",
                "-program", "program_num=1:st=0", "-program", "program_num=2:st=1",
            ]);

        Assert.Contains((await AcceptedAsync(path)).Notices, notice => notice.Code == "several_programs");
    }

    [Fact]
    public async Task Damaged_bytes_are_read_to_their_end()
    {
        var random = new Random(1);
        var part = (await PartAsync("a.ts", "160x92"))[..(40 * 188)];
        for (var i = 0; i < 2000; i++)
        {
            byte[] broken = [.. part];
            for (var flips = 0; flips < 8; flips++) broken[random.Next(broken.Length)] = (byte)random.Next(256);
            PictureTurns.IsApart(broken, broken, First);
        }
    }

    private async Task<byte[]> PartAsync(string name, string size, params string[] arguments) =>
        await File.ReadAllBytesAsync(await SilentAsync(name, $"testsrc2=s={size}:r=25:d=3", arguments), Ct);
}
