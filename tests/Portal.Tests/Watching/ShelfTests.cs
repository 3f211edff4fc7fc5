using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using FlickStream.Platform.Bus;
using FlickStream.Platform.Documents;
using FlickStream.Platform.Playback;
using FlickStream.Portal.Accounts;
using FlickStream.Portal.Tests.Accounts;
using FlickStream.Portal.Tests.Catalog;
using FlickStream.Portal.Watching;
using FlickStream.Portal.Watching.Plays;
using FlickStream.Portal.Watching.Shelves;
using FlickStream.Portal.Watching.Tracks;
using FlickStream.Portal.Watching.Watchlists;
using Microsoft.Extensions.DependencyInjection;

namespace FlickStream.Portal.Tests.Watching;

public sealed class ShelfTests(WatchingPortal watching) : IClassFixture<WatchingPortal>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private IDocuments Documents => watching.Portal.Services.GetRequiredService<IDocuments>();

    [Fact]
    public async Task A_title_goes_on_where_its_viewer_was_whatever_became_of_the_player()
    {
        using var viewer = await watching.ViewerAsync();
        var title = await watching.TitleAsync();
        var play = await viewer.PlayAsync(title);
        watching.Portal.Clock.Advance(TimeSpan.FromSeconds(100));
        await viewer.BeatAsync(play, 100);

        // Another device asks while the first is silent: nobody ended it, and no sweep has run.
        var second = await viewer.PlayAsync(title);
        Assert.Equal(100, second.GetProperty("positionSeconds").GetDouble());
        watching.Portal.Clock.Advance(TimeSpan.FromSeconds(50));

        // What a browser sends of a page that is closed: no header of ours and no session.
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/streams/heartbeat")
        {
            Content = JsonContent.Create(new { token = second.GetProperty("token").GetString(), positionSeconds = 150, state = "closed" }),
            Headers = { { "Sec-Fetch-Site", "same-origin" }, { "Origin", watching.Portal.Address.GetLeftPart(UriPartial.Authority) } },
        };
        using var last = await watching.Portal.Anonymous.SendAsync(request, Ct);
        Assert.Equal(HttpStatusCode.NoContent, last.StatusCode);
        Assert.Equal(150, (await viewer.PlayAsync(title)).GetProperty("positionSeconds").GetDouble());
        var page = await viewer.ReadAsync($"/api/titles/{title}/progress");
        Assert.Equal((150, false), (page.GetProperty("positionSeconds").GetInt32(), page.GetProperty("isFinished").GetBoolean()));
        Assert.Equal(title, page.GetProperty("continue").GetProperty("title").GetProperty("id").GetString());
    }

    [Fact]
    public async Task A_page_that_stands_open_does_not_take_back_where_another_device_went()
    {
        using var viewer = await watching.ViewerAsync();
        var title = await watching.TitleAsync();
        var still = await viewer.PlayAsync(title);
        watching.Portal.Clock.Advance(TimeSpan.FromSeconds(100));
        await viewer.BeatAsync(still, 100, "paused");
        await viewer.WatchAsync(watching.Portal, title, 400);
        watching.Portal.Clock.Advance(TimeSpan.FromMinutes(6));
        await viewer.BeatAsync(still, 100, "paused");
        Assert.Equal([(title, 400, false)], await viewer.ContinuedAsync());
        await viewer.BeatAsync(still, 100, "closed");
        Assert.Equal([(title, 400, false)], await viewer.ContinuedAsync());
    }

    [Theory]
    [InlineData("playing", true)]
    [InlineData("playing", false)]
    [InlineData("closed", true)]
    [InlineData("closed", false)]
    public async Task The_token_of_a_stream_that_is_over_tells_of_nothing(string state, bool isClosed)
    {
        using var viewer = await watching.ViewerAsync();
        var title = await watching.TitleAsync();
        var play = await viewer.PlayAsync(title);
        watching.Portal.Clock.Advance(TimeSpan.FromSeconds(300));
        await viewer.BeatAsync(play, 300, isClosed ? "closed" : "playing");
        await watching.Portal.Services.GetRequiredService<IPlayback>().EndAsync(play.GetProperty("streamId").GetString()!, Ct);
        watching.Portal.Clock.Advance(TimeSpan.FromSeconds(30));
        using var late = await Viewer.AskToBeatAsync(watching.Portal, new { token = play.GetProperty("token").GetString(), positionSeconds = 50, state });
        if (state == "playing") await Problems.IsAsync(late, HttpStatusCode.Forbidden, "grant_revoked");
        Assert.Equal(300, (await viewer.PlayAsync(title)).GetProperty("positionSeconds").GetDouble());
    }

    [Fact]
    public async Task What_a_player_left_without_a_word_is_ended_by_the_sweep()
    {
        using var viewer = await watching.ViewerAsync();
        var title = await watching.TitleAsync();
        var play = await viewer.PlayAsync(title);
        watching.Portal.Clock.Advance(TimeSpan.FromSeconds(100));
        await viewer.BeatAsync(play, 100);
        var sweep = watching.Portal.Services.GetRequiredService<WatchingSweep>();
        await sweep.SweepAsync(Ct);
        var plays = watching.Portal.Services.GetRequiredService<PlayStore>();
        Assert.Null((await plays.GetAsync(play.GetProperty("streamId").GetString()!, Ct))!.ClosedAt);
        watching.Portal.Clock.Advance(TimeSpan.FromMinutes(16));
        await Task.WhenAll(sweep.SweepAsync(Ct), sweep.SweepAsync(Ct));
        var over = await plays.GetAsync(play.GetProperty("streamId").GetString()!, Ct);
        Assert.Equal((watching.Portal.Clock.GetUtcNow(), 100), (over!.ClosedAt!.Value, over.WatchedSeconds));
        Assert.Equal(100, (await Documents.Set(Progress.Schema).GetAsync(Progress.IdOf(over.ProfileId, title), Ct))!.Value.PositionSeconds);

        // It wakes: its place is free, so it plays on, and is remembered.
        await viewer.BeatAsync(play, 130);
        Assert.Equal(130, (await viewer.ReadAsync($"/api/titles/{title}/progress")).GetProperty("positionSeconds").GetDouble());
    }

    [Fact]
    public async Task No_player_is_taken_for_silent_before_its_time()
    {
        using var viewer = await watching.ViewerAsync();
        var title = await watching.TitleAsync();
        var (clock, step) = (watching.Portal.Clock, TimeSpan.FromMinutes(5));
        // By the beginning of the step those are found that may be silent.
        clock.Advance(TimeSpan.FromTicks(step.Ticks - 1 - (clock.GetUtcNow().Ticks % step.Ticks)));
        var play = await viewer.PlayAsync(title);
        clock.Advance(TimeSpan.FromMinutes(14));
        await watching.Portal.Services.GetRequiredService<WatchingSweep>().SweepAsync(Ct);
        var plays = watching.Portal.Services.GetRequiredService<PlayStore>();
        Assert.Null((await plays.GetAsync(play.GetProperty("streamId").GetString()!, Ct))!.ClosedAt);
    }

    [Fact]
    public async Task What_was_seen_is_not_continued_and_a_series_goes_on_with_the_next_episode()
    {
        using var viewer = await watching.ViewerAsync();
        var (movie, marked) = (await watching.TitleAsync(), Studio.Movie("Marked"));
        marked["markers"] = JsonNode.Parse("""{"credits":{"startSeconds":300}}""");
        var credits = await watching.TitleAsync(marked);
        var (series, episodes) = await watching.SeriesAsync((0, 1), (1, 2), (3, 1));
        await viewer.WatchAsync(watching.Portal, movie, 200);
        await viewer.WatchAsync(watching.Portal, episodes[1], 250);
        await viewer.WatchAsync(watching.Portal, credits, 299);
        Assert.Equal([(credits, 299, false), (episodes[1], 250, false), (movie, 200, false)], await viewer.ContinuedAsync());

        await viewer.WatchAsync(watching.Portal, credits, 310);
        await viewer.WatchAsync(watching.Portal, movie, 571);
        await viewer.WatchAsync(watching.Portal, episodes[1], 590);
        Assert.Equal([(episodes[2], 0, true)], await viewer.ContinuedAsync());
        Assert.Equal(series, (await viewer.ListAsync("/api/continue-watching"))[0].GetProperty("series").GetProperty("id").GetString());
        var next = (await viewer.PlayAsync(episodes[2])).GetProperty("next");
        Assert.Equal((episodes[3], 3, 1), (next.GetProperty("id").GetString(), next.GetProperty("season").GetInt32(), next.GetProperty("number").GetInt32()));
        await viewer.WatchAsync(watching.Portal, episodes[3], 600);
        Assert.Empty(await viewer.ContinuedAsync());

        // However many were seen to their end, what is not is found behind them.
        await viewer.WatchAsync(watching.Portal, movie, 100);
        await viewer.WatchAsync(watching.Portal, (await watching.SeriesAsync((1, 1))).Episodes[0], 600);
        Assert.Equal(movie, Assert.Single(await viewer.ListAsync("/api/continue-watching?limit=1")).GetProperty("title").GetProperty("id").GetString());
        await viewer.WatchAsync(watching.Portal, movie, 600);

        // Specials follow only each other, and begin again what was seen.
        Assert.Equal(JsonValueKind.Null, (await viewer.PlayAsync(episodes[0])).GetProperty("next").ValueKind);
        var again = (await viewer.ReadAsync($"/api/titles/{movie}/progress")).GetProperty("continue");
        Assert.Equal(JsonValueKind.Null, again.ValueKind);
    }

    [Fact]
    public async Task What_was_barely_begun_or_put_away_is_not_continued()
    {
        using var viewer = await watching.ViewerAsync();
        var (short_, movie) = (await watching.TitleAsync(), await watching.TitleAsync());
        await viewer.WatchAsync(watching.Portal, short_, 20);
        await viewer.WatchAsync(watching.Portal, movie, 100);
        Assert.Equal([(movie, 100, false)], await viewer.ContinuedAsync());
        Assert.Equal(HttpStatusCode.NoContent, (await viewer.Browser.DeleteAsync($"/api/continue-watching/{movie}", Ct)).StatusCode);
        await Problems.IsAsync(await viewer.Browser.DeleteAsync($"/api/continue-watching/{movie}", Ct), HttpStatusCode.NotFound, "title_not_found");
        Assert.Empty(await viewer.ContinuedAsync());
        Assert.Equal(100, (await viewer.ReadAsync($"/api/titles/{movie}/progress")).GetProperty("positionSeconds").GetDouble());
        await viewer.WatchAsync(watching.Portal, movie, 120);
        Assert.Equal([(movie, 120, false)], await viewer.ContinuedAsync());
    }

    [Fact]
    public async Task What_another_node_writes_is_continued_once_the_bus_tells_and_else_within_a_minute()
    {
        using var viewer = await watching.ViewerAsync();
        var (profile, movie) = (await viewer.EnterAsync(), await watching.TitleAsync());
        await viewer.WatchAsync(watching.Portal, movie, 100);
        Assert.Equal([(movie, 100, false)], await viewer.ContinuedAsync());

        await ElsewhereAsync(200);
        Assert.Equal([(movie, 100, false)], await viewer.ContinuedAsync());
        watching.Portal.Clock.Advance(ContinuePages.Life);
        Assert.Equal([(movie, 200, false)], await viewer.ContinuedAsync());

        await ElsewhereAsync(300);
        await watching.Portal.Services.GetRequiredService<IBus>().PublishAsync(ContinuePages.Topic, $"another/{profile}", Ct);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        for (var looks = 0; await viewer.ContinuedAsync() is not [(_, 300, _)]; looks++)
        {
            Assert.True(looks < 500, "The bus told nobody.");
            await timer.WaitForNextTickAsync(Ct);
        }

        Task ElsewhereAsync(double position) => Documents.Set(ShelfEntry.Schema).UpdateAsync(
            Progress.IdOf(profile, movie), entry => entry with { Last = entry.Last with { PositionSeconds = position } }, Ct);
    }

    [Fact]
    public async Task What_is_put_away_while_its_player_said_no_last_word_stays_away_until_it_is_watched_again()
    {
        using var viewer = await watching.ViewerAsync();
        var movie = await watching.TitleAsync();
        var play = await viewer.PlayAsync(movie);
        watching.Portal.Clock.Advance(TimeSpan.FromSeconds(100));
        await viewer.BeatAsync(play, 100, "paused");
        Assert.Equal(HttpStatusCode.NoContent, (await viewer.Browser.DeleteAsync($"/api/continue-watching/{movie}", Ct)).StatusCode);
        Assert.Empty(await viewer.ContinuedAsync());
        watching.Portal.Clock.Advance(TimeSpan.FromMinutes(16));
        await watching.Portal.Services.GetRequiredService<WatchingSweep>().SweepAsync(Ct);
        Assert.Empty(await viewer.ContinuedAsync());
        Assert.Equal(100, (await viewer.ReadAsync($"/api/titles/{movie}/progress")).GetProperty("positionSeconds").GetDouble());
        await viewer.WatchAsync(watching.Portal, movie, 120);
        Assert.Equal([(movie, 120, false)], await viewer.ContinuedAsync());
    }

    [Fact]
    public async Task A_title_that_a_profile_does_not_see_is_in_no_list_of_it_by_name()
    {
        using var viewer = await watching.ViewerAsync();
        var title = await watching.TitleAsync();
        await viewer.WatchAsync(watching.Portal, title, 100);
        Assert.Equal(HttpStatusCode.NoContent, (await viewer.Browser.PutAsync($"/api/watchlist/{title}", null, Ct)).StatusCode);
        await watching.Studio.MoveAsync(title, "withdraw");
        Assert.Empty(await viewer.ContinuedAsync());
        Assert.Empty(await viewer.ListAsync("/api/watchlist"));
        Assert.Equal(JsonValueKind.Null, Assert.Single(await viewer.ListAsync("/api/history")).GetProperty("title").ValueKind);
    }

    [Fact]
    public async Task A_watchlist_holds_each_title_once_and_no_more_than_it_may()
    {
        await using var portal = await PortalHost.StartAsync(new() { ["Watching:WatchlistSize"] = "3" }, hasOrigin: true);
        using var studio = await Studio.OfAsync(portal);
        using var viewer = await Person.RegisteredAsync(portal);
        await viewer.EnterAsync();
        var titles = new List<string>();
        for (var i = 0; i < 6; i++) titles.Add(await studio.PublishAsync(Studio.Movie($"Movie {i}")));
        var answers = await Task.WhenAll(titles.Concat(titles).Select(title => viewer.Browser.PutAsync($"/api/watchlist/{title}", null, Ct)));
        Assert.Equal(6, answers.Count(answer => answer.StatusCode == HttpStatusCode.NoContent));
        foreach (var full in answers.Where(answer => answer.StatusCode != HttpStatusCode.NoContent)) await Problems.IsAsync(full, HttpStatusCode.Conflict, "watchlist_full");
        var listed = (await viewer.ListAsync("/api/watchlist")).Select(item => item.GetProperty("title").GetProperty("id").GetString()!).ToList();
        Assert.Equal(3, listed.Distinct().Count());
        Assert.True((await viewer.ReadAsync($"/api/titles/{listed[0]}/progress")).GetProperty("isOnWatchlist").GetBoolean());
        foreach (var title in new[] { listed[1], listed[1], "0123456789abcdef" })
            Assert.Equal(HttpStatusCode.NoContent, (await viewer.Browser.DeleteAsync($"/api/watchlist/{title}", Ct)).StatusCode);
        Assert.Equal([listed[0], listed[2]], (await viewer.ListAsync("/api/watchlist")).Select(item => item.GetProperty("title").GetProperty("id").GetString()));
        await Problems.IsAsync(await viewer.Browser.PutAsync("/api/watchlist/0123456789abcdef", null, Ct), HttpStatusCode.NotFound, "title_not_found");
    }

    [Theory]
    [InlineData("""{"token":"x","positionSeconds":1,"state":"playing"}""", "stream_token_invalid")]
    [InlineData("""{"token":"x","positionSeconds":-1,"state":"playing"}""", "heartbeat_invalid")]
    [InlineData("""{"token":"x","positionSeconds":1e300,"state":"playing"}""", "heartbeat_invalid")]
    [InlineData("""{"token":"x","positionSeconds":1}""", "heartbeat_invalid")]
    [InlineData("""{"token":{"$ne":""},"positionSeconds":1,"state":"playing"}""", "bad_request")]
    [InlineData("""{"token":"x","positionSeconds":1,"state":"dancing"}""", "bad_request")]
    public async Task A_heartbeat_that_is_none_is_refused(string body, string code)
    {
        using var answer = await watching.Portal.Anonymous.PostAsync("/api/streams/heartbeat", new StringContent(body, null, "application/json"), Ct);
        await Problems.IsAsync(answer, code == "stream_token_invalid" ? HttpStatusCode.Forbidden : HttpStatusCode.BadRequest, code);
    }

    [Fact]
    public async Task All_of_it_can_be_taken_away_and_goes_with_the_profile_and_with_the_account()
    {
        using var viewer = await watching.ViewerAsync();
        var title = await watching.TitleAsync();
        var me = (await viewer.ReadAsync("/api/profiles")).GetProperty("items")[0].GetProperty("id").GetString()!;
        var other = await viewer.ProfileAsync(new { name = "Other" });
        foreach (var profile in new[] { me, other })
        {
            await viewer.EnterAsync(profile);
            await viewer.Browser.PutAsync($"/api/watchlist/{title}", null, Ct);
            await viewer.Browser.PutAsJsonAsync($"/api/titles/{title}/tracks", new { audio = new { language = "fr" } }, Ct);
            await viewer.WatchAsync(watching.Portal, title, 100);
            await viewer.ReadAsync("/api/recommendations");
        }

        var playing = await viewer.PlayAsync(title);
        var export = (await viewer.ReadAsync("/api/accounts/me/export")).GetProperty("watching").GetRawText();
        foreach (var told in new[] { me, other, title, "\"fr\"", "\"positionSeconds\":100" }) Assert.Contains(told, export, StringComparison.Ordinal);
        Assert.Equal(13, await CountAsync(viewer));

        Assert.Equal(HttpStatusCode.NoContent, (await viewer.Browser.DeleteAsync($"/api/profiles/{other}", Ct)).StatusCode);
        Assert.Equal(6, await CountAsync(viewer));
        await Problems.IsAsync(
            await Viewer.AskToBeatAsync(watching.Portal, new { token = playing.GetProperty("token").GetString(), positionSeconds = 200, state = "playing" }),
            HttpStatusCode.Forbidden, "grant_revoked");

        await viewer.EnterAsync(me);
        var late = await viewer.PlayAsync(title);
        Assert.Equal(HttpStatusCode.OK, (await viewer.Browser.DeleteAsync("/api/accounts/me", Ct)).StatusCode);
        await watching.Portal.Services.GetRequiredService<AccountSweep>().SweepAsync(Ct);
        await Viewer.AskToBeatAsync(watching.Portal, new { token = late.GetProperty("token").GetString(), positionSeconds = 200, state = "closed" });
        Assert.Equal(0, await CountAsync(viewer));
    }

    private string _account = "";

    /// <summary>Documents of the account.</summary>
    private async Task<long> CountAsync(Person person)
    {
        if (_account.Length == 0) _account = (await person.AccountAsync()).GetProperty("id").GetString()!;
        DocumentFilter[] its = [DocumentFilter.Equal("account", _account)];
        return await Documents.Set(Play.Schema).CountAsync(its, Ct) + await Documents.Set(Progress.Schema).CountAsync(its, Ct)
            + await Documents.Set(ShelfEntry.Schema).CountAsync(its, Ct) + await Documents.Set(Watchlist.Schema).CountAsync(its, Ct)
            + await Documents.Set(TrackChoices.Schema).CountAsync(its, Ct) + await Documents.Set(WatchedTitles.Schema).CountAsync(its, Ct);
    }
}
