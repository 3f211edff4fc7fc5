using FlickStream.Portal.Http;
using FlickStream.Portal.Watching.Playing;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FlickStream.Portal.Watching.Shelves;

/// <summary>GET: what the profile may continue with, the latest first; of a series one episode.</summary>
internal static class ListContinue
{
    public static async Task<Results<Ok<ContinueList>, ProblemHttpResult>> HandleAsync(
        SeenTitles seen, ShelfStore shelves, HttpContext http, int limit = Paging.Usual, string? after = null)
    {
        if (Paging.Refuse(limit) is { } unfit) return unfit;
        var (watcher, refusal) = await seen.WatcherAsync(http);
        if (watcher is null) return refusal!.ToResult();
        await shelves.CatchUpAsync(watcher.Profile.Id, http.RequestAborted);
        var page = await shelves.WaitingAsync(watcher.Profile.Id, limit, after, http.RequestAborted);
        var items = new List<ContinueAnswer>();
        foreach (var entry in page.Items)
            if (await Continuations.OfAsync(watcher, entry.Value, shelves, http.RequestAborted) is { } item) items.Add(item);
        return TypedResults.Ok(new ContinueList(items, page.Next));
    }
}
