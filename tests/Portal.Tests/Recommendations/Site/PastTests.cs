using System.Net;
using System.Text.Json;
using FlickStream.Platform.Documents;
using FlickStream.Portal.Recommendations.Site;
using FlickStream.Portal.Recommendations.Site.Dismissals;
using FlickStream.Portal.Reviews;
using FlickStream.Portal.Tests.Accounts;
using FlickStream.Portal.Tests.Reviews;
using FlickStream.Portal.Tests.Watching;
using Microsoft.Extensions.DependencyInjection;

namespace FlickStream.Portal.Tests.Recommendations.Site;

/// <summary>What a profile is done with, however long ago.</summary>
public sealed class PastTests(RecommendingPortal site) : IClassFixture<RecommendingPortal>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private IDocuments Documents => site.Portal.Services.GetRequiredService<IDocuments>();

    [Fact]
    public async Task What_was_watched_does_not_come_back_however_much_was_played_since()
    {
        var person = await Person.RegisteredAsync(site.Portal);
        var profile = await person.EnterAsync();
        var (watched, looked, last) = (site.OfTaste(1)[1..6], site.OfTaste(1)[6], site.OfTaste(1)[7]);
        foreach (var movie in watched[..3]) await site.LongAgoAsync(profile, movie, 100);
        await site.LongAgoAsync(profile, looked, 4);
        // More than is looked at for what the profile likes.
        await site.WatchedAsync(profile, [.. Enumerable.Repeat(site.OfTaste(1)[0], 501)]);
        var shown = await ShownAsync(person);
        Assert.Empty(shown.Intersect(watched[..3]));
        Assert.Contains(looked, shown);
        Assert.Contains(last, shown);

        foreach (var movie in watched[3..]) await site.LongAgoAsync(profile, movie, 5);
        Assert.Empty((await ShownAsync(person)).Intersect(watched));
        Assert.Empty((await LikeAsync(person, last)).Intersect(watched));
        Assert.Equal(HttpStatusCode.NoContent, (await person.Browser.DeleteAsync($"/api/history/{watched[0]}", Ct)).StatusCode);
        Assert.Contains(watched[0], await ShownAsync(person));
    }

    [Fact]
    public async Task What_was_rated_does_not_come_back_however_much_was_rated_since()
    {
        var person = await Person.RegisteredAsync(site.Portal);
        var (profile, titles) = (await person.EnterAsync(), site.OfTaste(2));
        await person.ReviewAsync(titles[0], 6);
        await ShownAsync(person);
        await person.ReviewAsync(titles[1], 6);
        var later = site.Portal.Clock.GetUtcNow().AddSeconds(1);
        await Documents.Set(Review.Schema).InsertManyAsync(
            [.. Enumerable.Range(0, 500).Select(at => KeyValuePair.Create($"{profile}{at}", new Review
            {
                Id = $"{profile}{at}", AccountId = profile, ProfileId = profile, TitleId = $"{at}", Rating = 6, StateSince = later, CreatedAt = later, EditedAt = later,
            }))],
            Ct);
        Assert.Empty((await ShownAsync(person)).Intersect(titles[..2]));
        Assert.Equal(HttpStatusCode.NoContent, (await person.Browser.DeleteAsync($"/api/titles/{titles[1]}/review", Ct)).StatusCode);
        Assert.Equal([titles[1]], (await ShownAsync(person)).Intersect(titles[..2]));
    }

    [Fact]
    public async Task What_was_put_away_does_not_come_back_however_much_was_put_away_since()
    {
        var person = await Person.RegisteredAsync(site.Portal);
        var (profile, titles) = (await person.EnterAsync(), site.OfTaste(3));
        await PutAwayAsync(person, titles[0]);
        await Documents.Set(Dismissed.Schema).UpdateAsync(
            profile, known => known with { TitleIds = [.. Enumerable.Range(0, 998).Select(at => $"{at}"), .. known.TitleIds] }, Ct);
        await PutAwayAsync(person, titles[1]);
        Assert.Empty((await ShownAsync(person)).Intersect(titles[..2]));
    }

    [Fact]
    public async Task What_was_put_away_is_no_reason_and_speaks_for_nothing_until_that_is_taken_back()
    {
        var (person, other) = (await Person.RegisteredAsync(site.Portal), await Person.RegisteredAsync(site.Portal));
        var watched = site.OfTaste(1)[..4];
        await site.WatchedAsync(await person.EnterAsync(), watched);
        var before = await RecommendingPortal.TilesAsync(person);
        var reason = before.Select(tile => tile.Because).OfType<string>().First();
        await PutAwayAsync(person, reason);
        var after = await RecommendingPortal.TilesAsync(person);
        Assert.DoesNotContain(after, tile => tile.Title == reason || tile.Because == reason);

        // The same as to somebody who never watched it, be it loved and listed besides.
        await site.WatchedAsync(await other.EnterAsync(), [.. watched.Where(movie => movie != reason)]);
        await PutAwayAsync(other, reason);
        Assert.Equal(await RecommendingPortal.TilesAsync(other), after);
        await RestoreAsync(person, reason);
        Assert.Equal(before, await RecommendingPortal.TilesAsync(person));
        await person.ReviewAsync(reason, 10);
        Assert.Equal(HttpStatusCode.NoContent, (await person.Browser.PutAsync($"/api/watchlist/{reason}", null, Ct)).StatusCode);
        var loved = await RecommendingPortal.TilesAsync(person);
        Assert.NotEqual(after, loved);
        await PutAwayAsync(person, reason);
        Assert.Equal(after, await RecommendingPortal.TilesAsync(person));
        await RestoreAsync(person, reason);
        Assert.Equal(loved, await RecommendingPortal.TilesAsync(person));

        async Task RestoreAsync(Person who, string title) =>
            Assert.Equal(HttpStatusCode.NoContent, (await who.Browser.DeleteAsync($"/api/not-interested/{title}", Ct)).StatusCode);
    }

    [Fact]
    public async Task A_model_is_not_made_of_what_was_put_away()
    {
        var person = await Person.RegisteredAsync(site.Portal);
        var (profile, titles) = (await person.EnterAsync(), site.OfTaste(2)[3..6]);
        await site.WatchedAsync(profile, titles);
        await person.ReviewAsync(titles[1], 10);
        await PutAwayAsync(person, titles[0]);
        site.Portal.Clock.Leap(TimeSpan.FromSeconds(1));
        var data = await site.Portal.Services.GetRequiredService<SiteData>().ReadAsync(Ct);
        var row = Enumerable.Range(0, data.Table.Viewers).Select(data.Table.Of)
            .Single(history => history.Titles.ToArray().Zip(history.Weights.ToArray()).Any(one => one.Second > 1 && data.TitleIds[one.First] == titles[1]));
        Assert.Equal(titles[1..], row.Titles.ToArray().Select(place => data.TitleIds[place]));
    }

    private static async Task PutAwayAsync(Person person, string title) =>
        Assert.Equal(HttpStatusCode.NoContent, (await person.Browser.PutAsync($"/api/not-interested/{title}", null, Ct)).StatusCode);

    private static async Task<List<string>> ShownAsync(Person person) =>
        [.. (await person.ReadAsync("/api/recommendations")).GetProperty("rows").EnumerateArray().SelectMany(IdsOf)];

    private static async Task<List<string>> LikeAsync(Person person, string title) => [.. IdsOf(await person.ReadAsync($"/api/titles/{title}/more-like-this"))];

    private static IEnumerable<string> IdsOf(JsonElement row) =>
        row.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("title").GetProperty("id").GetString()!);
}
