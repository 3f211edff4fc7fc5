using FlickStream.Portal.Catalog.Browsing;
using FlickStream.Portal.Catalog.Titles;
using FlickStream.Portal.Search;
using FlickStream.Portal.Search.Terms;
using FlickStream.Portal.Watching.Popularity;

namespace FlickStream.Portal.Tests.Search;

/// <summary>What comes first, and what is shown beside it.</summary>
public sealed class RankingTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan HalfLife = TimeSpan.FromDays(7);

    [Fact]
    public void Popularity_adds_points_by_how_much_more_is_watched()
    {
        using var titles = new Planted(
            Of("hit", "River", plays: 1_000_000), Of("half", "River", plays: 500_000), Of("hundredth", "River", plays: 10_000), Of("few", "River", plays: 1),
            Of("stale", "River", plays: 1_000_000, watchedAt: Now.AddYears(-2)), Of("never", "River"));
        Assert.Equal("hit 60, half 56, hundredth 33, few 4, stale 4, never 0", titles.PopularityOf("hit", "half", "hundredth", "few", "stale", "never"));
        Assert.Equal("hit|half|hundredth|few|stale|never", titles.Find("river"));
    }

    [Fact]
    public void What_is_watched_much_more_comes_before_a_name_that_fits_a_little_better()
    {
        using var titles = new Planted(Of("a", "Star", plays: 100), Of("b", "Star Quest", plays: 1_000_000), Of("c", "Quest", plays: 1_000_000));
        Assert.Equal("b|a", titles.Find("star"));
    }

    private static Title Of(string id, string name, string? synopsis = null, double plays = 0, DateTimeOffset? watchedAt = null, string? genre = null) => new()
    {
        Id = id, OwnerId = "owner", Publication = Publication.Released, ReleaseAt = Now, CreatedAt = Now, ChangedAt = Now, Revision = 1,
        Popularity = plays > 0 ? PopularityScale.With(0, plays, watchedAt ?? Now, HalfLife) : 0,
        Content = new()
        {
            Kind = Kinds.Movie, OriginalLanguage = "en", Texts = new Dictionary<string, TitleText?> { ["en"] = new(name, synopsis) },
            Genres = genre is null ? [] : [genre], Tags = [], Countries = [], Windows = [], People = [], Rating = new(0),
        },
    };

    private sealed class Planted : IDisposable
    {
        private readonly SearchEngine _engine = new();
        private readonly CatalogSnapshot _snapshot;
        private readonly SearchState _state;

        public Planted(params Title[] titles)
        {
            _snapshot = CatalogSnapshot.Empty.With(titles.ToDictionary(title => title.Id, CatalogRow.Of));
            foreach (var title in titles) _engine.Put(_snapshot.Find(title.Id)!.Value, TitleTerms.Of(title.Content, []));
            _state = _engine.Publish(_snapshot);
        }

        public BrowsePage Page(string words, bool hasFacets = false) =>
            SearchFinder.Find(_state, _snapshot.ViewOf(null, Now), SearchQuery.Of(words)!, new() { Facets = hasFacets, Limit = 50 }, CatalogView.Oldest, "en");

        public string Find(string words) => string.Join('|', Page(words).Items.Select(item => item.Id));

        public string PopularityOf(params string[] ids) =>
            string.Join(", ", ids.Select(id => $"{id} {_state.BesidesWords(12)[_snapshot.Find(id)!.Value]}"));

        public void Dispose()
        {
            _state.Dispose();
            _engine.Dispose();
        }
    }
}
