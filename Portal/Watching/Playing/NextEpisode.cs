using FlickStream.Portal.Catalog.Browsing;
using FlickStream.Portal.Catalog.Titles;

namespace FlickStream.Portal.Watching.Playing;

/// <summary>What comes after an episode: the next of its season, else the first of the next season. Specials (season 0) follow only each
/// other.</summary>
internal static class NextEpisode
{
    private const int Specials = 0;

    /// <param name="view">What is seen.</param>
    /// <param name="maximumAge">By whom.</param>
    /// <param name="episodeId">What was watched; it need not be seen any more.</param>
    public static CatalogRow? After(CatalogView view, int maximumAge, string episodeId)
    {
        var snapshot = view.Snapshot;
        if (snapshot.Find(episodeId) is not { } at || snapshot[at] is not { Kind: Kinds.Episode, ParentId: { } seasonId } episode) return null;
        if (Children(seasonId, Kinds.Episode).FirstOrDefault(row => row.Number > episode.Number) is { } next) return next;
        if (snapshot.Find(seasonId) is not { } place || snapshot[place] is not { Number: > Specials, ParentId: { } seriesId } season) return null;
        return Children(seriesId, Kinds.Season).Where(row => row.Number > season.Number)
            .Select(row => Children(row.Id, Kinds.Episode).FirstOrDefault()).FirstOrDefault(first => first is not null);

        IEnumerable<CatalogRow> Children(string parent, string kind) => snapshot.With(Facet.Parent, parent)
            .Where(view.UpTo(maximumAge).Has).Select(row => snapshot[row]!).Where(row => row.Kind == kind).OrderBy(row => row.Number);
    }
}
