using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using FlickStream.Platform.Documents;
using FlickStream.Portal.Catalog.Titles;
using FlickStream.Portal.Recommendations.Site;
using FlickStream.Portal.Tests.Accounts;
using FlickStream.Portal.Tests.Catalog;
using FlickStream.Portal.Tests.Reviews;
using FlickStream.Portal.Tests.Watching;
using FlickStream.Portal.Watching.Shelves;
using Microsoft.Extensions.DependencyInjection;

namespace FlickStream.Portal.Tests.Recommendations.Site;

public sealed class RowTests(RecommendingPortal site) : IClassFixture<RecommendingPortal>
{
    private const string Path = "/api/recommendations";

    private static readonly string[] Drama = ["drama"], OwnReasons = ["watched", "wished", "taste", "popular"], Kinds = ["forYou", "watchAgain"];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_was_watched_fills_the_first_row_and_each_tile_says_why()
    {
        var (person, watched) = await ViewerAsync(taste: 1, count: 4);
        var rows = await RowsAsync(person);
        var shown = rows.SelectMany(row => row.Titles).ToList();
        Assert.Equal("forYou", rows[0].Kind);
        Assert.Equal(shown.Count, shown.Distinct().Count());
        Assert.Empty(shown.Intersect(watched));
        var reasons = rows[0].Because.Where(reason => reason is not null).ToList();
        Assert.True(reasons.Count >= 5);
        Assert.All(reasons, reason => Assert.Contains(reason, watched));
    }

    // By chance a quarter would be; of what a taste watches next, some is of another, so that it is not most for each viewer.
    [Fact]
    public async Task Most_of_what_comes_first_is_of_the_viewers_taste()
    {
        List<bool> isAlike = [];
        foreach (var taste in Enumerable.Range(0, 4))
            for (var from = 0; from < 5; from += 2)
            {
                var (person, _) = await ViewerAsync(taste, count: 4, from);
                isAlike.AddRange((await RowsAsync(person))[0].Titles[..5].Select(title => site.TasteOf(title) == taste));
            }

        Assert.True(2 * isAlike.Count(alike => alike) > isAlike.Count, $"{isAlike.Count(alike => alike)} of {isAlike.Count}");
    }

    [Fact]
    public async Task What_is_watched_or_not_of_interest_is_gone_from_the_next_page()
    {
        var (person, _) = await ViewerAsync(taste: 2, count: 3);
        var (first, second) = ((await RowsAsync(person))[0].Titles[0], (await RowsAsync(person))[0].Titles[1]);
        Assert.Equal(HttpStatusCode.NoContent, (await person.Browser.PutAsync($"/api/not-interested/{first}", null, Ct)).StatusCode);
        await site.WatchedAsync(await person.EnterAsync(), second);
        var shown = (await RowsAsync(person)).SelectMany(row => row.Titles).ToList();
        Assert.DoesNotContain(first, shown);
        Assert.DoesNotContain(second, shown);

        Assert.Equal(HttpStatusCode.NoContent, (await person.Browser.DeleteAsync($"/api/not-interested/{first}", Ct)).StatusCode);
        Assert.Contains(first, (await RowsAsync(person)).SelectMany(row => row.Titles));
        Assert.Equal(HttpStatusCode.NotFound, (await person.Browser.PutAsync("/api/not-interested/0123456789abcdef", null, Ct)).StatusCode);
    }

    [Fact]
    public async Task What_was_published_after_the_training_has_a_place_among_the_new()
    {
        using var studio = await Studio.OfAsync(site.Portal);
        // Other tests publish too, and the clock stands still: these are the latest.
        site.Portal.Clock.Leap(TimeSpan.FromSeconds(1));
        List<string> since = [await studio.PublishAsync(Studio.Movie("Of today")), await studio.PublishAsync(Studio.Movie("Of today, too"))];
        try
        {
            var (person, _) = await ViewerAsync(taste: 2, count: 3);
            var fresh = (await RowsAsync(person)).Single(row => row.Kind == "newForYou").Titles;
            Assert.Equal([3, 7], since.Select(title => Array.IndexOf(fresh, title)).Order());
        }
        finally
        {
            foreach (var title in since) await studio.MoveAsync(title, "withdraw");
        }
    }

