using FlickStream.Portal.Catalog.Browsing;
using FlickStream.Portal.Catalog.Titles;
using FlickStream.Portal.Recommendations.Interactions;
using FlickStream.Portal.Watching.Playing;

namespace FlickStream.Portal.Recommendations.Site.Rows;

/// <summary>Fills the rows of one page. What the viewer does not see, has watched or put away is taken out before anything is ranked.</summary>
internal sealed class RowPage(Watcher watcher, Signals signals, IReadOnlyList<string> dismissed, DateTimeOffset now)
{
    private const int RowLength = 20;

    // A row of fewer looks like a mistake.
    private const int ShortestRow = 3;

    private static readonly TimeSpan New = TimeSpan.FromDays(60), Forgotten = TimeSpan.FromDays(90);

    private readonly ulong[] _seen = watcher.View.UpTo(watcher.Viewing.MaximumAge);
    private readonly HashSet<string> _taken = [.. signals.Seen, .. dismissed];

    public List<RecommendationRow> Rows { get; } = [];

    public void AddRanked(TitleModel titled, Moment moment)
    {
        var history = signals.Placed(titled.PlaceOf).History with { Stated = StatedTastes.Of(watcher, titled) };
        var ranking = ViewerRanking.Of(titled, history, moment, place => RowOf(titled, place) is { } row && IsOpen(row));
        Add("forYou", null, ranking.Spread(RowLength).Select(place => ItemOf(titled, ranking, place)));
        var others = ranking.Places.Where(place => !_taken.Contains(titled.TitleIds[place])).Select(place => ItemOf(titled, ranking, place))
            .Where(item => item?.Because is not null).ToList();
        var latest = signals.Watched.Reverse().Select(work => work.Id).ToList();
        var groups = others.GroupBy(item => item!.Because!).Where(group => group.Count() >= ShortestRow).OrderBy(group => latest.IndexOf(group.Key.Id));
        foreach (var group in groups.Take(2).ToList())
            Add("becauseYouWatched", group.Key, group.OfType<RecommendedTitle>());
        AddNew(ranking.Likings());
    }

    /// <summary>Without a model: what is popular of the profile's genres, and what is new.</summary>
    public void AddUnranked()
    {
        var genres = watcher.Profile.Content.FavouriteGenres ?? [];
        Add("forYou", null, MostPopular().Where(title => title.Genres.Intersect(genres).Any()).Select(title => ItemOf(title.Id)));
        AddNew(_ => null);
    }

    /// <param name="liking">Of the titles that the model knows, how much the viewer would like each.</param>
    private void AddNew(Func<string, float?> liking) => Add("newForYou", null, OpenWorks().Where(title => title.ReleaseAt > now - New)
        .OrderByDescending(title => liking(title.Id) ?? float.MinValue).ThenByDescending(title => title.ReleaseAt).Select(title => ItemOf(title.Id)));

    public void AddPopular(string? language) =>
        Add("popular", null, MostPopular().Where(title => language is null || title.OriginalLanguage == language).Select(title => ItemOf(title.Id)), language);

    public void AddWatchAgain()
    {
        var again = signals.Watched.Where(work => work.IsFinished && work.At < now - Forgotten && !dismissed.Contains(work.Id)).Select(work => work.Id).ToList();
        _taken.ExceptWith(again);
        Add("watchAgain", null, again.Select(id => ItemOf(id)));
    }

    private void Add(string kind, WatchedTitle? because, IEnumerable<RecommendedTitle?> items, string? language = null)
    {
        var row = items.OfType<RecommendedTitle>().Where(item => !_taken.Contains(item.Title.Id)).DistinctBy(item => item.Title.Id).Take(RowLength).ToList();
        if (row.Count < ShortestRow) return;
        _taken.UnionWith(row.Select(item => item.Title.Id));
        Rows.Add(new(kind, because, language, row));
    }

    private IEnumerable<CatalogRow> MostPopular() =>
        OpenWorks().OrderByDescending(title => title.Popularity).ThenBy(title => title.Id, StringComparer.Ordinal);

    private IEnumerable<CatalogRow> OpenWorks() => _seen.Rows().Where(IsOpen).Select(row => watcher.View.Snapshot[row]!);

    private bool IsOpen(int row) => _seen.Has(row) && watcher.View.Snapshot[row] is { Kind: Kinds.Movie or Kinds.Series } title && !_taken.Contains(title.Id);

    private int? RowOf(TitleModel titled, int place) => RowMap.Of(watcher.View.Snapshot, titled)[place] is >= 0 and var row ? row : null;

    private RecommendedTitle? ItemOf(TitleModel titled, ViewerRanking ranking, int place) =>
        ItemOf(titled.TitleIds[place], ranking.BecauseOf(place) is { } reason ? titled.TitleIds[reason] : null);

    private RecommendedTitle? ItemOf(string id, string? because = null) => watcher.CardOf(id) is { } card
        ? new(card, because is not null && watcher.CardOf(because) is { } reason ? new(reason.Id, reason.Name) : null) : null;
}
