using System.Diagnostics;
using FlickStream.Portal.Catalog.Browsing;
using FlickStream.Portal.Search;
using FlickStream.Portal.Search.Terms;

namespace FlickStream.Search.Bench;

/// <summary>The catalog as a portal holds it, searched as its requests are, without HTTP.</summary>
internal sealed class Site : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly SearchEngine _engine = new();
    private CatalogSnapshot _snapshot;
    private SearchState _state;

    public Site(BenchTitle[] titles)
    {
        _snapshot = CatalogSnapshot.Empty.With(titles.ToDictionary(title => title.Id, title => CatalogRow.Of(title.Published(Now))));
        var began = Stopwatch.GetTimestamp();
        Parallel.ForEach(titles, Put);
        _engine.Compact();
        _state = _engine.Publish(_snapshot);
        Built = Stopwatch.GetElapsedTime(began);
    }

    /// <summary>From documents that are read to the first search.</summary>
    public TimeSpan Built { get; }

    public long IndexBytes => _engine.IndexBytes;

    public int Words => _state.Words.Count;

    public BrowsePage Find(Query query)
    {
        var view = _snapshot.ViewOf(null, Now);
        return SearchFinder.Find(_state, view, SearchQuery.Of(query.Text)!, new() { Facets = query.HasFacets, Limit = 20 }, CatalogView.Oldest, "en");
    }

    /// <summary>A title that was edited, until the next search knows it.</summary>
    public void Edit(BenchTitle title)
    {
        _snapshot = _snapshot.With(new Dictionary<string, CatalogRow?> { [title.Id] = CatalogRow.Of(title.Published(Now) with { Revision = 2 }) });
        Put(title);
        var next = _engine.Publish(_snapshot, _state);
        _state.Dispose();
        _state = next;
    }

    public void Dispose()
    {
        _state.Dispose();
        _engine.Dispose();
    }

    private void Put(BenchTitle title) => _engine.Put(_snapshot.Find(title.Id)!.Value, TitleTerms.Of(title.Content, title.People.Values));
}
