using FlickStream.Standalone.Tests.Harness;

namespace FlickStream.Standalone.Tests.Players;

/// <summary>The players that people use, in a real browser, on a finished title: from the start, to another rung, to 80 %, to the end.</summary>
[Collection(WithReadyTitle.Name)]
public sealed class PlayerTests(ReadyTitle title)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public Task Hls_js_plays_switches_seeks_and_ends() => PlaysAsync("hls", title.Grant.Hls);

    [Fact]
    public Task Shaka_plays_switches_seeks_and_ends_over_HLS() => PlaysAsync("shaka-hls", title.Grant.Hls);

    [Fact]
    public Task Shaka_plays_switches_seeks_and_ends_over_DASH() => PlaysAsync("shaka-dash", title.Grant.Dash);

    [Fact]
    public Task Dash_js_plays_switches_seeks_and_ends() => PlaysAsync("dashjs", title.Grant.Dash);

    private async Task PlaysAsync(string player, string url)
    {
        var run = await PlayerRun.OfAsync(player, url, title.Master.FramesPerSecond, isGrowing: false, Cancellation);
        run.AssertFlawless(title.Master.Frames);
        Assert.False(run.StartedGrowing);
        Assert.True(run.Rungs!.Count > 1, "there is only one rung to play");
        Assert.NotEqual(run.Switch!.Before, run.Switch.After);
        Assert.Equal(run.Seek!.Frame, run.Seek.Shown);
        // Sound may end up to one AAC frame after the picture.
        Assert.Equal(title.Master.Seconds, run.Duration!.Value, 1024.0 / TestMaster.SampleRate);
    }
}
