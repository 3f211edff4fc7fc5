using FlickStream.Portal.Catalog.Browsing;
using FlickStream.Portal.Recommendations.Interactions;

namespace FlickStream.Portal.Recommendations.Site.Rows;

/// <summary>What is like one title, most first.</summary>
internal static class LikeTitles
{
    // A shared director says more than a shared tag, and that more than a shared genre.
    private static readonly (Facet Facet, double Weight)[] Shared = [(Facet.Person, 3), (Facet.Tag, 2), (Facet.Genre, 1)];

    /// <summary>What the blend, without popularity, would give somebody who has watched the title alone.</summary>
    public static IReadOnlyList<string> ByModel(TitleModel titled, int place, OpenTitles open, int most)
    {
        var scores = titled.Take();
        var model = titled.Model with { Ranker = null, Blend = titled.Model.Blend.WithoutPopularity() };
        var ranked = model.Blended(History.Of([place]), scores, most, other => open.RowOf(titled, other) is not null);
        var like = ranked.Where(other => scores.Total[other] > 0).Select(other => titled.TitleIds[other]).ToList();
        titled.GiveBack(scores);
        return like;
    }

    /// <summary>By shared people, tags and genres, for a title that no model knows; of those that share as much the most popular.</summary>
    public static IReadOnlyList<string> ByContent(string id, OpenTitles open, int most)
    {
        var snapshot = open.Watcher.View.Snapshot;
        var (about, shared) = (snapshot[snapshot.Find(id)!.Value]!, new Dictionary<int, double>());
        foreach (var (facet, weight) in Shared)
            foreach (var row in about.ValuesOf(facet).SelectMany(value => snapshot.With(facet, value)))
                shared[row] = shared.GetValueOrDefault(row) + weight;
        return [.. shared.Where(like => open.IsOpen(like.Key)).Select(like => (Title: snapshot[like.Key]!, Weight: like.Value))
            .OrderByDescending(like => like.Weight).ThenByDescending(like => like.Title.Popularity).ThenBy(like => like.Title.Id, StringComparer.Ordinal)
            .Take(most).Select(like => like.Title.Id)];
    }
}