    [Fact]
    public async Task A_profile_of_whom_nothing_is_known_is_shown_rows_without_reasons()
    {
        var (person, _) = await ViewerAsync(taste: 0, count: 0);
        var rows = await RowsAsync(person);
        Assert.Equal("forYou", rows[0].Kind);
        Assert.All(rows.SelectMany(row => row.Because), Assert.Null);
    }

    [Fact]
    public async Task A_rating_of_one_star_takes_away_what_a_title_spoke_for()
    {
        var (person, watched) = await ViewerAsync(taste: 1, count: 3);
        var reason = (await RowsAsync(person))[0].Because.First(because => because is not null)!;
        await person.ReviewAsync(reason, 2);
        var after = await RowsAsync(person);
        Assert.DoesNotContain(reason, after.SelectMany(row => row.Because));
        Assert.DoesNotContain(reason, after.SelectMany(row => row.Titles));
        Assert.Contains(after.SelectMany(row => row.Because), because => because is not null && watched.Contains(because));
    }

    [Fact]
    public async Task A_loved_or_wished_title_changes_the_next_page_of_a_profile_without_a_history()
    {
        var (person, _) = await ViewerAsync(taste: 0, count: 0);
        var popular = (await RowsAsync(person))[0].Titles;
        var wishes = site.OfTaste(3)[^6..];
        foreach (var wish in wishes) Assert.Equal(HttpStatusCode.NoContent, (await person.Browser.PutAsync($"/api/watchlist/{wish}", null, Ct)).StatusCode);
        var wished = (await RowsAsync(person))[0].Titles;
        int AlikeAmong(string[] shown) => shown.Count(title => site.TasteOf(title) == 3 && !wishes.Contains(title));
        Assert.True(AlikeAmong(wished) > AlikeAmong(popular), $"{AlikeAmong(wished)} after, {AlikeAmong(popular)} before");
        foreach (var wish in wishes) await person.ReviewAsync(wish, 10);
        var loved = await RowsAsync(person);
        var reasons = loved[0].Because.OfType<string>().ToList();
        Assert.NotEmpty(reasons);
        Assert.Empty(reasons.Except(wishes));
        Assert.Empty(loved.SelectMany(row => row.Titles).Intersect(wishes));
    }

    [Fact]
    public async Task What_was_loved_elsewhere_is_no_watched_title_until_it_is_watched()
    {
        var (person, _) = await ViewerAsync(taste: 0, count: 0);
        var loved = site.OfTaste(3)[..6];
        foreach (var title in loved) await person.ReviewAsync(title, 10);
        await AssertReasonsAsync("loved", "becauseYouLoved");
        await site.WatchedInPartAsync(await person.EnterAsync(), loved, seed: 1);
        await AssertReasonsAsync("watched", "becauseYouWatched");

        async Task AssertReasonsAsync(string why, string row)
        {
            var tiles = (await TilesAsync(person)).Where(tile => tile.Because is not null).ToList();
            Assert.Empty(tiles.Select(tile => tile.Because!).Except(loved));
            Assert.All(tiles, tile => Assert.Equal(why, tile.Why));
            // What is left when the first row is full is of the model that there is: it may be too few for a row (PageReasonsTests has one).
            Assert.Equal("forYou", tiles[0].Row);
            Assert.All(tiles, tile => Assert.True(tile.Row == "forYou" || tile.Row == row, tile.Row));
        }
    }

    [Fact]
    public async Task Favourite_genres_come_first_for_a_profile_without_a_history()
    {
        var (person, _) = await ViewerAsync(taste: 0, count: 0);
        var before = await RowsAsync(person);
        await person.EnterAsync(await person.ProfileAsync(new { name = "Drama", favouriteGenres = Drama }));
        var after = await RowsAsync(person);
        Assert.Equal(before[0].Kind, after[0].Kind);
        Assert.True(after[0].Titles[..10].Count(site.IsDrama) > before[0].Titles[..10].Count(site.IsDrama));
    }

