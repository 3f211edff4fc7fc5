using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using FlickStream.Platform.Documents;
using FlickStream.Portal.Subscriptions.Plans;
using FlickStream.Portal.Tests.Accounts;
using FlickStream.Portal.Tests.Catalog;
using FlickStream.Portal.Tests.Subscriptions;
using Microsoft.Extensions.DependencyInjection;

namespace FlickStream.Portal.Tests.Watching;

public sealed class StreamTests(WatchingPortal watching) : IClassFixture<WatchingPortal>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Whoever_finds_all_places_taken_is_told_by_what_and_can_end_one()
    {
        using var viewer = await watching.ViewerAsync();
        var (one, two) = (await watching.TitleAsync(), await watching.TitleAsync());
        var first = await viewer.PlayAsync(one);
        await viewer.EnterAsync(await viewer.ProfileAsync(new { name = "Other" }));
        await viewer.PlayAsync(two);

        // Streams are the account's, whichever profile plays them.
        using var refused = await viewer.AskToPlayAsync(one);
        await Problems.IsAsync(refused, HttpStatusCode.Conflict, "stream_limit");
        var told = (await refused.Content.ReadFromJsonAsync<JsonElement>(Ct)).GetProperty("streams").EnumerateArray().ToList();
        Assert.Equal([one, two], told.Select(stream => stream.GetProperty("titleId").GetString()));
        Assert.Equal(["Me", "Other"], told.Select(stream => stream.GetProperty("profile").GetString()));
        Assert.Equal(first.GetProperty("streamId").GetString(), told[0].GetProperty("id").GetString());

        Assert.Equal(HttpStatusCode.NoContent, (await viewer.Browser.DeleteAsync($"/api/streams/{told[0].GetProperty("id").GetString()}", Ct)).StatusCode);
        await viewer.PlayAsync(one);
        using var late = await Viewer.AskToBeatAsync(watching.Portal, new { token = first.GetProperty("token").GetString(), positionSeconds = 40, state = "playing" });
        await Problems.IsAsync(late, HttpStatusCode.Forbidden, "grant_revoked");
        using var playlist = await viewer.Browser.GetAsync(first.GetProperty("hls").GetString(), Ct);
        Assert.Equal(HttpStatusCode.Forbidden, playlist.StatusCode);
    }

    [Fact]
    public async Task A_page_that_is_loaded_again_does_not_shut_its_viewer_out()
    {
        using var viewer = await watching.ViewerAsync("basic");
        var title = await watching.TitleAsync();
        var first = await viewer.PlayAsync(title);
        using (var refused = await viewer.AskToPlayAsync(title)) await Problems.IsAsync(refused, HttpStatusCode.Conflict, "stream_limit");
        await viewer.PlayAsync(title, replaces: first.GetProperty("streamId").GetString());
        Assert.Single(await viewer.ListAsync("/api/streams"));
    }

    [Fact]
    public async Task V8_2_2_Nobody_ends_or_sees_the_streams_of_another_account()
    {
        using var one = await watching.ViewerAsync();
        using var two = await watching.ViewerAsync();
        var stream = (await one.PlayAsync(await watching.TitleAsync())).GetProperty("streamId").GetString();
        await Problems.IsAsync(await two.Browser.DeleteAsync($"/api/streams/{stream}", Ct), HttpStatusCode.NotFound, "stream_not_found");
        Assert.Empty(await two.ListAsync("/api/streams"));
        await two.PlayAsync(await watching.TitleAsync(), replaces: stream);
        Assert.Single(await one.ListAsync("/api/streams"));
    }

    /// <summary>ASVS 5.0, 8.3.2: what was granted plays on, the next grant is by the plan of then.</summary>
    [Fact]
    public async Task V8_3_2_A_downgrade_bites_at_the_next_grant()
    {
        await using var portal = await PortalHost.StartAsync(hasOrigin: true);
        using var studio = await Studio.OfAsync(portal);
        var title = await Playable.MovieAsync(portal, studio);
        using var viewer = await Person.RegisteredAsync(portal);
        await viewer.SubscribeAsync("premium");
        await viewer.EnterAsync();
        var (first, second) = (await viewer.PlayAsync(title), await viewer.PlayAsync(title));
        await portal.Services.GetRequiredService<IDocuments>().Set(Plan.Schema).UpdateAsync(
            "premium", plan => plan with { Content = plan.Content with { Streams = 1, MaxHeight = 720 } }, Ct);
        await viewer.BeatAsync(second, 5);
        await viewer.BeatAsync(second, 20, "closed");
        using (var refused = await viewer.AskToPlayAsync(title)) await Problems.IsAsync(refused, HttpStatusCode.Conflict, "stream_limit");
        await viewer.BeatAsync(first, 20, "closed");
        Assert.Equal(720, (await viewer.PlayAsync(title)).GetProperty("maxHeight").GetInt32());
    }
}
