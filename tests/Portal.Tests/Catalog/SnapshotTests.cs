using FlickStream.Portal.Catalog.Browsing;

namespace FlickStream.Portal.Tests.Catalog;

public sealed class SnapshotTests
{
    private static readonly DateTimeOffset Now = new(2026, 6, 1, 0, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Changes_one_after_the_other_give_what_all_at_once_give(int seed)
    {
        var random = new Random(seed);
        var (rows, stepwise) = (new Dictionary<string, CatalogRow?>(), CatalogSnapshot.Empty);
        for (var step = 0; step < 60; step++)
        {
            var changes = Enumerable.Range(0, random.Next(1, 8)).Select(_ => $"{random.Next(40):d2}").Distinct()
                .ToDictionary(id => id, id => random.Next(4) == 0 ? null : Row(id, random));
            foreach (var (id, row) in changes) rows[id] = row;
            stepwise = stepwise.With(changes);
            var whole = CatalogSnapshot.Empty.With(rows);
            foreach (var sort in CatalogSorts.All)
            {
                var request = new BrowseRequest { Sort = sort, Facets = true, Limit = 200, Genre = step % 2 == 0 ? ["drama"] : null, Kind = ["movie", "series", "season"] };
                Assert.Equivalent(
                    CatalogFinder.Find(whole.ViewOf(null, Now), request, 18, whole.LanguageFor("de")),
                    CatalogFinder.Find(stepwise.ViewOf(null, Now), request, 18, stepwise.LanguageFor("de")), strict: true);
            }
        }
    }

    [Fact]
    public void A_view_is_good_until_the_next_release_or_edge_of_a_window()
    {
        var random = new Random(4);
        var snapshot = CatalogSnapshot.Empty.With(new Dictionary<string, CatalogRow?>
        {
            ["a"] = Row("a", random) with { Kind = "movie", ParentId = null, ReleaseAt = Now.AddHours(3) },
            ["b"] = Row("b", random) with { Kind = "movie", ParentId = null, Windows = [new(["DE"], null, Now.AddHours(2))] },
            ["c"] = Row("c", random) with { Kind = "movie", ParentId = null, Windows = [new(["FR"], null, Now.AddHours(1))] },
        });
        var view = snapshot.ViewOf("DE", Now);
        Assert.Same(view, snapshot.ViewOf("DE", Now.AddHours(2).AddTicks(-1)));
        var next = snapshot.ViewOf("DE", Now.AddHours(2));
        Assert.NotSame(view, next);
        Assert.Equal((1, 0, 1), (view.UpTo(18).Size(), next.UpTo(18).Size(), snapshot.ViewOf("DE", Now.AddHours(3)).UpTo(18).Size()));
    }

    [Fact]
    public async Task All_who_ask_between_two_releases_are_given_one_view()
    {
        var random = new Random(4);
        var snapshot = CatalogSnapshot.Empty.With(Enumerable.Range(0, 2000)
            .ToDictionary(i => $"{i}", i => (CatalogRow?)(Row($"{i}", random) with { ReleaseAt = Now.AddHours(i == 0 ? 1 : -1) })));
        var views = await Task.WhenAll(Enumerable.Range(0, 32).Select(i => Task.Run(() => snapshot.ViewOf(null, Now.AddTicks(-i)))));
        Assert.Single(views.Distinct());
        Assert.NotSame(views[0], snapshot.ViewOf(null, Now.AddHours(1)));
    }

    private static CatalogRow Row(string id, Random random) => new()
    {
        Id = id, Revision = 1, Kind = random.Next(3) switch { 0 => "movie", 1 => "series", _ => "season" }, ParentId = random.Next(3) == 0 ? $"{random.Next(40):d2}" : null,
        Number = random.Next(3), Year = random.Next(5) == 0 ? null : 1990 + random.Next(30), MinimumAge = random.Next(4) == 0 ? null : random.Next(19),
        OriginalLanguage = "en", Names = random.Next(2) == 0 ? [new("en", $"n{random.Next(5)}")] : [new("en", "x"), new("de", $"m{random.Next(5)}")],
        Genres = random.Next(2) == 0 ? ["drama"] : ["drama", "war"], Countries = ["DE"], People = [$"p{random.Next(3)}"], Tags = [], Windows = [], Artwork = [],
        ReleaseAt = Now.AddDays(random.Next(-5, 2)), Popularity = random.Next(3),
    };
}
