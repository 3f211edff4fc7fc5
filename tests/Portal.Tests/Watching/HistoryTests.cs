using System.Net;
using System.Text.Json;
using FlickStream.Platform.Documents;
using FlickStream.Portal.Profiles;
using FlickStream.Portal.Tests.Accounts;
using FlickStream.Portal.Watching.Shelves;
using Microsoft.Extensions.DependencyInjection;

namespace FlickStream.Portal.Tests.Watching;

/// <summary>What was watched, and what goes with it when it is deleted.</summary>
public sealed class HistoryTests(WatchingPortal watching) : IClassFixture<WatchingPortal>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task History_comes_in_pages_and_is_each_profile_s_own_to_delete()
    {
        using var viewer = await watching.ViewerAsync();
        var titles = new[] { await watching.TitleAsync(), await watching.TitleAsync(), await watching.TitleAsync() };
        foreach (var title in titles) await viewer.WatchAsync(watching.Portal, title, 100);
        await viewer.WatchAsync(watching.Portal, titles[0], 200);
        var first = await viewer.ReadAsync("/api/history?limit=2");
        var second = await viewer.ReadAsync($"/api/history?limit=2&after={first.GetProperty("next").GetString()}");
        Assert.Equal([titles[0], titles[2], titles[1]], Ids(first).Concat(Ids(second)));

        var me = (await viewer.ReadAsync("/api/profiles")).GetProperty("items")[0].GetProperty("id").GetString()!;
        await viewer.EnterAsync(await viewer.ProfileAsync(new { name = "Other" }));
        Assert.Empty(await viewer.ListAsync("/api/history"));
        Assert.Equal(HttpStatusCode.NoContent, (await viewer.Browser.DeleteAsync("/api/history", Ct)).StatusCode);
        await viewer.EnterAsync(me);

        // Deleted while it plays: the player's next word does not bring it back.
        var open = await viewer.PlayAsync(titles[0]);
        watching.Portal.Clock.Advance(TimeSpan.FromSeconds(30));
        await viewer.BeatAsync(open, 230);
        Assert.Equal(HttpStatusCode.NoContent, (await viewer.Browser.DeleteAsync($"/api/history/{titles[0]}", Ct)).StatusCode);
        watching.Portal.Clock.Advance(TimeSpan.FromSeconds(30));
        await viewer.BeatAsync(open, 260);
        Assert.Equal([titles[2], titles[1]], Ids(await viewer.ReadAsync("/api/history")));
        Assert.Equal([titles[2], titles[1]], (await viewer.ContinuedAsync()).Select(item => item.Title));

        Assert.Equal(HttpStatusCode.NoContent, (await viewer.Browser.DeleteAsync("/api/history", Ct)).StatusCode);
        Assert.Empty(await viewer.ListAsync("/api/history"));
        Assert.Equal(0, (await viewer.PlayAsync(titles[1])).GetProperty("positionSeconds").GetDouble());
    }

    [Fact]
    public async Task What_was_ever_watched_is_known_until_it_is_forgotten_and_what_was_looked_into_is_not()
    {
        using var viewer = await watching.ViewerAsync();
        var (seen, looked, first) = (await watching.TitleAsync(), await watching.TitleAsync(), await watching.TitleAsync());
        var (series, episodes) = await watching.SeriesAsync((1, 2));
        var account = (await viewer.AccountAsync()).GetProperty("id").GetString()!;
        var profile = (await watching.Portal.Services.GetRequiredService<ProfileStore>().ReadAsync(account, Ct))[0];
        var shelves = watching.Portal.Services.GetRequiredService<ShelfStore>();
        async Task<string[]> WatchedAsync() => [.. (await shelves.WatchedAsync(profile, Ct)).Order(StringComparer.Ordinal)];
        string[] InOrder(params string[] titles) => [.. titles.Order(StringComparer.Ordinal)];
        Assert.Empty(await WatchedAsync());

        // The first is there before somebody asks, the others come after it.
        await viewer.WatchAsync(watching.Portal, first, 590);
        Assert.Equal([first], await WatchedAsync());
        await viewer.WatchAsync(watching.Portal, seen, 590);
        await viewer.WatchAsync(watching.Portal, looked, 29);
        foreach (var episode in episodes) await viewer.WatchAsync(watching.Portal, episode, 40);
        Assert.Equal(InOrder(first, seen, series), await WatchedAsync());

        // Begun again, and far from where it was watched to.
        await viewer.WatchAsync(watching.Portal, seen, 5);
        await watching.Portal.Services.GetRequiredService<IDocuments>().Set(WatchedTitles.Schema).DeleteAsync(profile.Id, null, Ct);
        Assert.Equal(InOrder(first, seen, series), await WatchedAsync());

        await ForgetAsync(viewer, seen);
        await ForgetAsync(viewer, episodes[0]);
        Assert.Equal(InOrder(first, series), await WatchedAsync());
        await ForgetAsync(viewer, episodes[1]);
        Assert.Equal([first], await WatchedAsync());
        await viewer.WatchAsync(watching.Portal, looked, 31);
        Assert.Equal(InOrder(first, looked), await WatchedAsync());
        Assert.Equal(HttpStatusCode.NoContent, (await viewer.Browser.DeleteAsync("/api/history", Ct)).StatusCode);
        Assert.Empty(await WatchedAsync());
    }

    [Fact]
    public async Task A_series_goes_on_from_what_is_left_of_it_when_its_last_episode_is_forgotten()
    {
        using var viewer = await watching.ViewerAsync();
        var (series, episodes) = await watching.SeriesAsync((1, 4));
        await viewer.WatchAsync(watching.Portal, episodes[0], 600);
        await viewer.WatchAsync(watching.Portal, episodes[1], 600);
        await viewer.WatchAsync(watching.Portal, episodes[2], 200);
        Assert.Equal([(episodes[2], 200, false)], await viewer.ContinuedAsync());

        await ForgetAsync(viewer, episodes[2]);
        Assert.Equal([(episodes[2], 0, true)], await viewer.ContinuedAsync());
        var next = (await viewer.ReadAsync($"/api/titles/{series}/progress")).GetProperty("continue");
        Assert.Equal((episodes[2], true), (next.GetProperty("title").GetProperty("id").GetString(), next.GetProperty("isNext").GetBoolean()));

        // Another than the last changes nothing.
        await ForgetAsync(viewer, episodes[0]);
        Assert.Equal([(episodes[2], 0, true)], await viewer.ContinuedAsync());
        await viewer.WatchAsync(watching.Portal, episodes[3], 100);
        Assert.Equal(HttpStatusCode.NoContent, (await viewer.Browser.DeleteAsync($"/api/continue-watching/{series}", Ct)).StatusCode);
        await ForgetAsync(viewer, episodes[3]);
        Assert.Empty(await viewer.ContinuedAsync());
        await viewer.WatchAsync(watching.Portal, episodes[1], 100);
        Assert.Equal([(episodes[1], 100, false)], await viewer.ContinuedAsync());
        await ForgetAsync(viewer, episodes[1]);
        Assert.Empty(await viewer.ContinuedAsync());
        Assert.Equal(JsonValueKind.Null, (await viewer.ReadAsync($"/api/titles/{series}/progress")).GetProperty("continue").ValueKind);
    }

    private static IEnumerable<string> Ids(JsonElement list) => list.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("titleId").GetString()!);

    private static async Task ForgetAsync(Person viewer, string title) =>
        Assert.Equal(HttpStatusCode.NoContent, (await viewer.Browser.DeleteAsync($"/api/history/{title}", Ct)).StatusCode);
}
