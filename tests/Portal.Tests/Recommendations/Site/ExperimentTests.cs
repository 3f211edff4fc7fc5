using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using CliWrap;
using CliWrap.Buffered;
using FlickStream.Platform.Documents;
using FlickStream.Portal.Recommendations.Ranking;
using FlickStream.Portal.Recommendations.Site;
using FlickStream.Portal.Recommendations.Site.Experiments;
using FlickStream.Portal.Tests.Accounts;
using FlickStream.Portal.Tests.Watching;
using FlickStream.Portal.Watching.Plays;
using Microsoft.Extensions.DependencyInjection;

namespace FlickStream.Portal.Tests.Recommendations.Site;

public sealed class ExperimentTests(RecommendingPortal site) : IClassFixture<RecommendingPortal>
{
    private const string Path = "/api/recommendation-experiment", Report = "/api/recommendation-report";

    private static readonly string[] Figures = ["ranked", "recall", "coverage"];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public void A_profile_is_always_on_the_same_side_and_sides_are_as_large_as_asked()
    {
        Experiment Named(string name) => new()
        {
            Name = name, StartedAt = default,
            Variants = [new("a", RowOrder.Ranked, ModelGeneration.Current, 20), new("b", RowOrder.Blend, ModelGeneration.Current, 80)],
        };
        var profiles = Enumerable.Range(0, 20_000).Select(profile => $"{profile:x16}").ToList();
        List<bool> SidesIn(string experiment) => [.. profiles.Select(profile => Named(experiment).VariantOf(profile).Name == "a")];
        var first = SidesIn("first");
        Assert.InRange(first.Count(isA => isA), 3800, 4200);
        Assert.Equal(first, SidesIn("first"));
        // Those of one experiment are spread over the sides of another.
        Assert.InRange(first.Zip(SidesIn("second")).Count(pair => pair.First && pair.Second), 650, 950);
    }

    [Theory]
    [InlineData("""{"name":"x","variants":[{"name":"a","order":"ranked","model":"current","percent":100}]}""")]
    [InlineData("""{"name":"x","variants":[{"name":"a","order":"ranked","model":"current","percent":50},{"name":"a","order":"blend","model":"current","percent":50}]}""")]
    [InlineData("""{"name":"x","variants":[{"name":"a","order":"ranked","model":"current","percent":50},{"name":"b","order":"blend","model":"current","percent":40}]}""")]
    [InlineData("""{"name":"X Y","variants":[{"name":"a","order":"ranked","model":"current","percent":50},{"name":"b","order":"blend","model":"current","percent":50}]}""")]
    [InlineData("""{"name":"x","variants":[{"name":"a","order":"ranked","model":"current","percent":100},{"name":"b","order":"blend","model":"current","percent":0}]}""")]
    [InlineData("""{"name":"x","variants":[null,{"name":"b","order":"blend","model":"current","percent":100}]}""")]
    [InlineData("{}")]
    public async Task What_cannot_be_compared_is_refused(string body)
    {
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        var answer = await site.Portal.Admin.PutAsync(Path, content, Ct);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal("experiment_invalid", (await answer.Content.ReadFromJsonAsync<JsonElement>(Ct)).GetProperty("code").GetString());
    }

