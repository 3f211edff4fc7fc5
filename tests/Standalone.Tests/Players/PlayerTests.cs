using FlickStream.Standalone.Tests.Harness;

namespace FlickStream.Standalone.Tests.Players;

/// <summary>The players that people use, in a real browser, on a finished title: from the start, to another rung, to 80 %, to the end.</summary>
[Collection(WithReadyTitle.Name)]
public sealed class PlayerTests(ReadyTitle title)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public Task Hls_js_plays_switches_seeks_and_ends() => PlaysAsync("hls", title.Grant.Hls);

    [Theory]
    [InlineData("hls")]
    [InlineData("dash")]
    public async Task Shaka_plays_switches_seeks_and_ends_and_finds_the_thumbnails(string protocol)
    {
        var run = await PlaysAsync($"shaka-{protocol}", protocol == "hls" ? title.Grant.Hls : title.Grant.Dash);

        var picture = run.Thumbnail!;
        Assert.EndsWith("/sprites/1.jpg", Assert.Single(picture.Uris), StringComparison.Ordinal);
        Assert.Equal((8.0, 2.0), (picture.StartTime, picture.Duration));
        Assert.Equal((0.0, 90.0, 160.0, 90.0), (picture.PositionX, picture.PositionY, picture.Width, picture.Height));
    }

    [Fact]
    public Task Dash_js_plays_switches_seeks_and_ends() => PlaysAsync("dashjs", title.Grant.Dash);

    private async Task<PlayerRun> PlaysAsync(string player, string url)
    {
        var run = await PlayerRun.OfAsync(player, url, title.Master.FramesPerSecond, isGrowing: false, Cancellation);
        run.AssertFlawless(title.Master.Frames);
        Assert.False(run.StartedGrowing);
        Assert.True(run.Rungs!.Count > 1, "there is only one rung to play");
        Assert.NotEqual(run.Switch!.Before, run.Switch.After);
        Assert.Equal(run.Seek!.Frame, run.Seek.Shown);
        // Sound may end up to one AAC frame after the picture.
        Assert.Equal(title.Master.Seconds, run.Duration!.Value, 1024.0 / TestMaster.SampleRate);
        return run;
    }
}
