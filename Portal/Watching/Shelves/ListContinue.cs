using FlickStream.Portal.Http;
using FlickStream.Portal.Watching.Playing;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FlickStream.Portal.Watching.Shelves;

/// <summary>GET: what the profile may continue with, the latest first; of a series one episode.</summary>
internal static class ListContinue
{
    // Series that were seen to their end wait for another episode; whoever saw many is not to get an empty page for it.
    private const int MostReadings = 8;

    public static async Task<Results<Ok<ContinueList>, ProblemHttpResult>> HandleAsync(
        SeenTitles seen, ShelfStore shelves, HttpContext http, int limit = Paging.Usual, string? after = null)
    {
        if (Paging.Refuse(limit) is { } unfit) return unfit;
        var (watcher, refusal) = await seen.WatcherAsync(http);
        if (watcher is null) return refusal!.ToResult();
        await shelves.CatchUpAsync(watcher.Profile.Id, http.RequestAborted);
        var items = new List<ContinueAnswer>();
        for (var readings = 0; readings < MostReadings && items.Count < limit; readings++)
        {
            var page = await shelves.WaitingAsync(watcher.Profile.Id, limit - items.Count, after, http.RequestAborted);
            foreach (var entry in page.Items)
                if (await Continuations.OfAsync(watcher, entry.Value, shelves, http.RequestAborted) is { } item) items.Add(item);
            after = page.Next;
            if (after is null) break;
        }

        return TypedResults.Ok(new ContinueList(items, after));
    }
}
