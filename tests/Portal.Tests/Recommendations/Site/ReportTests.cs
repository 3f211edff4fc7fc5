using System.Text.Json;
using FlickStream.Platform.Json;
using FlickStream.Portal.Recommendations.Ranking;
using FlickStream.Portal.Recommendations.Site.Experiments;
using Microsoft.Extensions.Time.Testing;

namespace FlickStream.Portal.Tests.Recommendations.Site;

/// <summary>With which variant of an experiment the others are compared.</summary>
public sealed class ReportTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("compared")]
    [InlineData(null)]
    public void Variants_are_compared_with_the_first_whether_or_not_their_experiment_runs(string? running)
    {
        var variants = Of([Day(1, ("compared", "a-third", 4), ("compared", "x-first", 10)), Day(2, ("compared", "m-second", 6))], running, Named("compared", "x-first", "m-second", "a-third"));
        Assert.Equal(["x-first", "m-second", "a-third"], variants.Select(variant => variant.Variant));
        Assert.Equal([null, -0.4, -0.6], variants.Select(GainOf));
    }

    [Fact]
    public void Nothing_is_compared_in_a_time_without_the_first()
    {
        var variants = Of([Day(1, ("compared", "m-second", 6), ("compared", "a-third", 4))], "compared", Named("compared", "x-first", "m-second", "a-third"));
        Assert.Equal(["m-second", "a-third"], variants.Select(variant => variant.Variant));
        Assert.All(variants, variant => Assert.Null(GainOf(variant)));
    }

    [Fact]
    public void Nothing_is_compared_where_the_first_is_not_known()
    {
        var variants = Of([Day(1, ("old", "b", 6), ("old", "a", 4), (null, "all", 5), ("compared", "y", 2), ("compared", "x", 1))], "compared", Named("compared", "y", "x"));
        Assert.Equal(["y", "x", "all", "a", "b"], variants.Select(variant => variant.Variant));
        Assert.Equal([null, -0.1, null, null, null], variants.Select(GainOf));
    }

    [Fact]
    public async Task An_experiment_is_known_by_its_name_after_its_end_and_no_other_is_named_so()
    {
        await using var disk = new TestDocuments();
        var (store, other) = (new ExperimentStore(disk.Documents, new FakeTimeProvider()), Named("one", "b", "a"));
        Assert.True(await store.StartAsync(Named("one", "a", "b")));
        Assert.True(await store.StartAsync(Named("one", "a", "b")));
        Assert.False(await store.StartAsync(other));
        Assert.True(await store.StartAsync(Named("two", "c", "d")));
        await store.EndAsync();
        Assert.Null(await store.ReadAsync(Ct));
        Assert.False(await store.MayStartAsync(other, Ct));
        Assert.False(await store.StartAsync(other));
        var known = await store.NamedAsync(["one", "two", "three"], Ct);
        Assert.Equal(["a,b", "c,d"], known.Values.OrderBy(experiment => experiment.Name, StringComparer.Ordinal).Select(NamesOf));
        Assert.True(await store.StartAsync(Named("one", "a", "b")));
        Assert.Equal("one", (await store.ReadAsync(Ct))!.Name);
    }

    [Fact]
    public async Task One_that_runs_since_before_they_were_kept_is_known_by_its_name_too()
    {
        await using var disk = new TestDocuments();
        await disk.Documents.Set(Experiment.Schema).InsertAsync(Experiment.Id, Named("one", "a", "b"), Ct);
        var store = new ExperimentStore(disk.Documents, new FakeTimeProvider());
        Assert.Equal("a,b", NamesOf((await store.NamedAsync(["one"], Ct))["one"]));
        Assert.False(await store.MayStartAsync(Named("one", "b", "a"), Ct));
        Assert.False(await store.StartAsync(Named("one", "b", "a")));
        await store.EndAsync();
        Assert.Equal("a,b", NamesOf((await store.NamedAsync(["one"], Ct))["one"]));
    }

    [Fact]
    public void Pages_and_days_from_before_rows_were_kept_are_read_and_tell_of_none()
    {
        var shown = Read<Exposure>("""{"accountId":"a","profileId":"p","at":"2026-03-04T20:00:00+00:00","experiment":null,"variant":"all","modelFrom":null,"titleIds":["shown"]}""");
        Assert.Empty(shown.Rows);
        Assert.Null(shown.RowOf("shown"));
        var groups = $"[{string.Join(',', Groups(1))}]";
        var day = Read<ExposureDay>(
            $$"""{"day":"2026-03-04T00:00:00+00:00","variants":[{"experiment":null,"variant":"all","pages":{{groups}},"followed":{{groups}},"watched":{{groups}} }]}""");
        var variant = Assert.Single(Of([day], null, Named("one", "a", "b")));
        Assert.Equal((VariantCount.Groups, 0), (variant.Total.Pages, variant.Rows.Count));
    }

    [Fact]
    public void Rows_are_added_up_over_days_and_days_stay_as_they_are()
    {
        VariantCount With(double pages, double followed) => new(null, "all", Groups(10), Groups(5), Groups(5)) { Rows = new() { ["forYou"] = new(Groups(pages), Groups(followed)) } };
        ExposureDay[] days = [Day(1) with { Variants = [With(10, 4)] }, Day(2) with { Variants = [With(6, 0)] }];
        var row = Assert.Single(Assert.Single(Of(days, null, Named("one", "a", "b"))).Rows);
        Assert.Equal(("forYou", 16 * VariantCount.Groups, 0.25), (row.Row, row.Pages, row.ClickThrough!.Value.Mean));
        Assert.All(days[0].Variants[0].Rows["forYou"].Pages, pages => Assert.Equal(10, pages));
    }

    private static IReadOnlyList<VariantReport> Of(IReadOnlyList<ExposureDay> days, string? running, Experiment known) =>
        ShowReport.VariantsOf(days, running, new Dictionary<string, Experiment> { [known.Name] = known });

    private static double? GainOf(VariantReport variant) => variant.ClickThroughGained is { } gained ? Math.Round(gained.Mean, 9) : null;

    // Ten pages in each group, of which so many were followed.
    private static ExposureDay Day(int day, params (string? Experiment, string Variant, int Followed)[] variants) => new()
    {
        Day = new(2026, 3, day, 0, 0, 0, TimeSpan.Zero),
        Variants = [.. variants.Select(one => new VariantCount(one.Experiment, one.Variant, Groups(10), Groups(one.Followed), Groups(one.Followed)))],
    };

    private static double[] Groups(double each) => [.. Enumerable.Repeat(each, VariantCount.Groups)];

    private static Experiment Named(string name, params string[] variants) => new()
    {
        Name = name, StartedAt = default, Variants = [.. variants.Select(variant => new Variant(variant, RowOrder.Ranked, ModelGeneration.Current, 100.0 / variants.Length))],
    };

    // As it was written then.
    private static T Read<T>(string stored) => JsonSerializer.Deserialize<T>(stored, PlatformJson.Options)!;

    private static string NamesOf(Experiment experiment) => string.Join(',', experiment.Variants.Select(variant => variant.Name));
}