    [Fact]
    public async Task Each_profile_is_shown_its_variant_and_what_it_was_shown_is_kept()
    {
        await site.TrainAsync();
        await StartAsync("order", ("one", "ranked", "current"), ("two", "popularity", "current"), ("three", "blend", "previous"));
        await site.Portal.Services.GetRequiredService<CurrentModel>().RefreshAsync(Ct);
        var experiment = (await site.Portal.Services.GetRequiredService<ExperimentStore>().ReadAsync(Ct))!;
        var before = await AuditedAsync("order");
        Assert.Equal(HttpStatusCode.Conflict, (await PutAsync("order", ("one", "ranked", "current"), ("two", "blend", "current"))).StatusCode);
        Assert.Single(before);
        Assert.Equal(before, await AuditedAsync("order"));
        var shownTo = new Dictionary<string, Person>();
        for (var tries = 0; shownTo.Count < 3 && tries < 30; tries++)
        {
            var person = await Person.RegisteredAsync(site.Portal);
            var profile = await person.EnterAsync();
            await site.WatchedAsync(profile, site.OfTaste(1)[..4]);
            var variant = experiment.VariantOf(profile).Name;
            if (!shownTo.TryAdd(variant, person)) continue;
            var rows = (await person.ReadAsync("/api/recommendations")).GetProperty("rows").EnumerateArray().ToList();
            var hasReasons = rows[0].GetProperty("items").EnumerateArray().Any(item => item.GetProperty("why").GetString() == "watched");
            Assert.Equal(variant != "two", hasReasons);
            if (variant == "two") Assert.All(rows[0].GetProperty("items").EnumerateArray(), item => Assert.Equal("popular", item.GetProperty("why").GetString()));
            await person.ReadAsync("/api/recommendations");
            var kept = Assert.Single(await KeptAsync(profile));
            Assert.Equal(("order", variant), (kept.Experiment, kept.Variant));
            var published = await site.Portal.Services.GetRequiredService<ModelStore>().FindAsync(Ct);
            Assert.Equal((variant == "three" ? published.Previous : published.Current)!.TrainedAt, kept.ModelFrom);
            Assert.Equal(rows.SelectMany(row => row.GetProperty("items").EnumerateArray()).Select(item => item.GetProperty("title").GetProperty("id").GetString()), kept.TitleIds);
            Assert.Equal(
                rows.Index().Select(row => new ShownRow(row.Item.GetProperty("kind").GetString()!, row.Index, row.Item.GetProperty("items").GetArrayLength())), kept.Rows);
            Assert.Equal(rows[^1].GetProperty("kind").GetString(), kept.RowOf(kept.TitleIds[^1]));
            site.Portal.Clock.Leap(TimeSpan.FromMinutes(31));
            await person.ReadAsync("/api/recommendations");
            Assert.Equal(2, (await KeptAsync(profile)).Count);
        }

        Assert.Equal(3, shownTo.Count);
        Assert.Equal(HttpStatusCode.NoContent, (await site.Portal.Admin.DeleteAsync(Path, Ct)).StatusCode);
        Assert.Equal(JsonValueKind.Null, (await site.Portal.Admin.GetFromJsonAsync<JsonElement>(Path, Ct)).GetProperty("experiment").ValueKind);

    }

    [Fact]
    public async Task What_was_shown_is_told_to_its_owner_and_goes_with_profile_and_account()
    {
        var leaver = await Person.RegisteredAsync(site.Portal);
        var first = await leaver.EnterAsync();
        await leaver.ReadAsync("/api/recommendations");
        Assert.Single(await KeptAsync(first));
        var export = (await leaver.ReadAsync("/api/accounts/me/export")).GetProperty("recommendationsShown");
        var told = Assert.Single(export.EnumerateArray());
        Assert.Equal(first, told.GetProperty("profileId").GetString());
        Assert.Equal(told.GetProperty("titleIds").GetArrayLength(), told.GetProperty("rows").EnumerateArray().Sum(row => row.GetProperty("titles").GetInt32()));
        // Of the second what was shown still waits to be written when its profile is deleted.
        string[] others = [await leaver.ProfileAsync(new { name = "Goes" }), await leaver.ProfileAsync(new { name = "Stays" })];
        foreach (var other in others)
        {
            await leaver.EnterAsync(other);
            await leaver.ReadAsync("/api/recommendations");
        }

        foreach (var gone in new[] { others[0], first })
        {
            Assert.Equal(HttpStatusCode.NoContent, (await leaver.Browser.DeleteAsync($"/api/profiles/{gone}", Ct)).StatusCode);
            Assert.Empty(await KeptAsync(gone));
        }

        Assert.Single(await KeptAsync(others[1]));
        var exposures = site.Portal.Services.GetRequiredService<ExposureStore>();
        await exposures.AddAsync([Shown("gone", site.Portal.Clock.GetUtcNow(), "one")], Ct);
        await exposures.DeleteAsync("gone", Ct);
        Assert.Empty(await KeptAsync("gone"));
    }

