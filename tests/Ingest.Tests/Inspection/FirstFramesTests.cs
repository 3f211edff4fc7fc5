using System.Globalization;
using FlickStream.Platform.Contracts;

namespace FlickStream.Ingest.Tests.Inspection;

/// <summary>Masters whose first packets show nothing, and captions that the first frames do not have.</summary>
public sealed class FirstFramesTests : InspectionBench
{
    [Theory]
    [InlineData(60, 60, 1.5)]
    [InlineData(60, 60, 1.983)]
    [InlineData(25, 50, 3.2)]
    public async Task What_an_edit_list_hides_may_be_a_whole_GOP(int rate, int gop, double from)
    {
        var whole = await SilentAsync("whole.mp4", $"testsrc2=s=160x92:r={rate}:d=5", "-bf", "0", "-g", $"{gop}", "-keyint_min", $"{gop}");
        var trimmed = await FfmpegAsync("trimmed.mp4", ["-ss", string.Create(CultureInfo.InvariantCulture, $"{from}"), "-i", whole, "-c", "copy"]);

        Assert.Equal(5 - from, (await AcceptedAsync(trimmed)).Video!.DurationSeconds, 0.1);
    }

    [Fact]
    public async Task A_recording_may_begin_anywhere_in_a_GOP()
    {
        var whole = await SilentAsync("whole.ts", "testsrc2=s=160x92:r=50:d=6", "-bf", "0", "-g", "100", "-keyint_min", "100");
        var bytes = await File.ReadAllBytesAsync(whole, Ct);
        // Of the first two seconds the first fifth is missing, and with it the keyframe.
        var cut = await WriteAsync("cut.ts", bytes[(bytes.Length / 15 / 188 * 188)..]);

        Assert.InRange((await AcceptedAsync(cut)).Video!.DurationSeconds, 3.9, 6);
    }

    [Fact]
    public async Task The_light_of_a_trimmed_picture_is_that_of_the_whole()
    {
        var whole = await FfmpegAsync(
            "whole.mp4",
            [
                "-f", "lavfi", "-i", "testsrc2=s=160x92:r=25:d=4", "-c:v", "libx265", "-preset", "ultrafast", "-pix_fmt", "yuv420p10le", "-bf", "0", "-x265-params",
                "log-level=none:pools=1:keyint=50:min-keyint=50:colorprim=bt2020:colormatrix=bt2020nc:transfer=smpte2084:max-cll=4000,400:hdr10=1:repeat-headers=1"
                    + ":master-display=G(13250,34500)B(7500,3000)R(34000,16000)WP(15635,16450)L(40000000,50)",
            ]);
        var trimmed = await FfmpegAsync("trimmed.mp4", ["-ss", "1.3", "-i", whole, "-c", "copy"]);

        var report = Assert.IsType<HdrReport>((await AcceptedAsync(trimmed)).Video!.Hdr);

        Assert.Equal((HdrTransfer.Pq, 4000, 40_000_000), (report.Transfer, report.MaxContentLight, report.Mastering?.MaxLuminance));
    }

    [Theory]
    [InlineData("captioned.ts")]
    [InlineData("captioned.mpg")]
    [InlineData("captioned.mp4")]
    public async Task Captions_may_begin_behind_a_trailer_and_end_before_the_credits(string file)
    {
        var bare = await SilentAsync("bare.h264", "testsrc2=s=160x92:r=25:d=8", "-bf", "0", "-g", "25");
        var stream = await WriteAsync("captioned.h264", WithCaptions(await File.ReadAllBytesAsync(bare, Ct), from: 50, to: 150));
        var path = await FfmpegAsync(file, ["-r", "25", "-i", stream, "-c", "copy"]);

        Assert.Single((await AcceptedAsync(path)).Text);
        Assert.Empty((await AcceptedAsync(await FfmpegAsync("bare" + file, ["-r", "25", "-i", bare, "-c", "copy"]))).Text);
    }

    /// <summary>Puts an SEI message of ATSC A/53 with one pair of bytes before some of the pictures.</summary>
    private static byte[] WithCaptions(byte[] stream, int from, int to)
    {
        byte[] sei = [0, 0, 0, 1, 6, 4, 14, 0xb5, 0, 0x31, .. "GA94"u8, 3, 0xc1, 0xff, 0xfc, 0x94, 0x20, 0xff, 0x80];
        using var written = new MemoryStream();
        var picture = 0;
        for (var i = 0; i < stream.Length; i++)
        {
            var starts = i + 4 < stream.Length && stream.AsSpan(i, 3).SequenceEqual((byte[])[0, 0, 1]);
            // The first slice of a picture: first_mb_in_slice is 0, which is a set bit.
            if (starts && (stream[i + 3] & 31) is 1 or 5 && (stream[i + 4] & 0x80) != 0 && picture++ is var number && number >= from && number < to)
                written.Write(sei);
            written.WriteByte(stream[i]);
        }

        return written.ToArray();
    }
}