    [Fact]
    public async Task A_model_is_made_of_ratings_and_wishes_too()
    {
        var person = await Person.RegisteredAsync(site.Portal);
        var titles = site.OfTaste(2)[..4];
        await site.WatchedAsync(await person.EnterAsync(), titles[..2]);
        await person.ReviewAsync(titles[0], 1);
        await person.ReviewAsync(titles[1], 10);
        await person.ReviewAsync(titles[2], 9);
        Assert.Equal(HttpStatusCode.NoContent, (await person.Browser.PutAsync($"/api/watchlist/{titles[3]}", null, Ct)).StatusCode);
        site.Portal.Clock.Leap(TimeSpan.FromSeconds(1));
        var data = await site.Portal.Services.GetRequiredService<SiteData>().ReadAsync(Ct);
        var row = Enumerable.Range(0, data.Table.Viewers).Select(data.Table.Of).Single(history => history.Weights.Span.Contains(1.5f));
        Assert.Equal([titles[3], titles[1], titles[2]], row.Titles.ToArray().Select(place => data.TitleIds[place]));
        Assert.Equal([0.2f, 1.5f, 0.5f], row.Weights.ToArray());
    }

    [Fact]
    public async Task Every_tile_says_why()
    {
        var (person, watched) = await ViewerAsync(taste: 3, count: 3);
        var wish = (await RowsAsync(person))[0].Titles[0];
        Assert.Equal(HttpStatusCode.NoContent, (await person.Browser.PutAsync($"/api/watchlist/{wish}", null, Ct)).StatusCode);
        var tiles = await TilesAsync(person);
        Assert.All(tiles.Where(tile => tile.Row is "popular" or "newForYou"), tile => Assert.Equal(tile.Row == "popular" ? "popular" : "new", tile.Why));
        Assert.All(tiles.Where(tile => tile.Because is not null), tile => Assert.True(tile.Why == "watched" && watched.Contains(tile.Because)));
        var own = tiles.Where(tile => tile.Row is "forYou" or "becauseYouWatched").ToList();
        Assert.All(own, tile => Assert.Contains(tile.Why, OwnReasons));
        Assert.Contains(own, tile => tile.Title == wish && tile.Why is "watched" or "wished");

        await person.EnterAsync(await person.ProfileAsync(new { name = "Drama", favouriteGenres = Drama }));
        Assert.All((await TilesAsync(person)).Where(tile => tile.Row == "forYou"),
            tile => Assert.Equal(site.IsDrama(tile.Title) ? ("favouriteGenre", "drama") : ("popular", null), (tile.Why, tile.Genre)));
    }

    [Fact]
    public async Task A_title_of_the_watchlist_says_so_and_goes_when_it_is_watched()
    {
        var (person, _) = await ViewerAsync(taste: 0, count: 0);
        var wishes = (await RowsAsync(person))[0].Titles[..10];
        Assert.All((await TilesAsync(person)).Where(tile => tile.Row == "forYou"), tile => Assert.Equal("popular", tile.Why));
        foreach (var wish in wishes) Assert.Equal(HttpStatusCode.NoContent, (await person.Browser.PutAsync($"/api/watchlist/{wish}", null, Ct)).StatusCode);
        var shown = (await TilesAsync(person)).Where(tile => tile.Row == "forYou" && wishes.Contains(tile.Title)).ToList();
        Assert.NotEmpty(shown);
        Assert.All(shown, tile => Assert.Equal(("wished", null), (tile.Why, tile.Because)));
        await site.WatchedAsync(await person.EnterAsync(), shown[0].Title);
        Assert.DoesNotContain(await TilesAsync(person), tile => tile.Title == shown[0].Title);
    }

    [Fact]
    public async Task What_was_begun_comes_first_where_it_goes_on_and_nowhere_else()
    {
        var (person, _) = await ViewerAsync(taste: 0, count: 2);
        var begun = site.OfTaste(0)[^1];
        await site.BegunAsync(await person.EnterAsync(), begun, seconds: 40);
        var row = (await person.ReadAsync(Path)).GetProperty("rows")[0];
        Assert.Equal("continueWatching", row.GetProperty("kind").GetString());
        var tile = Assert.Single(row.GetProperty("items").EnumerateArray());
        Assert.Equal((begun, "begun", 40), (tile.GetProperty("title").GetProperty("id").GetString(), tile.GetProperty("why").GetString(),
            tile.GetProperty("progress").GetProperty("positionSeconds").GetDouble()));
        Assert.Single((await RowsAsync(person)).SelectMany(one => one.Titles), title => title == begun);

        Assert.Equal(HttpStatusCode.NoContent, (await person.Browser.PutAsync($"/api/not-interested/{begun}", null, Ct)).StatusCode);
        Assert.DoesNotContain(begun, (await RowsAsync(person)).SelectMany(one => one.Titles));
    }