    [Fact]
    public async Task What_came_of_pages_is_counted_once_their_day_is_over_and_reported_by_variant()
    {
        var exposures = site.Portal.Services.GetRequiredService<ExposureStore>();
        var day = new DateTimeOffset(site.Portal.Clock.GetUtcNow().UtcDateTime.Date.AddDays(1), TimeSpan.Zero);
        await StartAsync("counted", ("x-first", "ranked", "current"), ("a-second", "popularity", "current"));
        // Of the first variant's pages every second is followed to the half, of the other's every fifth.
        for (var profile = 0; profile < 400; profile++)
        {
            var (id, isFirst) = ($"counted{profile}", profile % 2 == 0);
            await exposures.AddAsync([Shown(id, day.AddHours(1), isFirst ? "x-first" : "a-second")], Ct);
            if (profile / 2 % (isFirst ? 2 : 5) == 0) await PlayedAsync(id, "shown", day.AddHours(2), 0.5);
            await PlayedAsync(id, "other", day.AddHours(2), 1);
            await PlayedAsync(id, "shown", day.AddHours(8), 1);
        }

        var count = site.Portal.Services.GetRequiredService<CountExposures>();
        site.Portal.Clock.AdjustTime(day.AddHours(30));
        await count.CountAsync(Ct);
        Assert.DoesNotContain((await ReportAsync()).GetProperty("variants").EnumerateArray(), variant => variant.GetProperty("experiment").GetString() == "counted");
        site.Portal.Clock.AdjustTime(day.AddHours(55));
        await Task.WhenAll(count.CountAsync(Ct), count.CountAsync(Ct));
        await count.CountAsync(Ct);

        var report = await ReportAsync();
        Assert.Equal("counted", report.GetProperty("experiment").GetProperty("name").GetString());
        var published = report.GetProperty("models").EnumerateArray().Where(model => model.GetProperty("refused").ValueKind == JsonValueKind.Null).ToList();
        Assert.NotEmpty(published);
        Assert.All(published, model => Assert.All(Figures, name => Assert.True(model.GetProperty("judged").GetProperty(name).GetDouble() > 0, name)));
        var variants = report.GetProperty("variants").EnumerateArray().Where(variant => variant.GetProperty("experiment").GetString() == "counted").ToList();
        Assert.Equal(["x-first", "a-second"], variants.Select(variant => variant.GetProperty("variant").GetString()));
        Assert.All(variants, variant => Assert.Equal(200, variant.GetProperty("total").GetProperty("pages").GetInt32()));
        Assert.Equal([0.5, 0.2], variants.Select(variant => MeanOf(variant.GetProperty("total"), "clickThrough")));
        Assert.Equal([0.25, 0.1], variants.Select(variant => MeanOf(variant.GetProperty("total"), "watchShare")));
        foreach (var (variant, share) in variants.Zip([0.5, 0.2]))
            Assert.Equal(
                [("forYou", 200, share), ("popular", 200, 0.0)],
                variant.GetProperty("rows").EnumerateArray().Select(row => (row.GetProperty("row").GetString()!, row.GetProperty("pages").GetInt32(), MeanOf(row, "clickThrough"))));
        Assert.Equal(JsonValueKind.Null, variants[0].GetProperty("clickThroughGained").ValueKind);
        var gained = variants[1].GetProperty("clickThroughGained");
        Assert.Equal(-0.3, gained.GetProperty("mean").GetDouble(), 1e-9);
        Assert.InRange(gained.GetProperty("high").GetDouble(), -0.29, -0.1);
        Assert.Equal(day.ToString("yyyy-MM-dd"), variants[1].GetProperty("days")[0].GetProperty("day").GetString());

        var models = site.Portal.Services.GetRequiredService<IDocuments>().Set(PublishedModel.Schema);
        await models.UpdateAsync(PublishedModel.Id, model => model with { HeldSince = new(2026, 3, 4, 5, 6, 7, TimeSpan.Zero) }, Ct);
        var page = await VisitedAsync();
        await models.UpdateAsync(PublishedModel.Id, model => model with { HeldSince = null }, Ct);
        Assert.Contains("is held since 2026-03-04 05:06", page.GetProperty("held").GetString(), StringComparison.Ordinal);
        Assert.Empty(page.GetProperty("complaints").EnumerateArray());
        Assert.Contains("counted: x-first 50", page.GetProperty("summary").GetString(), StringComparison.Ordinal);
        var shown = page.GetProperty("variants").EnumerateArray().Select(row => string.Join('|', row.EnumerateArray())).ToList();
        Assert.Contains(shown, row => row.StartsWith("a-second|200|20.0 % ", StringComparison.Ordinal) && row.Contains("|−30.0 ", StringComparison.Ordinal));
        Assert.Contains(page.GetProperty("rows").EnumerateArray(), row => string.Join('|', row.EnumerateArray()).StartsWith("a-second|forYou|200|20.0 % ", StringComparison.Ordinal));
        Assert.Equal(["Click-through, by day", "Watched a page, by day", "NDCG@10", "Recall@10 and coverage"],
            page.GetProperty("charts").EnumerateArray().Select(chart => chart.GetString()));
        Assert.Equal(report.GetProperty("models").GetArrayLength(), page.GetProperty("models").GetArrayLength());
        Assert.EndsWith("/recommendations.html", page.GetProperty("address").GetString(), StringComparison.Ordinal);
        Assert.Contains("not known", page.GetProperty("refusal").GetString(), StringComparison.Ordinal);
        Assert.Equal("", page.GetProperty("stranger").GetString());
        Assert.Contains("no administrator", page.GetProperty("viewer").GetString(), StringComparison.Ordinal);
        Assert.Equal(shown.Count, page.GetProperty("administrator").GetInt32());

        Assert.Equal(HttpStatusCode.NoContent, (await site.Portal.Admin.DeleteAsync(Path, Ct)).StatusCode);
        var ended = (await ReportAsync()).GetProperty("variants").EnumerateArray().Where(variant => variant.GetProperty("experiment").GetString() == "counted");
        Assert.Equal(variants.Select(variant => variant.GetRawText()), ended.Select(variant => variant.GetRawText()));

        site.Portal.Clock.AdjustTime(day.AddDays(92));
        await count.CountAsync(Ct);
        Assert.Empty(await KeptAsync("counted0"));
        Assert.Contains((await ReportAsync(366)).GetProperty("variants").EnumerateArray(), variant => variant.GetProperty("experiment").GetString() == "counted");
        Assert.Equal(HttpStatusCode.BadRequest, (await site.Portal.Admin.GetAsync($"{Report}?lastDays=0", Ct)).StatusCode);
    }

