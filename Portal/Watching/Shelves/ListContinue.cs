using FlickStream.Portal.Catalog.Browsing;
using FlickStream.Portal.Http;
using FlickStream.Portal.Watching.Playing;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FlickStream.Portal.Watching.Shelves;

/// <summary>GET: what the profile may continue with, the latest first; of a series one episode.</summary>
internal static class ListContinue
{
    // Series that were seen to their end wait for another episode; whoever saw many is not to get an empty page for it.
    private const int MostReadings = 8;

    public static async Task<Results<CachedPageResult, ProblemHttpResult>> HandleAsync(
        SeenTitles seen, ShelfStore shelves, ContinuePages pages, HttpContext http, int limit = Paging.Usual, string? after = null)
    {
        if (Paging.Refuse(limit) is { } unfit) return unfit;
        var (watcher, refusal) = await seen.WatcherAsync(http);
        if (watcher is null) return refusal!.ToResult();
        // What plays now, at whichever node, is looked for each time.
        await shelves.CatchUpAsync(watcher.Profile.Id, http.RequestAborted);
        if (after is not null) return new CachedPageResult(CachedPage.Of(await ReadAsync(watcher, shelves, limit, after, http.RequestAborted)));
        if (pages.Find(watcher, limit) is { } known) return new CachedPageResult(known);
        var begun = pages.Begin(watcher, limit);
        var page = CachedPage.Of(await ReadAsync(watcher, shelves, limit, null, http.RequestAborted));
        pages.Keep(begun, page);
        return new CachedPageResult(page);
    }

    private static async Task<ContinueList> ReadAsync(Watcher watcher, ShelfStore shelves, int limit, string? after, CancellationToken cancellationToken)
    {
        var items = new List<ContinueAnswer>();
        for (var readings = 0; readings < MostReadings && items.Count < limit; readings++)
        {
            var page = await shelves.WaitingAsync(watcher.Profile.Id, limit - items.Count, after, cancellationToken);
            items.AddRange(await Continuations.OfAsync(watcher, [.. page.Items.Select(item => item.Value)], shelves, cancellationToken));
            after = page.Next;
            if (after is null) break;
        }

        return new(items, after);
    }
}
