using FlickStream.Portal.Catalog.Browsing;
using FlickStream.Portal.Catalog.Titles;
using FlickStream.Portal.Recommendations.Interactions;
using FlickStream.Portal.Search;

namespace FlickStream.Portal.Recommendations.Site.Rows;

/// <summary>What is like one title, most first.</summary>
internal static class LikeTitles
{
    /// <summary>What the blend, without popularity, would give somebody who has watched the title alone.</summary>
    public static IReadOnlyList<string> ByModel(TitleModel titled, int place, OpenTitles open, int most)
    {
        var scores = titled.Take();
        var model = titled.Model with { Ranker = null, Blend = titled.Model.Blend.WithoutPopularity() };
        var ranked = model.Blended(History.Of([place]) with { Past = open.PastPlaces(titled) }, scores, most, other => open.RowOf(titled, other) is not null);
        var like = ranked.Where(other => scores.Total[other] > 0).Select(other => titled.TitleIds[other]).ToList();
        titled.GiveBack(scores);
        return like;
    }

    /// <summary>By what search finds in common, for a title that no model knows.</summary>
    public static IReadOnlyList<string> ByContent(SearchState state, Title about, OpenTitles open, int most)
    {
        // Search may know the catalog as it was a moment before or after the viewer's page.
        var (found, seen) = (state.Snapshot, open.Watcher.View.Snapshot);
        if (found.Find(about.Id) is not { } row) return [];
        var (points, among) = (Likeness.Of(state, about, row), Bits.None(found.Rows));
        for (var like = 0; like < points.Length; like++)
            if (points[like] > 0 && found[like] is { } title && seen.Find(title.Id) is { } place && open.IsOpen(place)) among.Add(like);
        return [.. SearchFinder.Top(found, among, new Points(points), most, after: null).Select(like => like.Key.Id)];
    }
}
