using System.Net;
using System.Net.Http.Json;
using FlickStream.Platform.Documents;
using FlickStream.Portal.Catalog.Titles;
using FlickStream.Portal.Recommendations.Interactions;
using FlickStream.Portal.Recommendations.Site;
using FlickStream.Portal.Recommendations.Training;
using FlickStream.Portal.Tests.Accounts;
using FlickStream.Portal.Watching.Plays;
using NodaTime;

namespace FlickStream.Portal.Tests.Recommendations.Site;

public sealed class SiteDataTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 4, 20, 0, 0, TimeSpan.Zero);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public void Episodes_count_for_their_series_and_looking_in_for_nothing()
    {
        var works = WatchedWorks.Of([Played("e2", 2, 0.6, "season", "series"), Played("movie", 1, 0.9), Played("e1", 0, 0.7, "season", "series"), Played("other", 3, 0.01)]);
        Assert.Equal([("movie", 0.9), ("series", 1)], works.InOrder.Select(work => (work.Id, work.Share)));
        var (history, moments, _) = new Signals(works, Opinions.None).Placed(id => id == "series" ? 7 : null);
        Assert.Equal([7], history.Titles.ToArray());
        Assert.Equal([1f], history.Weights.ToArray());
        Assert.Equal([new Moment(3, 1)], moments);
    }

    [Fact]
    public void A_series_that_is_watched_on_is_not_what_was_chosen_last()
    {
        string[] ids = ["series", "m1", "m2", "m3", "m4"];
        var works = WatchedWorks.Of(
            [Played("e2", 9, 1, "season", "series"), .. Enumerable.Range(1, 4).Select(movie => Played($"m{movie}", movie, 1)), Played("e1", 0, 1, "season", "series")]);
        var (history, moments, newest) = new Signals(works, Opinions.None).Placed(id => Array.IndexOf(ids, id));
        Assert.Equal([1, 2, 3, 4, 0], history.Titles.ToArray());
        var (shown, cases) = HoldOut.Of(InteractionTable.Of(ids.Length, [history], [moments], [newest]), HiddenPart.Latest, 1, 1);
        Assert.Equal([4], Assert.Single(cases).Hidden);
        Assert.Equal([1, 2, 3, 0], shown.TitlesOf(0).ToArray());
    }

    // Begun forty days ago, when four days had passed since a movie, and watched on until today.
    [Fact]
    public void A_series_was_chosen_when_it_was_begun()
    {
        string[] ids = ["series", "m1", "m2", "m3", "m4", "wish"];
        var works = WatchedWorks.Of(
            [Played("e2", 24 * 100, 1, "season", "series"), .. Enumerable.Range(1, 4).Select(movie => Played($"m{movie}", 24 * (52 + movie), 1)), Played("e1", 24 * 60, 1, "season", "series")]);
        var placed = new Signals(works, new([], ["wish"], [])).Placed(id => Array.IndexOf(ids, id));
        Assert.Equal(placed.LastAt, placed.Times[^1]);
        var table = SiteData.TableOf(ids.Length, [placed], TimeSpan.FromDays(7));
        Assert.Equal([40, 47, 46, 45, 44, FirstWatched.Never], table.First!.Ages);
        var one = Assert.Single(HoldOut.Of(table, HiddenPart.Latest, 1, 1).Cases);
        Assert.Equal([0], one.Hidden);
        Assert.Equal((40f, 44f, 4f), (one.Occasion.Age, one.Occasion.LastAge, one.Occasion.Idle));
        // It is as popular as if it were begun today.
        Assert.Equal(1, table.Popularity()[0]);
    }

    [Fact]
    public void Ratings_and_wishes_weigh_beside_what_was_watched_and_what_is_of_no_interest_does_not()
    {
        string[] ids = ["wish", "watched", "loved", "elsewhere", "half", "disliked", "off", "put away", "loved and put away", "wished and put away"];
        var works = WatchedWorks.Of([Played("watched", 0, 1), Played("loved", 1, 1), Played("half", 3, 0.5), Played("disliked", 4, 1), Played("put away", 5, 1)]);
        var signals = new Signals(works, new(
            [Rated("loved", 9), Rated("elsewhere", 8), Rated("half", 6), Rated("disliked", 4), Rated("off", 2), Rated("loved and put away", 10)],
            ["watched", "wish", "unknown", "wished and put away"], ["put away", "loved and put away", "wished and put away"]));
        var (history, moments, newest) = signals.Placed(id => Array.IndexOf(ids, id) is >= 0 and var place ? place : null);
        Assert.Equal(["wish", "watched", "loved", "elsewhere", "half"], history.Titles.ToArray().Select(place => ids[place]));
        Assert.Equal([0.2f, 1, 1.5f, 0.5f, 0.5f], history.Weights.ToArray());
        Assert.Equal("half", ids[history.Titles.Span[newest]]);
        Assert.Equal(1, history.Wished);
        Assert.Equal(3.2f, history.Amount, 1e-5);
        Assert.Equal(["disliked", "off"], history.Disliked.ToArray().Select(place => ids[place]));
        Assert.Equal([false, true, true, false, true], moments.Select(moment => moment.IsKnown));
        Assert.Equal(["disliked", "elsewhere", "half", "loved", "loved and put away", "off", "put away", "watched"], signals.Seen.Order(StringComparer.Ordinal));
        Assert.Equal(["watched", "loved", "half"], signals.Watched.Select(work => work.Id));
    }

    // Of eight profiles that watched one movie four half-lives ago each counts a sixteenth of the one that watched the other movie now.
    [Fact]
    public async Task A_hit_of_long_ago_is_less_popular_than_what_is_watched_now()
    {
        await using var site = new TrainingPortal();
        await site.StartAsync(2, [.. Enumerable.Repeat<int[]>([0], 8), [1]], profile => profile < 8 ? TimeSpan.FromDays(4 * 7) : TimeSpan.Zero);
        var table = (await site.Service<SiteData>().ReadAsync(Ct)).Table;
        Assert.Equal([(1, 1f), (8, 0.5f)], table.Counts().Zip(table.Popularity()).Order());
    }

    // Eight in the evening in UTC.
    [Theory]
    [InlineData("UTC", 3)]
    [InlineData("America/New_York", 2)]
    [InlineData("Pacific/Honolulu", 1)]
    [InlineData("Asia/Tokyo", 0)]
    public void The_time_of_day_is_the_viewers(string zone, int dayPart)
    {
        var signals = new Signals(WatchedWorks.Of([Played("movie", 0, 1)]), Opinions.None);
        Assert.Equal([new Moment(dayPart, 1)], signals.Placed(_ => 0, DateTimeZoneProviders.Tzdb[zone]).Moments);
    }

    [Fact]
    public async Task What_is_trained_on_is_told_by_the_clock_of_the_account()
    {
        await using var site = new TrainingPortal();
        await site.StartAsync(1, []);
        var movie = await site.Service<IDocuments>().Set(Title.Schema).QueryAllAsync(new(), Ct).SingleAsync(Ct);
        foreach (var zone in new[] { "UTC", "Asia/Tokyo" })
        {
            using var person = await Person.RegisteredAsync(site.Portal);
            Assert.Equal(HttpStatusCode.OK, (await person.Browser.PatchAsJsonAsync("/api/accounts/me", new { timeZone = zone }, Ct)).StatusCode);
            var account = (await person.AccountAsync()).GetProperty("id").GetString()!;
            var (noon, now) = (site.Portal.Clock.GetUtcNow().Date.AddHours(-12), site.Portal.Clock.GetUtcNow());
            var play = Played(movie.Id, 0, 1) with
            {
                Id = account, AccountId = account, ProfileId = account, StartedAt = new(noon, TimeSpan.Zero), SeenAt = now, ClosedAt = now, State = PlayState.Ended,
            };
            await site.Service<IDocuments>().Set(Play.Schema).InsertAsync(play.Id, play, Ct);
        }

        site.Portal.Clock.Leap(TimeSpan.FromSeconds(1));
        var table = (await site.Service<SiteData>().ReadAsync(Ct)).Table;
        Assert.Equal([new(2, 1), new(3, 1)], Enumerable.Range(0, 2).Select(viewer => table.MomentsOf(viewer)[0]).OrderBy(moment => moment.Code));
    }

    [Theory]
    [InlineData("Mozilla/5.0 (SMART-TV; Linux; Tizen 6.0)", 3)]
    [InlineData("Mozilla/5.0 (iPad; CPU OS 18_0 like Mac OS X) Mobile/15E148", 2)]
    [InlineData("Mozilla/5.0 (Linux; Android 15; SM-X710)", 2)]
    [InlineData("Mozilla/5.0 (Linux; Android 15; Pixel 9) Mobile Safari/537.36", 1)]
    [InlineData("Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0", 0)]
    [InlineData("", 0)]
    public void Devices_are_known_by_what_they_say(string userAgent, int kind) => Assert.Equal(kind, DeviceKinds.Of(userAgent));

    [Theory]
    [InlineData(100, 0.1, 0.2, 0, 0.2, true)]
    [InlineData(100, 0.1, 0.2, 0, 0.3, false)]
    [InlineData(100, 0.1, 0.2, 0.3, 0.3, true)]
    [InlineData(100, 0.2, 0.1, 0, null, false)]
    [InlineData(100, 0.2, 0.1, 0.2, null, true)]
    [InlineData(19, 0.1, 0.2, 0.3, null, false)]
    public void A_model_that_is_worse_than_popularity_or_much_worse_than_before_is_refused(int viewers, double popular, double blended, double ranked, double? before, bool isGood) =>
        Assert.Equal(isGood, ModelGate.Refusal(new(viewers, popular, blended, ranked), before is null ? null : new Judgement(100, 0, before.Value, 0), new()) is null);

    [Theory]
    [InlineData(0.05, 0.1, true)]
    [InlineData(0.1, 0.1, false)]
    public void A_model_is_not_refused_because_viewers_are_harder_to_tell_than_they_were(double popular, double best, bool isGood) =>
        Assert.Equal(isGood, ModelGate.Refusal(new(100, popular, best, 0), new Judgement(100, 0.1, 0.2, 0), new()) is null);

    [Theory]
    [InlineData(0.15, 0.02, true)]
    [InlineData(0.15, 0.05, true)]
    [InlineData(0.25, 0.02, true)]
    [InlineData(0.1, 0.02, false)]
    public void A_model_that_is_worse_than_popularity_for_those_who_have_just_come_is_refused(double best, double error, bool isGood) => Assert.Equal(
        isGood ? null : "With no more than 3 known of each viewer NDCG@10 is 0.1000, less than popularity's 0.1800.",
        ModelGate.Refusal(new(100, 0.2, 0.3, 0) { Newcomers = new(3, 0.18, best, error) }, null, new()));

    [Theory]
    [InlineData(0.3, 0.05, 0.3)]
    [InlineData(0.24, 0.05, 0.2)]
    [InlineData(0, 0, 0.2)]
    public void A_ranker_orders_where_it_is_better_by_more_than_chance(double ranked, double error, double best) =>
        Assert.Equal(best, new Judgement(100, 0.1, 0.2, ranked) { RankedError = error }.Best);

    [Theory]
    [InlineData(0.05, 0.06, true)]
    [InlineData(0.005, 0.006, false)]
    [InlineData(0.005, 0.06, true)]
    public void A_model_before_that_may_have_had_luck_keeps_no_honest_one_out(double error, double before, bool isGood) => Assert.Equal(
        isGood, ModelGate.Refusal(new(40, 0.1, 0.14, 0) { Error = error }, new Judgement(40, 0.1, 0.2, 0) { Error = before }, new()) is null);

    private static RatedTitle Rated(string title, int halfStars) => new(title, halfStars, Start.AddHours(2));

    private static Play Played(string title, int hour, double share, params string[] partOf) => new()
    {
        Id = title, AccountId = "a", ProfileId = "p", TitleId = title, Kind = partOf.Length > 0 ? "episode" : "movie", PartOf = partOf, StartedAt = Start.AddHours(hour),
        SeenAt = Start, DurationSeconds = 100, WatchedSeconds = 100 * share, Device = "iPhone",
    };
}