    [Fact]
    public async Task What_was_begun_is_found_behind_all_that_waits_for_another_episode()
    {
        var (person, _) = await ViewerAsync(taste: 0, count: 2);
        var (profile, begun) = (await person.EnterAsync(), site.OfTaste(0)[^1]);
        await site.BegunAsync(profile, begun, seconds: 40);
        var shelves = site.Portal.Services.GetRequiredService<IDocuments>().Set(ShelfEntry.Schema);
        Assert.Equal(begun, await FirstAsync());
        var entry = (await shelves.QueryAllAsync(new() { Filters = [DocumentFilter.Equal("profile", profile)] }, Ct).SingleAsync(one => one.Value.WorkId == begun, Ct)).Value;
        for (var number = 0; number < 25; number++)
        {
            var last = entry.Last with { TitleId = $"episode-{number}", IsFinished = true, WatchedAt = entry.Last.WatchedAt.AddMinutes(1) };
            await shelves.InsertAsync($"{profile}.series-{number}", entry with { WorkId = $"series-{number}", Last = last }, Ct);
        }

        Assert.Equal(begun, await FirstAsync());

        async Task<string?> FirstAsync() =>
            (await person.ReadAsync(Path)).GetProperty("rows")[0] is var row && row.GetProperty("kind").GetString() == "continueWatching"
                ? row.GetProperty("items")[0].GetProperty("title").GetProperty("id").GetString() : null;
    }

    [Fact]
    public async Task More_like_a_title_is_of_its_taste_and_not_what_was_seen()
    {
        var (person, watched) = await ViewerAsync(taste: 2, count: 3);
        var about = site.OfTaste(2)[4];
        var row = await person.ReadAsync($"/api/titles/{about}/more-like-this");
        Assert.Equal(("moreLikeThis", about), (row.GetProperty("kind").GetString(), row.GetProperty("because").GetProperty("id").GetString()));
        var items = row.GetProperty("items").EnumerateArray().ToList();
        Assert.All(items, item => Assert.Equal(("alike", about), (item.GetProperty("why").GetString(), item.GetProperty("because").GetProperty("id").GetString())));
        var like = items.Select(item => item.GetProperty("title").GetProperty("id").GetString()!).ToList();
        Assert.True(like.Take(10).Count(title => site.TasteOf(title) == 2) >= 5, string.Join(", ", like.Select(site.TasteOf)));
        Assert.Empty(like.Intersect(watched.Append(about)));

        Assert.Equal(HttpStatusCode.NoContent, (await person.Browser.PutAsync($"/api/not-interested/{like[0]}", null, Ct)).StatusCode);
        Assert.DoesNotContain(like[0], (await person.ReadAsync($"/api/titles/{about}/more-like-this")).GetRawText(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await person.Browser.GetAsync("/api/titles/0123456789abcdef/more-like-this", Ct)).StatusCode);
        await person.EnterAsync(await person.ProfileAsync(new { name = "Small", maximumAge = 6 }));
        Assert.Equal(HttpStatusCode.NotFound, (await person.Browser.GetAsync($"/api/titles/{about}/more-like-this", Ct)).StatusCode);
    }

