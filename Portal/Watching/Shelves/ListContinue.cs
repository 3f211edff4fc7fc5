using FlickStream.Portal.Catalog.Browsing;
using FlickStream.Portal.Http;
using FlickStream.Portal.Watching.Playing;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FlickStream.Portal.Watching.Shelves;

/// <summary>GET: what the profile may continue with, the latest first; of a series one episode.</summary>
internal static class ListContinue
{
    public static async Task<Results<CachedPageResult, ProblemHttpResult>> HandleAsync(
        SeenTitles seen, ShelfStore shelves, ContinuePages pages, HttpContext http, int limit = Paging.Usual, string? after = null)
    {
        if (Paging.Refuse(limit) is { } unfit) return unfit;
        var (watcher, refusal) = await seen.WatcherAsync(http);
        if (watcher is null) return refusal!.ToResult();
        // What plays now, at whichever node, is looked for each time.
        await shelves.CatchUpAsync(watcher.Profile.Id, http.RequestAborted);
        if (after is not null) return new CachedPageResult(CachedPage.Of(await Continuations.ReadAsync(watcher, shelves, limit, after, _ => true, http.RequestAborted)));
        if (pages.Find(watcher, limit) is { } known) return new CachedPageResult(known);
        var begun = pages.Begin(watcher, limit);
        var page = CachedPage.Of(await Continuations.ReadAsync(watcher, shelves, limit, null, _ => true, http.RequestAborted));
        pages.Keep(begun, page);
        return new CachedPageResult(page);
    }
}
