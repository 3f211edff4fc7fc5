using System.Net;
using System.Net.Http.Json;
using FlickStream.Portal.Recommendations;
using FlickStream.Portal.Recommendations.Interactions;
using FlickStream.Portal.Recommendations.Ranking;
using FlickStream.Portal.Recommendations.Site;
using FlickStream.Portal.Recommendations.Stages;
using FlickStream.Portal.Recommendations.Training;
using FlickStream.Portal.Tests.Accounts;
using FlickStream.Portal.Tests.Reviews;
using FlickStream.Portal.Tests.Watching;
using FlickStream.Portal.Watching.Plays;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace FlickStream.Portal.Tests.Recommendations.Site;

/// <summary>The reasons that the site's page gives, by all that its profile did and said.</summary>
public sealed class PageReasonsTests(RecommendingPortal site) : IClassFixture<RecommendingPortal>
{
    private static readonly string[] Drama = ["drama"], Zones = ["UTC", "Asia/Tokyo", "America/Los_Angeles"];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Without_the_reason_given_a_tile_of_any_row_scores_lower()
    {
        var titled = await RankedAsync();
        var (model, scores) = (titled.Model, new StageScores(titled.TitleIds.Count));
        var (named, rows, others) = (0, new HashSet<string>(), 0);
        for (var viewer = 0; viewer < 12; viewer++)
        {
            var (person, profile) = await ViewerAsync(viewer);
            var tiles = await RecommendingPortal.TilesAsync(person);
            var (history, occasion, open) = await KnownAsync(titled, profile, isForDrama: viewer % 2 == 1);
            var (ranked, given) = model.Ranked(history, occasion, scores, open.Contains);
            // It is the page's own order that is looked at.
            Assert.Equal(Diversity.Spread(model.Stages.Factors, ranked, 20).Select(place => titled.TitleIds[place]), tiles.Where(tile => tile.Row == "forYou").Select(tile => tile.Title));
            var blended = new Reasons(model, history, ranked);
            foreach (var (row, title, because) in tiles)
            {
                if (because is null) continue;
                var (place, reason) = (titled.PlaceOf(title)!.Value, titled.PlaceOf(because)!.Value);
                named++;
                rows.Add(row);
                if (blended.Of(place)?.Title != reason) others++;
                AssertTrue(model, scores, (history, occasion, open), (ranked, given!), place, reason, $"{row} of viewer {viewer}");
            }
        }

        Assert.True(named > 120 && others > 0, $"{named} reasons, {others} of them not those of the blend alone");
        Assert.Equal(["becauseYouWatched", "forYou"], rows.Except(["becauseYouLoved"]).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Without_the_loved_title_that_was_never_watched_a_tile_of_its_row_scores_lower()
    {
        var titled = await RankedAsync();
        var (model, scores, named) = (titled.Model, new StageScores(titled.TitleIds.Count), new Dictionary<string, int>());
        for (var viewer = 0; viewer < 12; viewer++)
        {
            var person = await Person.RegisteredAsync(site.Portal);
            var (profile, taste) = (await person.EnterAsync(), site.OfTaste(viewer % 4));
            foreach (var title in taste[(viewer / 4)..((viewer / 4) + 3)]) await person.ReviewAsync(title, 10);
            var (history, occasion, open) = await KnownAsync(titled, profile, isForDrama: false);
            var (ranked, given) = model.Ranked(history, occasion, scores, open.Contains);
            foreach (var (row, title, because) in await RecommendingPortal.TilesAsync(person))
            {
                if (because is null) continue;
                named[row] = named.GetValueOrDefault(row) + 1;
                AssertTrue(model, scores, (history, occasion, open), (ranked, given!), titled.PlaceOf(title)!.Value, titled.PlaceOf(because)!.Value, $"{row} of viewer {viewer}");
            }
        }

        Assert.True(named.GetValueOrDefault("becauseYouLoved") >= 6, string.Join(", ", named));
    }

    [Fact]
    public async Task What_is_shown_for_the_viewers_taste_scores_lower_without_all_that_is_known_and_what_is_shown_as_popular_does_not()
    {
        var read = await RankedAsync();
        // With a prior that carries most tiles.
        var weights = read.Model.Blend.Weights.ToArray();
        weights[(int)Stage.Popularity] = 10 * weights.Max();
        var titled = new TitleModel(read.TitleIds, read.Model with { Ranker = null, Blend = read.Model.Blend with { Weights = weights } });
        await PublishAsync(titled);
        var (model, shown) = (titled.Model, new Dictionary<string, int>());
        for (var viewer = 0; viewer < 12; viewer++)
        {
            var person = await Person.RegisteredAsync(site.Portal);
            var profile = await person.EnterAsync();
            await site.WatchedAsync(profile, site.OfTaste(viewer % 4)[..(1 + (viewer / 4))]);
            var (history, _, _) = await KnownAsync(titled, profile, isForDrama: false);
            foreach (var item in (await person.ReadAsync("/api/recommendations")).GetProperty("rows")[0].GetProperty("items").EnumerateArray())
            {
                var (why, place) = (item.GetProperty("why").GetString()!, titled.PlaceOf(item.GetProperty("title").GetProperty("id").GetString()!)!.Value);
                shown[why] = shown.GetValueOrDefault(why) + 1;
                if (why is not ("taste" or "popular")) continue;
                var (with, without) = (Reasons.ScoreOf(model, history, place), Reasons.ScoreOf(model, History.Empty with { Stated = history.Stated }, place));
                Assert.True(why == "taste" ? with > without : with <= without + 1e-4, $"{why} of viewer {viewer}: {with} with what is known, {without} without");
            }
        }

        await PublishAsync(read);
        Assert.True(shown.GetValueOrDefault("popular") > 0, string.Join(", ", shown));
    }

    // By a ranker that goes by nothing but what is watched at this time of day on this kind of device.
    [Fact]
    public async Task A_page_is_ranked_for_the_time_of_day_where_its_viewer_is()
    {
        const int Affinity = (6 * 2) + 7;
        var (read, planted) = (await RankedAsync(), new Random(1));
        var model = read.Model with { Ranker = new([new([Affinity], [0], [~0], [~1], [0, 1])]), Stages = WithMoments(read.Model.Stages, planted) };
        await PublishAsync(new(read.TitleIds, model));
        var person = await Person.RegisteredAsync(site.Portal);
        var profile = await person.EnterAsync();
        await site.WatchedAsync(profile, site.OfTaste(1)[..4]);
        var (history, occasion, open) = await KnownAsync(read, profile, isForDrama: false);
        foreach (var zone in Zones)
        {
            Assert.Equal(HttpStatusCode.OK, (await person.Browser.PatchAsJsonAsync("/api/accounts/me", new { timeZone = zone }, Ct)).StatusCode);
            var shown = (await RecommendingPortal.TilesAsync(person)).Where(tile => tile.Row == "forYou").Select(tile => tile.Title).ToArray();
            foreach (var other in Zones)
            {
                var moment = Moment.At(site.Portal.Clock.GetUtcNow(), DateTimeZoneProviders.Tzdb[other], DeviceKinds.Of(""));
                var ranked = model.Rank(history, occasion with { Moment = moment }, new(read.TitleIds.Count), open.Contains);
                Assert.Equal(zone == other, shown.SequenceEqual(Diversity.Spread(model.Stages.Factors, ranked, 20).Select(place => read.TitleIds[place])));
            }
        }

        await PublishAsync(read);
    }

    // Where nothing but the history counts, whatever a title is given is given for the only one that is known.
    [Fact]
    public async Task What_the_first_row_has_no_room_for_is_a_row_of_the_title_that_was_loved_and_of_the_same_when_it_is_watched()
    {
        var read = await RankedAsync();
        await PublishAsync(new(read.TitleIds, read.Model with { Ranker = null, Blend = read.Model.Blend.WithoutPopularity() }));
        var person = await Person.RegisteredAsync(site.Portal);
        var (profile, loved) = (await person.EnterAsync(), site.OfTaste(3)[0]);
        await person.ReviewAsync(loved, 10);
        await AssertRowAsync("becauseYouLoved");
        await site.WatchedAsync(profile, loved);
        await AssertRowAsync("becauseYouWatched");
        await PublishAsync(read);

        async Task AssertRowAsync(string kind)
        {
            var tiles = await RecommendingPortal.TilesAsync(person);
            var own = tiles.Where(tile => tile.Row.StartsWith("because", StringComparison.Ordinal)).ToList();
            Assert.True(own.Count >= 3, $"{own.Count} of {tiles.Count}");
            Assert.All(own, tile => Assert.Equal((kind, loved), (tile.Row, tile.Because)));
            Assert.Equal(20, tiles.Count(tile => tile.Row == "forYou"));
        }
    }

    // Of the viewer most of all is taken out already, so that what speaks against a title would come up too.
    [Fact]
    public async Task Without_the_title_it_is_like_a_tile_scores_lower()
    {
        var titled = await RankedAsync();
        var model = titled.Model with { Ranker = null, Blend = titled.Model.Blend.WithoutPopularity() };
        var person = await Person.RegisteredAsync(site.Portal);
        var profile = await person.EnterAsync();
        var (scores, watched, tiles) = (new StageScores(titled.TitleIds.Count), new List<string>(), 0);
        foreach (var taste in Enumerable.Range(0, 4))
        {
            foreach (var about in site.OfTaste(taste))
            {
                var row = await person.ReadAsync($"/api/titles/{about}/more-like-this");
                Assert.Equal(about, row.GetProperty("because").GetProperty("id").GetString());
                foreach (var item in row.GetProperty("items").EnumerateArray())
                {
                    var (place, reason) = (titled.PlaceOf(item.GetProperty("title").GetProperty("id").GetString()!)!.Value, item.GetProperty("because").GetProperty("id").GetString()!);
                    model.Blended(History.Of([]), scores, 1);
                    var without = scores.Total[place];
                    model.Blended(History.Of([titled.PlaceOf(reason)!.Value]), scores, 1);
                    tiles++;
                    Assert.True(without < scores.Total[place], $"{scores.Total[place]} with the title that it is like, {without} without");
                }
            }

            await site.WatchedAsync(profile, [.. site.OfTaste(taste).Except(watched)]);
            watched.AddRange(site.OfTaste(taste));
        }

        Assert.True(tiles > 400, $"{tiles} tiles");
    }

    // By both, each among what is ranked without it.
    private static void AssertTrue(
        RecommendationModel model, StageScores scores, (History History, Occasion Occasion, HashSet<int> Open) viewer, (int[] Places, float[] Given) ranked, int place, int reason, string tile)
    {
        var without = viewer.History.Without(reason);
        var before = Reasons.ScoreOf(model, viewer.History, place);
        var again = model.Blended(without, scores, ranked.Places.Length, viewer.Open.Contains);
        Assert.True(scores.Total[place] < before, $"{tile}: by the blend {scores.Total[place]} without its reason, {before} with it");
        var (after, with) = (model.RankerScores(without, viewer.Occasion, scores, again)![Array.IndexOf(again, place)], ranked.Given[Array.IndexOf(ranked.Places, place)]);
        Assert.True(after < with, $"{tile}: by the ranker {after} without its reason, {with} with it");
    }

    /// <summary>The site's model with a blend in which all stages count and a ranker, whichever of these its few viewers gave it.</summary>
    private async Task<TitleModel> RankedAsync()
    {
        var (models, data) = (site.Portal.Services.GetRequiredService<ModelStore>(), await site.Portal.Services.GetRequiredService<SiteData>().ReadAsync(Ct));
        var published = await models.FindAsync(Ct);
        var read = (await models.ReadAsync(published.Current!, Ct))!;
        var weights = read.Model.Blend.Weights;
        var blend = read.Model.Blend with { Weights = [.. weights.Select(weight => weight > 0 ? weight : weights.Where(other => other > 0).Min())] };
        var (_, cases) = HoldOut.Of(data.Table, HiddenPart.Latest, 250, 1);
        var ranker = RankerTraining.Train(read.Model.Stages, blend, cases, new() { RankerTrees = 40 });
        Assert.NotNull(ranker);
        return await PublishAsync(new(read.TitleIds, read.Model with { Blend = blend, Ranker = ranker }));
    }

    private async Task<TitleModel> PublishAsync(TitleModel titled)
    {
        var models = site.Portal.Services.GetRequiredService<ModelStore>();
        var published = await models.FindAsync(Ct);
        Assert.True(await models.PublishAsync(titled, published.Tried[0], published.TriedAt, Ct));
        await site.Portal.Services.GetRequiredService<CurrentModel>().RefreshAsync(Ct);
        return site.Portal.Services.GetRequiredService<CurrentModel>().Now!.Titles;
    }

    private static StageSet WithMoments(StageSet stages, Random random) => new()
    {
        Options = stages.Options, Items = stages.Items, Next = stages.Next, Neighbours = stages.Neighbours, Factors = stages.Factors, Viewers = stages.Viewers,
        Popularity = stages.Popularity, Moments = new([.. stages.Moments.Values.Select(_ => random.NextSingle() - 0.5f)]),
    };

    /// <summary>Somebody with a taste in movies watched in part, two wishes, something loved, disliked, rated between and put away, and every second one with a
    /// favourite genre.</summary>
    private async Task<(Person Person, string Profile)> ViewerAsync(int number)
    {
        var person = await Person.RegisteredAsync(site.Portal);
        var profile = await person.EnterAsync(number % 2 == 0 ? null : await person.ProfileAsync(new { name = "Drama", favouriteGenres = Drama }));
        var (taste, other) = (site.OfTaste(number % 4), site.OfTaste((number + 1) % 4));
        string[] watched = [.. taste[(number / 4)..((number / 4) + 6)], .. other[..2]];
        await site.WatchedInPartAsync(profile, watched, number);
        await person.ReviewAsync(watched[1], 10);
        await person.ReviewAsync(watched[2], 2);
        await person.ReviewAsync(watched[3], 6);
        await person.ReviewAsync(other[3], 8);
        foreach (var wish in taste[^2..]) Assert.Equal(HttpStatusCode.NoContent, (await person.Browser.PutAsync($"/api/watchlist/{wish}", null, Ct)).StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await person.Browser.PutAsync($"/api/not-interested/{watched[4]}", null, Ct)).StatusCode);
        return (person, profile);
    }

    // What is known of the profile, and the titles that may come.
    private async Task<(History History, Occasion Occasion, HashSet<int> Open)> KnownAsync(TitleModel titled, string profile, bool isForDrama)
    {
        var plays = await site.Portal.Services.GetRequiredService<PlayStore>().LatestAsync(await site.AccountOfAsync(profile), profile, 500, Ct);
        var signals = new Signals(WatchedWorks.Of(plays), await site.Portal.Services.GetRequiredService<OpinionReader>().ReadAsync(profile, Ct));
        var placed = signals.Placed(titled.PlaceOf);
        var (history, now) = (placed.History, site.Portal.Clock.GetUtcNow());
        var occasion = Occasion.At(titled.Model.Stages.First, Moment.At(now, DateTimeZone.Utc, DeviceKinds.Of("")), now, placed.LastAt);
        if (isForDrama) history = history with { Stated = new([.. titled.TitleIds.Select(title => site.IsDrama(title) ? StatedMatch.Genre : StatedMatch.None)]) };
        return (history, occasion, [.. titled.TitleIds.Where(title => !signals.Seen.Contains(title) && !signals.Dismissed.Contains(title)).Select(title => titled.PlaceOf(title)!.Value)]);
    }
}
