using System.Runtime.CompilerServices;
using FlickStream.Portal.Catalog.Browsing;

namespace FlickStream.Portal.Recommendations.Site.Rows;

/// <summary>Where a model's titles are in a snapshot of the catalog: looked up once for all requests.</summary>
internal static class RowMap
{
    private static readonly ConditionalWeakTable<CatalogSnapshot, Known> Maps = [];

    /// <returns>A row a title; -1 of one that is not published.</returns>
    public static int[] Of(CatalogSnapshot snapshot, TitleModel model)
    {
        if (Maps.TryGetValue(snapshot, out var known) && known.Model == model) return known.Rows;
        var rows = new int[model.TitleIds.Count];
        for (var place = 0; place < rows.Length; place++) rows[place] = snapshot.Find(model.TitleIds[place]) ?? -1;
        Maps.AddOrUpdate(snapshot, new(model, rows));
        return rows;
    }

    private sealed record Known(TitleModel Model, int[] Rows);
}
