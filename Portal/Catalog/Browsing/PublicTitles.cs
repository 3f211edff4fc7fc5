namespace FlickStream.Portal.Catalog.Browsing;

/// <summary>A title as whoever asks sees it, signed in or not: published, in their region, within its window, for their age.</summary>
internal sealed record PublicTitle(CatalogView View, int Row, Viewing Viewing)
{
    public CatalogRow Title => View.Snapshot[Row]!;

    public int MinimumAge => View.AgeOf(Row);
}

internal sealed class PublicTitles(CatalogIndex index, ViewingReader reader, TimeProvider time)
{
    /// <summary>Null where they do not see it.</summary>
    public async Task<PublicTitle?> FindAsync(string id, HttpContext http, string? language = null)
    {
        var viewing = await reader.ReadAsync(http, language);
        var view = (await index.NowAsync(http.RequestAborted)).ViewOf(viewing.Region, time.GetUtcNow());
        return view.Snapshot.Find(id) is { } row && view.UpTo(viewing.MaximumAge).Has(row) ? new(view, row, viewing) : null;
    }

    /// <summary>Those of them that they see, in the order given.</summary>
    public async Task<IReadOnlyList<string>> SeenAsync(IReadOnlyCollection<string> ids, HttpContext http)
    {
        var viewing = await reader.ReadAsync(http, null);
        var view = (await index.NowAsync(http.RequestAborted)).ViewOf(viewing.Region, time.GetUtcNow());
        var open = view.UpTo(viewing.MaximumAge);
        return [.. ids.Where(id => view.Snapshot.Find(id) is { } row && open.Has(row))];
    }
}