    [Fact]
    public async Task A_title_that_no_model_knows_is_like_those_that_share_most_with_it_and_what_few_share_counts_most()
    {
        var (person, _) = await ViewerAsync(taste: 0, count: 0);
        using var studio = await Studio.OfAsync(site.Portal);
        async Task<string> PublishAsync(string[] genres, params string[] tags)
        {
            var movie = Studio.Movie(Guid.NewGuid().ToString("n"), 2020, genres);
            movie["tags"] = new JsonArray([.. tags.Select(tag => JsonValue.Create(tag))]);
            return await studio.PublishAsync(movie);
        }

        var about = await PublishAsync(["western"], "heist", "train");
        var (genreAlone, rareTag, neither) = (await PublishAsync(["western"]), await PublishAsync([], "train"), await PublishAsync(["horror"]));
        List<string> genreAndTag = [];
        for (var at = 0; at < 12; at++) genreAndTag.Add(await PublishAsync(["western"], "heist"));
        var like = (await person.ReadAsync($"/api/titles/{about}/more-like-this")).GetProperty("items").EnumerateArray()
            .Select(item => item.GetProperty("title").GetProperty("id").GetString()!).ToList();
        Assert.Equal([rareTag, .. genreAndTag.Order(StringComparer.Ordinal), genreAlone], like);
        Assert.DoesNotContain(neither, like);
    }

    [Fact]
    public async Task Where_nothing_is_new_and_nobody_has_watched_anything_the_latest_are_shown()
    {
        await using var portal = await PortalHost.StartAsync();
        using var studio = await Studio.OfAsync(portal);
        var titles = new List<string>();
        for (var number = 0; number < 3; number++)
        {
            titles.Add(await studio.PublishAsync(Studio.Movie($"Movie {number}")));
            portal.Clock.Leap(TimeSpan.FromSeconds(1));
        }

        portal.Clock.Leap(TimeSpan.FromDays(61));
        using var viewer = await Person.RegisteredAsync(portal);
        await viewer.EnterAsync();
        var row = Assert.Single((await viewer.ReadAsync(Path)).GetProperty("rows").EnumerateArray());
        Assert.Equal("discover", row.GetProperty("kind").GetString());
        Assert.Equal(
            titles.AsEnumerable().Reverse().Select(title => (title, "unknown")),
            row.GetProperty("items").EnumerateArray().Select(item => (item.GetProperty("title").GetProperty("id").GetString()!, item.GetProperty("why").GetString()!)));

        // Once they are watched they are popular.
        foreach (var title in titles)
            await portal.Services.GetRequiredService<TitleStore>().ChangeAsync(title, now => new(now with { Popularity = 1400 }, null), Ct);
        Assert.Equal(["popular"], (await viewer.ReadAsync(Path)).GetProperty("rows").EnumerateArray().Select(one => one.GetProperty("kind").GetString()));
    }

    [Fact]
    public async Task A_child_is_shown_nothing_for_older_ones()
    {
        var (person, _) = await ViewerAsync(taste: 0, count: 2);
        await person.EnterAsync(await person.ProfileAsync(new { name = "Small", maximumAge = 6 }));
        Assert.Empty(await RowsAsync(person));
    }

    // The same profile first sees all: what it did before its age was lowered stays in its history.
    [Fact]
    public async Task A_profile_for_twelve_is_shown_nothing_for_older_ones_and_told_of_none_as_a_reason_though_it_watched_them()
    {
        var person = await Person.RegisteredAsync(site.Portal);
        var profile = await person.EnterAsync();
        var (taste, other) = (site.OfTaste(1), site.OfTaste(2));
        await site.FinishedLongAgoAsync(profile, [.. taste[..4], .. other[..4]]);
        await site.WatchedAsync(profile, taste[4..8]);
        foreach (var begun in other[4..6]) await site.BegunAsync(profile, begun, seconds: 40);
        await person.ReviewAsync(taste[8], 10);
        await person.ReviewAsync(taste[9], 10);
        var before = await RowsAsync(person);
        string[] reasons = [.. before.SelectMany(row => row.Because).OfType<string>().Distinct()];
        Assert.True(reasons.Length > 1, $"{reasons.Length} reasons");
        // Every third of each row, and of the reasons.
        var about = other[^1];
        string[] harsh = [.. before.SelectMany(row => row.Titles.Where((_, at) => at % 3 == 0)).Concat(reasons.Where((_, at) => at % 3 == 0)).Distinct().Except([about])];
        var titles = site.Portal.Services.GetRequiredService<TitleStore>();
        foreach (var id in harsh) await titles.ChangeAsync(id, title => new(title with { Content = title.Content with { Rating = new(16) } }, null), Ct);
        string[] paths = [Path, $"/api/titles/{about}/more-like-this"];
        Assert.Equal(harsh, await HarshAsync(paths[0]));
        Assert.NotEmpty(await HarshAsync(paths[1]));

        Assert.Equal(HttpStatusCode.OK, (await person.Browser.ReplaceAsync($"/api/profiles/{profile}", new { content = new { name = "Me", maximumAge = 12 } })).StatusCode);
        foreach (var path in paths) Assert.Empty(await HarshAsync(path));
        var after = await RowsAsync(person);
        Assert.Empty(Kinds.Except(after.Select(row => row.Kind)));
        Assert.NotEmpty(after.SelectMany(row => row.Because).OfType<string>());

        async Task<string[]> HarshAsync(string path)
        {
            var text = (await person.ReadAsync(path)).GetRawText();
            return [.. harsh.Where(id => text.Contains(id, StringComparison.Ordinal))];
        }
    }

