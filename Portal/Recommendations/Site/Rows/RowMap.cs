using System.Runtime.CompilerServices;
using FlickStream.Portal.Catalog.Browsing;
using MapsByModel = System.Runtime.CompilerServices.ConditionalWeakTable<FlickStream.Portal.Recommendations.TitleModel, System.Lazy<int[]>>;

namespace FlickStream.Portal.Recommendations.Site.Rows;

/// <summary>Where a model's titles are in a snapshot of the catalog: looked up once for all requests, and kept as long as both are in use. While an
/// experiment compares models there are two of one snapshot.</summary>
internal static class RowMap
{
    private static readonly ConditionalWeakTable<CatalogSnapshot, MapsByModel> Maps = [];

    /// <returns>A row a title; -1 of one that is not published.</returns>
    public static int[] Of(CatalogSnapshot snapshot, TitleModel model) =>
        Maps.TryGetValue(snapshot, out var maps) && maps.TryGetValue(model, out var known) ? known.Value : NewOf(snapshot, model);

    // Of requests at the same time one looks up, and the others wait.
    private static int[] NewOf(CatalogSnapshot snapshot, TitleModel model) => Maps.GetValue(snapshot, static _ => [])
        .GetValue(model, titled => new(() => [.. titled.TitleIds.Select(id => snapshot.Find(id) ?? -1)])).Value;
}
