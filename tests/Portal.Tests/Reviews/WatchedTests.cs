using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using FlickStream.Portal.Tests.Watching;

namespace FlickStream.Portal.Tests.Reviews;

public sealed class WatchedTests(WatchingPortal watching) : IClassFixture<WatchingPortal>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Only_who_watched_a_title_reviews_it_and_goes_on_to_when_that_is_forgotten()
    {
        using var viewer = await watching.ViewerAsync();
        var title = await watching.TitleAsync();
        await Problems.IsAsync(await viewer.AskToReviewAsync(title, 5), HttpStatusCode.Forbidden, "title_not_watched");
        await viewer.WatchAsync(watching.Portal, title, 200);
        await Problems.IsAsync(await viewer.AskToReviewAsync(title, 5), HttpStatusCode.Forbidden, "title_not_watched");

        // Half of ten minutes are five.
        var play = await viewer.PlayAsync(title);
        watching.Portal.Clock.Advance(TimeSpan.FromSeconds(100));
        await viewer.BeatAsync(play, 300);
        await viewer.ReviewAsync(title, 5);
        await viewer.BeatAsync(play, 310, "closed");
        Assert.Equal(HttpStatusCode.NoContent, (await viewer.Browser.DeleteAsync("/api/history", Ct)).StatusCode);
        await viewer.ReviewAsync(title, 6);
        await viewer.EnterAsync(await viewer.ProfileAsync(new { name = "Other" }));
        await Problems.IsAsync(await viewer.AskToReviewAsync(title, 5), HttpStatusCode.Forbidden, "title_not_watched");
    }

    [Fact]
    public async Task Reports_of_who_did_not_watch_a_title_hold_nothing_and_are_seen_by_moderators()
    {
        using var author = await watching.ViewerAsync();
        var title = await watching.TitleAsync();
        await author.WatchAsync(watching.Portal, title, 590);
        await author.NameAsync("Not held");
        var review = (await author.ReviewAsync(title, 5, "What others would hide.")).Id();
        for (var i = 0; i < 3; i++)
        {
            using var fresh = await watching.Portal.ReviewerAsync();
            Assert.Equal(HttpStatusCode.NoContent, (await fresh.ReportAsync(review)).StatusCode);
        }

        Assert.Single(await watching.Portal.TextsAsync(title));
        var found = await watching.Portal.Admin.GetFromJsonAsync<JsonElement>($"/api/admin/reviews/{review}", Ct);
        Assert.Equal("reported", found.GetProperty("review").GetProperty("queue").GetString());
    }

    [Fact]
    public async Task A_series_is_reviewed_by_who_watched_an_episode_of_it()
    {
        using var viewer = await watching.ViewerAsync();
        var (series, episodes) = await watching.SeriesAsync((1, 2));
        await Problems.IsAsync(await viewer.AskToReviewAsync(series, 9), HttpStatusCode.Forbidden, "title_not_watched");
        await viewer.WatchAsync(watching.Portal, episodes[0], 590);
        await viewer.WatchAsync(watching.Portal, episodes[1], 10);
        await viewer.ReviewAsync(series, 9);
        await viewer.ReviewAsync(episodes[0], 8);
        await Problems.IsAsync(await viewer.AskToReviewAsync(episodes[1], 9), HttpStatusCode.Forbidden, "title_not_watched");
        var season = (await viewer.ReadAsync($"/api/titles/{episodes[0]}")).GetProperty("parents")[0].Id();
        await Problems.IsAsync(await viewer.AskToReviewAsync(season, 9), HttpStatusCode.Conflict, "title_not_reviewed");
    }
}