    [Fact]
    public async Task Rows_are_for_those_who_chose_a_profile()
    {
        Assert.Equal(HttpStatusCode.Unauthorized, (await site.Portal.Anonymous.GetAsync(Path, Ct)).StatusCode);
        var person = await Person.RegisteredAsync(site.Portal);
        Assert.Equal(HttpStatusCode.Forbidden, (await person.Browser.GetAsync(Path, Ct)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await person.Browser.GetAsync("/api/recommendation-model", Ct)).StatusCode);
    }

    [Fact]
    public async Task One_node_trains_and_an_administrator_goes_back_to_the_model_before()
    {
        var models = site.Portal.Services.GetRequiredService<ModelStore>();
        var first = (await models.FindAsync(Ct)).Current!;
        Assert.Equal(HttpStatusCode.Conflict, (await site.Portal.Admin.PostAsync("/api/recommendation-model/rollback", null, Ct)).StatusCode);
        await site.Portal.Services.GetRequiredService<TrainModel>().TrainAsync(Ct);
        Assert.Equal(first, (await models.FindAsync(Ct)).Current);

        await site.TrainAsync();
        var second = await models.FindAsync(Ct);
        Assert.NotEqual(first, second.Current);
        Assert.Equal(first, second.Previous);
        Assert.Equal(HttpStatusCode.OK, (await site.Portal.Admin.PostAsync("/api/recommendation-model/rollback", null, Ct)).StatusCode);
        Assert.Equal(first, (await models.FindAsync(Ct)).Current);
        Assert.NotNull(await models.ReadAsync(first, Ct));
        Assert.Equal(HttpStatusCode.NoContent, (await site.Portal.Admin.DeleteAsync("/api/recommendation-model/hold", Ct)).StatusCode);
    }

    private async Task<(Person Person, string[] Watched)> ViewerAsync(int taste, int count, int from = 0)
    {
        var person = await Person.RegisteredAsync(site.Portal);
        var watched = site.OfTaste(taste)[from..(from + count)];
        await site.WatchedAsync(await person.EnterAsync(), watched);
        return (person, watched);
    }

    private static async Task<List<(string Row, string Title, string Why, string? Because, string? Genre)>> TilesAsync(Person person) =>
    [
        .. from row in (await person.ReadAsync(Path)).GetProperty("rows").EnumerateArray()
           from item in row.GetProperty("items").EnumerateArray()
           let because = item.GetProperty("because")
           select (row.GetProperty("kind").GetString()!, item.GetProperty("title").GetProperty("id").GetString()!, item.GetProperty("why").GetString()!,
               because.ValueKind == JsonValueKind.Object ? because.GetProperty("id").GetString() : null, item.GetProperty("genre").GetString()),
    ];

    private static async Task<List<(string Kind, string[] Titles, string?[] Because)>> RowsAsync(Person person) =>
        [.. (await person.ReadAsync(Path)).GetProperty("rows").EnumerateArray().Select(row =>
        {
            var items = row.GetProperty("items").EnumerateArray().ToArray();
            return (row.GetProperty("kind").GetString()!, Array.ConvertAll(items, item => item.GetProperty("title").GetProperty("id").GetString()!),
                Array.ConvertAll(items, item => item.GetProperty("because") is { ValueKind: JsonValueKind.Object } reason ? reason.GetProperty("id").GetString() : null));
        })];
}
