using FFMpegCore;
using FlickStream.Platform.Contracts;

namespace FlickStream.Ingest.Tests.Inspection;

/// <summary>
/// FFMpegCore reads the same masters alike. It is the second reader and not the product's own, because it starts ffprobe itself, outside
/// the sandbox, and rounds frame rates to doubles.
/// </summary>
public sealed class SecondReadingTests : InspectionBench
{
    [Theory]
    [InlineData("mp4", "30000/1001")]
    [InlineData("mov", "25")]
    [InlineData("mkv", "24000/1001")]
    [InlineData("ts", "50")]
    [InlineData("avi", "24")]
    public async Task FFMpegCore_reads_the_same_from_a_master(string container, string rate)
    {
        var path = await MasterAsync("master." + container, rate);
        var report = await AcceptedAsync(path);
        var other = await FFProbe.AnalyseAsync(path, cancellationToken: Ct);

        Assert.Equal(other.Format.FormatName, report.Container);
        Assert.Equal(other.Duration.TotalSeconds, report.DurationSeconds, 0.001);
        RequireSamePicture(other.PrimaryVideoStream!, report.Video!);
        var sound = Assert.Single(report.Audio);
        Assert.Equal(
            (other.PrimaryAudioStream!.Index, other.PrimaryAudioStream.CodecName, other.PrimaryAudioStream.Channels, other.PrimaryAudioStream.SampleRateHz),
            (sound.StreamIndex, sound.Codec, sound.Channels, sound.SampleRate));
    }

    [Fact]
    public async Task FFMpegCore_reads_the_same_from_a_master_that_lies_on_its_side_and_has_ten_bits()
    {
        var upright = await SilentAsync(
            "upright.mp4", "testsrc2=size=160x92:rate=25:duration=1,setsar=4/3",
            "-pix_fmt", "yuv420p10le", "-color_primaries", "bt2020", "-color_trc", "smpte2084", "-colorspace", "bt2020nc");
        var turned = await FfmpegAsync("turned.mp4", ["-i", upright, "-c", "copy", "-metadata:s:v", "rotate=270"]);
        var report = await AcceptedAsync(turned);
        var other = (await FFProbe.AnalyseAsync(turned, cancellationToken: Ct)).PrimaryVideoStream!;

        RequireSamePicture(other, report.Video!);
        // ffprobe counts turns the other way round.
        Assert.Equal(((-other.Rotation % 360) + 360) % 360, report.Video!.Rotation);
        Assert.Equal(other.SampleAspectRatio, ((int)report.Video!.SampleAspect.Numerator, (int)report.Video!.SampleAspect.Denominator));
        Assert.Equal(
            (other.ColorTransfer, other.ColorPrimaries, other.ColorSpace),
            (report.Video!.ColorTransfer, report.Video!.ColorPrimaries, report.Video!.ColorSpace));
    }

    private static void RequireSamePicture(VideoStream other, VideoReport video)
    {
        Assert.Equal(
            (other.Index, other.CodecName, other.Width, other.Height, other.PixelFormat),
            (video.StreamIndex, video.Codec, video.Width, video.Height, video.PixelFormat));
        Assert.Equal(other.AverageFrameRate, video.FrameRate.Value, 0.001);
    }
}
