using System.Net;
using FlickStream.Portal.Tests.Accounts;
using FlickStream.Portal.Tests.Catalog;
using FlickStream.Portal.Tests.Subscriptions;

namespace FlickStream.Portal.Tests.Watching;

/// <summary>A portal whose origin is another process's.</summary>
public sealed class OriginElsewhereTests
{
    [Fact]
    public async Task What_is_played_by_an_origin_elsewhere_is_counted_kept_and_ended_there()
    {
        await using var origin = await PortalHost.StartAsync(hasOrigin: true, isOfMany: true);
        var options = new Dictionary<string, string?> { ["Watching:OriginUrl"] = origin.Address.AbsoluteUri, ["Watching:OriginKeyFile"] = origin.KeyFile };
        await using var portal = await PortalHost.StartAsync(options, beside: origin);
        using var studio = await Studio.OfAsync(portal);
        var title = await Playable.MovieAsync(portal, studio);
        using var viewer = await Person.RegisteredAsync(portal);
        await viewer.SubscribeAsync("basic");
        await viewer.EnterAsync();

        var play = await viewer.PlayAsync(title);
        Assert.Equal(portal.Address.Authority, new Uri(play.GetProperty("hls").GetString()!).Authority);
        using (var refused = await viewer.AskToPlayAsync(title)) await Problems.IsAsync(refused, HttpStatusCode.Conflict, "stream_limit");
        portal.Clock.Advance(TimeSpan.FromSeconds(30));
        await viewer.BeatAsync(play, 30);
        Assert.Equal(play.GetProperty("streamId").GetString(), Assert.Single(await viewer.ListAsync("/api/streams")).GetProperty("id").GetString());
        await viewer.BeatAsync(play, 40, "closed");
        Assert.Equal(40, (await viewer.PlayAsync(title)).GetProperty("positionSeconds").GetDouble());
    }

    [Fact]
    public async Task Without_its_origin_nothing_plays_and_no_position_is_lost()
    {
        await using var whole = await PortalHost.StartAsync(hasOrigin: true, isOfMany: true);
        using var studio = await Studio.OfAsync(whole);
        var title = await Playable.MovieAsync(whole, studio);
        using var viewer = await Person.RegisteredAsync(whole);
        await viewer.SubscribeAsync("basic");
        await viewer.EnterAsync();
        var play = await viewer.PlayAsync(title);

        await using var alone = await PortalHost.StartAsync(new() { ["Watching:OriginUrl"] = "http://127.0.0.1:1", ["Watching:OriginKeyFile"] = whole.KeyFile }, beside: whole);
        whole.Clock.Advance(TimeSpan.FromSeconds(60));
        var body = new { token = play.GetProperty("token").GetString(), positionSeconds = 60, state = "playing" };
        using var unkept = await Viewer.AskToBeatAsync(alone, body);
        await Problems.IsAsync(unkept, HttpStatusCode.ServiceUnavailable, "playback_unavailable");
        var replaced = await viewer.PlayAsync(title, play.GetProperty("streamId").GetString());
        Assert.Equal(60, replaced.GetProperty("positionSeconds").GetDouble());
        using var elsewhere = new Person(alone) { Email = viewer.Email };
        await elsewhere.SignInAsync();
        await elsewhere.EnterAsync();
        using var refused = await elsewhere.AskToPlayAsync(title);
        await Problems.IsAsync(refused, HttpStatusCode.ServiceUnavailable, "playback_unavailable");
    }
}
