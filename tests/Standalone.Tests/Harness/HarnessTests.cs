namespace FlickStream.Standalone.Tests.Harness;

/// <summary>The harness finds nothing wrong with a title that is right, and what is wrong with one that is not.</summary>
public sealed class HarnessTests
{
    private const int Seconds = 13;
    private const int FramesPerSecond = 24;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_right_title_is_flawless()
    {
        await using var title = await ReferenceTitle.MakeAsync("null", Cancellation);
        var run = await PlayerRun.OfAsync("hls", title.Hls, FramesPerSecond, isGrowing: false, Cancellation);
        run.AssertFlawless(Seconds * FramesPerSecond);
        Assert.Equal(run.Seek!.Frame, run.Seek.Shown);

        var timing = await FfmpegClient.TimingAsync(title.Hls, Cancellation);
        Assert.Equal(Seconds, timing.Flashes.Count);
        Assert.Equal(Seconds, timing.Beeps.Count);
        Assert.All(timing.Flashes.Zip(timing.Beeps), pair => Assert.Equal(pair.First, pair.Second, 0.020));
        Assert.Equal([Seconds * FramesPerSecond, Seconds * FramesPerSecond], await FfmpegClient.FramesOfRungsAsync(title.Hls, Cancellation));
    }

    [Fact]
    public async Task A_title_whose_picture_is_late_is_told_from_a_right_one()
    {
        await using var title = await ReferenceTitle.MakeAsync("tpad=start=2:start_mode=clone,trim=end_frame=312", Cancellation);
        var run = await PlayerRun.OfAsync("hls", title.Hls, FramesPerSecond, isGrowing: false, Cancellation);
        Assert.Null(run.Fatal);
        Assert.NotEmpty(run.WrongFrames);
        Assert.Equal(run.Seek!.Frame - 2, run.Seek.Shown);

        var timing = await FfmpegClient.TimingAsync(title.Hls, Cancellation);
        Assert.Equal(2.0 / FramesPerSecond, timing.Flashes[5] - timing.Beeps[5], 0.020);
    }

    [Fact]
    public async Task A_title_with_a_missing_frame_is_told_from_a_right_one()
    {
        await using var title = await ReferenceTitle.MakeAsync("trim=end_frame=311", Cancellation);
        Assert.All(await FfmpegClient.FramesOfRungsAsync(title.Hls, Cancellation), frames => Assert.Equal((Seconds * FramesPerSecond) - 1, frames));
    }
}
