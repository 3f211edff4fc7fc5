using System.Net;
using System.Text.Json;
using FlickStream.Platform.Documents;
using FlickStream.Portal.Catalog.Titles;
using FlickStream.Portal.Tests.Accounts;
using FlickStream.Portal.Tests.Search;
using FlickStream.Portal.Tests.Watching;
using FlickStream.Portal.Watching.Plays;
using Microsoft.Extensions.DependencyInjection;

namespace FlickStream.Portal.Tests.Recommendations.Site;

/// <summary>What is not there for a viewer, by region or by time, is in no row, like nothing and not found.</summary>
public sealed class AvailabilityTests(RecommendingPortal site) : IClassFixture<RecommendingPortal>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_of_another_region_or_time_is_nowhere_and_what_is_there_is()
    {
        var person = await Person.RegisteredAsync(site.Portal);
        var profile = await person.EnterAsync();
        var taste = site.OfTaste(2);
        await LongAgoAsync(profile, taste[..4]);
        await site.BegunAsync(profile, taste[4], seconds: 40);
        await site.BegunAsync(profile, taste[5], seconds: 40);
        var about = taste[^1];
        var rows = await RowsAsync(person);
        // Of sixty titles at times too few are left for what is popular.
        Assert.Equal(["continueWatching", "forYou", "newForYou", "watchAgain"], rows.Keys.Except(["becauseYouWatched", "popular"]).Order(StringComparer.Ordinal));
        // One of each row, and all that is most like another.
        string[] like = [.. (await LikeAsync(person, about)).Take(6)];
        var (begun, again) = (taste[4], taste[0]);
        string[] elsewhere = [.. rows.Values.Select(titles => titles[^1]).Append(begun).Append(again), .. like[..2]];
        string[] later = [rows["forYou"][0], like[2]], soonGone = [rows["forYou"][1], like[3]];
        later = [.. later.Except(elsewhere)];
        soonGone = [.. soonGone.Except(elsewhere).Except(later)];
        Assert.NotEmpty(later);
        Assert.NotEmpty(soonGone);
        var now = site.Portal.Clock.GetUtcNow();
        await SetAsync(elsewhere, new(["DE"]));
        await SetAsync(later, new(["*"], now.AddHours(2)));
        await SetAsync(soonGone, new(["*"], null, now.AddHours(1)));

        await AssertShownAsync(shown: soonGone, hidden: [.. elsewhere, .. later]);
        person.Browser.DefaultRequestHeaders.Add("X-Country", "FR");
        await AssertShownAsync(shown: soonGone, hidden: [.. elsewhere, .. later]);
        site.Portal.Clock.Leap(TimeSpan.FromHours(1));
        await AssertShownAsync(shown: [], hidden: [.. elsewhere, .. later, .. soonGone]);
        site.Portal.Clock.Leap(TimeSpan.FromHours(1));
        await AssertShownAsync(shown: later, hidden: [.. elsewhere, .. soonGone]);
        person.Browser.DefaultRequestHeaders.Remove("X-Country");
        person.Browser.DefaultRequestHeaders.Add("X-Country", "DE");
        await AssertShownAsync(shown: [.. elsewhere, .. later], hidden: soonGone);

        async Task AssertShownAsync(string[] shown, string[] hidden)
        {
            var all = (await RowsAsync(person)).Values.SelectMany(titles => titles).ToList();
            Assert.Empty(hidden.Intersect(all));
            Assert.Empty(shown.Intersect(rows["forYou"]).Except(all));
            Assert.Empty(hidden.Intersect(await LikeAsync(person, about)));
            foreach (var id in shown.Concat(hidden))
            {
                Assert.Equal(shown.Contains(id), (await FoundAsync(person, id)).Contains(id));
                Assert.Equal(
                    shown.Contains(id) ? HttpStatusCode.OK : HttpStatusCode.NotFound, (await person.Browser.GetAsync($"/api/titles/{id}/more-like-this", Ct)).StatusCode);
            }
        }
    }

    private static async Task<Dictionary<string, List<string>>> RowsAsync(Person person) => (await person.ReadAsync("/api/recommendations")).GetProperty("rows").EnumerateArray()
        .GroupBy(row => row.GetProperty("kind").GetString()!, IdsOf).ToDictionary(row => row.Key, row => row.SelectMany(ids => ids).ToList());

    private static async Task<List<string>> LikeAsync(Person person, string id) => IdsOf(await person.ReadAsync($"/api/titles/{id}/more-like-this"));

    private static List<string> IdsOf(JsonElement row) => [.. row.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("title").GetProperty("id").GetString()!)];

    private async Task<List<string>> FoundAsync(Person person, string id)
    {
        var title = (await site.Portal.Services.GetRequiredService<TitleStore>().GetAsync(id, Ct))!;
        var page = await Searches.AskAsync(person.Browser, title.Content.Texts!["en"]!.Name!);
        return [.. page.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("id").GetString()!)];
    }

    private async Task SetAsync(IEnumerable<string> ids, AvailabilityWindow window)
    {
        var titles = site.Portal.Services.GetRequiredService<TitleStore>();
        foreach (var id in ids) await titles.ChangeAsync(id, title => new(title with { Content = title.Content with { Windows = [window] } }, null), Ct);
    }

    // So long that it may be watched again.
    private async Task LongAgoAsync(string profile, IReadOnlyList<string> movies)
    {
        var (at, account) = (site.Portal.Clock.GetUtcNow().AddDays(-100), await site.AccountOfAsync(profile));
        await site.Portal.Services.GetRequiredService<IDocuments>().Set(Play.Schema).InsertManyAsync(
            [.. movies.Select((movie, place) => KeyValuePair.Create(Guid.NewGuid().ToString("n"), new Play
            {
                Id = $"{profile} {movie}", AccountId = account, ProfileId = profile, TitleId = movie, Kind = "movie", StartedAt = at.AddHours(place), SeenAt = at.AddHours(place),
                ClosedAt = at.AddHours(place), State = PlayState.Ended, DurationSeconds = 100, WatchedSeconds = 100,
            }))],
            Ct);
    }
}
