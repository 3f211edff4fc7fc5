using FlickStream.Portal.Catalog.Browsing;
using FlickStream.Portal.Catalog.Titles;
using FlickStream.Portal.Watching.Playing;

namespace FlickStream.Portal.Recommendations.Site.Rows;

/// <summary>The movies and series that may still be recommended to a viewer: there for the profile, and not watched, rated, put away or taken yet.</summary>
/// <param name="watched">Whenever it was.</param>
/// <param name="rated">The same; one may be in both, and twice.</param>
internal sealed class OpenTitles(Watcher watcher, IReadOnlySet<string> watched, IReadOnlyCollection<string> rated, IReadOnlySet<string> dismissed)
{
    private readonly ulong[] _visible = watcher.View.UpTo(watcher.Viewing.MaximumAge);
    private readonly HashSet<string> _past = [.. watched, .. rated, .. dismissed];
    private readonly HashSet<string> _taken = new(StringComparer.Ordinal);

    public Watcher Watcher => watcher;

    public TitleCard? CardOf(string id) => watcher.CardOf(id);

    public void Take(string id) => _taken.Add(id);

    public bool IsWatched(string id) => watched.Contains(id);

    public bool IsTaken(string id) => _taken.Contains(id) || _past.Contains(id);

    /// <summary>Of what was watched.</summary>
    public bool MayComeAgain(string id) => !_taken.Contains(id) && !dismissed.Contains(id);

    /// <summary>What a model's titles need not be asked about one by one.</summary>
    public int[] PastPlaces(TitleModel titled) => [.. _past.Select(titled.PlaceOf).OfType<int>()];

    /// <summary>In an order of browsing, of all languages or of one; nothing is sorted for it.</summary>
    /// <param name="sort">One of <see cref="CatalogSorts"/>.</param>
    /// <param name="language">In which they were made, whatever the region.</param>
    public IEnumerable<CatalogRow> Works(string sort, string? language = null)
    {
        var (snapshot, among) = (watcher.View.Snapshot, _visible);
        if (language is not null)
        {
            among = Bits.None(snapshot.Rows);
            foreach (var original in snapshot.OriginalsLike(language)) among.Join(snapshot.SetWith(Facet.Language, original));
            among.Keep(_visible);
        }

        return snapshot.OrderBy(sort, null).Walk(among, after: null).Where(entry => IsOpen(entry.Row)).Select(entry => snapshot[entry.Row]!);
    }

    /// <summary>Of a model's title; null of one that is not open.</summary>
    public int? RowOf(TitleModel titled, int place) => RowMap.Of(watcher.View.Snapshot, titled)[place] is >= 0 and var row && IsOpen(row) ? row : null;

    public bool IsOpen(int row) =>
        _visible.Has(row) && watcher.View.Snapshot[row] is { Kind: Kinds.Movie or Kinds.Series } title && !IsTaken(title.Id);
}
