using FlickStream.Ingest.Inspection;
using FlickStream.Platform.Contracts;

namespace FlickStream.Ingest.Tests.Inspection;

public sealed class ComplexityTests : InspectionBench
{
    private static readonly InspectionOptions Patient = new() { ComplexityTimeLimit = TimeSpan.FromMinutes(1) };

    [Fact]
    public async Task A_master_is_measured_at_a_few_sizes_and_qualities()
    {
        // Its only keyframe is the first picture, and no index says so.
        var path = await SilentAsync("fine.ts", "testsrc2=size=720x480:rate=5:duration=16,noise=alls=10:allf=t");

        var complexity = (await AcceptedAsync(path, Patient)).Complexity!;

        Assert.Equal((720, 480, 1), (complexity.Width, complexity.Height, complexity.Samples));
        Assert.Equal(["480 23", "480 31", "320 20", "320 30", "160 24", "160 32"], complexity.Points.Select(p => $"{p.Height} {p.Crf}"));
        foreach (var size in complexity.Points.GroupBy(p => p.Height))
        {
            var (better, worse) = (size.First(), size.Last());
            Assert.True(better.KeyBits > worse.KeyBits && better.FrameBits > worse.FrameBits && better.Ssim > worse.Ssim, $"{better} {worse}");
        }

        Assert.Equal(complexity.Scaling.OrderByDescending(s => s.Ssim), complexity.Scaling);
        Assert.All(complexity.Points, p => Assert.InRange(p.Ssim, 0.1, 0.9999));
    }

    [Fact]
    public async Task An_upright_picture_is_measured_as_it_is_shown()
    {
        var upright = await SilentAsync("flat.mp4", "testsrc2=size=720x480:rate=5:duration=16");
        var turned = await FfmpegAsync("turned.mp4", ["-i", upright, "-c", "copy", "-metadata:s:v", "rotate=90"]);

        var complexity = (await AcceptedAsync(turned, Patient)).Complexity!;

        Assert.Equal((480, 720), (complexity.Width, complexity.Height));
    }

    [Theory]
    [InlineData("160x92", 16, "00:01:00")]
    [InlineData("720x480", 16, "00:00:00")]
    [InlineData("720x480", 14, "00:01:00")]
    public async Task A_master_that_is_small_or_short_or_not_to_be_measured_is_accepted_without(string size, int seconds, string limit)
    {
        var path = await SilentAsync("plain.mp4", $"testsrc2=size={size}:rate=5:duration={seconds}");

        var report = await AcceptedAsync(path, new InspectionOptions { ComplexityTimeLimit = TimeSpan.Parse(limit, System.Globalization.CultureInfo.InvariantCulture) });

        Assert.Null(report.Complexity);
    }

    [Theory]
    [InlineData(1920, 1080, 1920, 1080)]
    [InlineData(3840, 2160, 1920, 1080)]
    [InlineData(4096, 1716, 1920, 804)]
    [InlineData(1080, 1920, 1080, 1920)]
    [InlineData(641, 481, 640, 480)]
    public void No_picture_is_measured_larger_than_the_largest_rung(int width, int height, int shownWidth, int shownHeight) =>
        Assert.Equal((shownWidth, shownHeight), ProbeArguments.Shown(Video(width, height)));

    private static VideoReport Video(int width, int height) => new(
        0, "h264", width, height, 1, 0, 24, false, 240, 0, 10, "yuv420p", 8, null, null, null, false);
}
