using FlickStream.Portal.Watching.Playing;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FlickStream.Portal.Watching.Shelves;

/// <summary>DELETE: the profile never watched a title, or anything: where it was goes too, and what recommendations would be made of.</summary>
internal static class ForgetHistory
{
    /// <param name="id">Of a title, whether or not it is there still.</param>
    public static async Task<Results<NoContent, ProblemHttpResult>> OneAsync(string id, SeenTitles seen, ShelfStore shelves, HttpContext http)
    {
        var (watcher, refusal) = await seen.WatcherAsync(http);
        if (watcher is null) return refusal!.ToResult();
        await shelves.CatchUpAsync(watcher.Profile.Id, http.RequestAborted);
        await shelves.ForgetAsync(watcher.Profile, id, CancellationToken.None);
        return TypedResults.NoContent();
    }

    public static async Task<Results<NoContent, ProblemHttpResult>> AllAsync(SeenTitles seen, ShelfStore shelves, HttpContext http)
    {
        var (watcher, refusal) = await seen.WatcherAsync(http);
        if (watcher is null) return refusal!.ToResult();
        await shelves.ForgetAllAsync(watcher.Profile.AccountId, watcher.Profile.Id, CancellationToken.None);
        return TypedResults.NoContent();
    }
}