    [Fact]
    public void A_play_counts_for_the_last_page_before_it_that_showed_its_title()
    {
        var start = new DateTimeOffset(2026, 3, 4, 20, 0, 0, TimeSpan.Zero);
        Exposure[] pages = [Shown("p", start, "v"), Shown("p", start.AddHours(1), "v"), Shown("p", start.AddHours(2), "v") with { TitleIds = ["other"] }];
        (bool, double)[] Of(params (double Hour, double Share)[] plays) =>
            [.. PageOutcome.Of(pages, plays.Select(play => PlayOf("p", "shown", start.AddHours(play.Hour), play.Share)), TimeSpan.FromHours(6))
                .Select(outcome => (outcome.IsFollowed, outcome.WatchedShare))];
        Assert.Equal([(true, 0.4), default, default], Of((0.5, 0.4)));
        Assert.Equal([default, (true, 0.9), default], Of((3, 0.4), (4, 0.9), (5, 0.1)));
        Assert.Equal([default, default, default], Of((-1, 1), (7.5, 1)));
    }

    [Fact]
    public void A_play_counts_for_the_row_in_which_its_title_was_shown()
    {
        var start = new DateTimeOffset(2026, 3, 4, 20, 0, 0, TimeSpan.Zero);
        var page = Shown("p", start, "v") with { TitleIds = ["a", "b", "c", "d"], Rows = [new("forYou", 1, 2), new("popular", 2, 1), new("popular", 3, 1)] };
        string RowsOf(Exposure shown, params string[] played) =>
            string.Join(',', PageOutcome.Of([shown], played.Select(title => PlayOf("p", title, start.AddHours(1), 1)), TimeSpan.FromHours(6))[0].FollowedRows);
        Assert.Equal(["forYou", "forYou", "popular", "popular", ""], "abcde".Select(title => RowsOf(page, $"{title}")));
        Assert.Equal("popular,forYou", RowsOf(page, "c", "b", "d"));
        // Of a page that was kept before rows were.
        Assert.Equal("", RowsOf(page with { Rows = [] }, "a"));
    }

    private static double MeanOf(JsonElement figures, string name) => Math.Round(figures.GetProperty(name).GetProperty("mean").GetDouble(), 9);

    private static Exposure Shown(string profile, DateTimeOffset at, string variant) =>
        new() { AccountId = profile, ProfileId = profile, At = at, Experiment = "counted", Variant = variant, TitleIds = ["shown", "passed"], Rows = [new("forYou", 0, 1), new("popular", 1, 1)] };

    private static Play PlayOf(string profile, string title, DateTimeOffset at, double share) => new()
    {
        Id = Guid.NewGuid().ToString("n"), AccountId = profile, ProfileId = profile, TitleId = title, Kind = "movie", StartedAt = at, SeenAt = at, ClosedAt = at,
        DurationSeconds = 100, WatchedSeconds = share * 100,
    };

    private async Task PlayedAsync(string profile, string title, DateTimeOffset at, double share)
    {
        var play = PlayOf(profile, title, at, share);
        await site.Portal.Services.GetRequiredService<IDocuments>().Set(Play.Schema).InsertAsync(play.Id, play, Ct);
    }

    private async Task<IReadOnlyList<Exposure>> KeptAsync(string profile)
    {
        await site.Portal.Services.GetRequiredService<ExposureLog>().WriteAsync(Ct);
        return await site.Portal.Services.GetRequiredService<ExposureStore>().OfProfileAsync(profile, DateTimeOffset.MinValue, DateTimeOffset.MaxValue, Ct)
            .Select(shown => shown.Value).ToListAsync(Ct);
    }

    /// <summary>The page of the report in a real browser, by <c>tests/Players/report.mjs</c>.</summary>
    private async Task<JsonElement> VisitedAsync()
    {
        var key = (await File.ReadAllTextAsync(site.Portal.KeyFile, Ct)).Trim();
        using var viewer = await Person.RegisteredAsync(site.Portal);
        using var administrator = await Person.RegisteredAsync(site.Portal);
        await site.Portal.MakeAsync(administrator, "admin");
        var run = await Cli.Wrap("node").WithArguments(
            ["report.mjs", "--page", $"http://localhost:{site.Portal.Port}/recommendations.html#key={key}",
                "--viewer", viewer.Email, "--administrator", administrator.Email, "--password", Person.Password])
            .WithWorkingDirectory(System.IO.Path.Combine(Repository.Root, "tests", "Players")).ExecuteBufferedAsync(Ct);
        var result = JsonElement.Parse(run.StandardOutput);
        Assert.True(result.GetProperty("fatal").ValueKind == JsonValueKind.Null, run.StandardOutput);
        return result;
    }

    private Task<JsonElement> ReportAsync(int lastDays = 30) => site.Portal.Admin.GetFromJsonAsync<JsonElement>($"{Report}?lastDays={lastDays}", Ct);

    /// <summary>What the audit says of an experiment.</summary>
    private async Task<IReadOnlyList<string>> AuditedAsync(string name) =>
        [.. (await site.Portal.Admin.GetFromJsonAsync<JsonElement>($"/api/audit?subject={name}", Ct)).GetProperty("items").EnumerateArray().Select(item => item.GetRawText())];

    private async Task StartAsync(string name, params (string Name, string Order, string Model)[] variants) =>
        Assert.Equal(HttpStatusCode.OK, (await PutAsync(name, variants)).StatusCode);

    private Task<HttpResponseMessage> PutAsync(string name, params (string Name, string Order, string Model)[] variants) => site.Portal.Admin.PutAsJsonAsync(
        Path, new { name, variants = variants.Select(variant => new { variant.Name, variant.Order, variant.Model, percent = 100.0 / variants.Length }) }, Ct);
}
