using FlickStream.Portal.Catalog.Titles;
using FlickStream.Portal.Watching.Playing;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FlickStream.Portal.Watching.Shelves;

/// <summary>DELETE: a movie or series is not offered for continuing until it is watched again. Where the profile was is kept.</summary>
internal static class PutAway
{
    /// <param name="id">Of the movie or series, or of the episode that is offered.</param>
    public static async Task<Results<NoContent, ProblemHttpResult>> HandleAsync(string id, SeenTitles seen, ShelfStore shelves, HttpContext http)
    {
        var (watcher, refusal) = await seen.WatcherAsync(http);
        if (watcher is null) return refusal!.ToResult();
        return await shelves.PutAwayAsync(watcher.Profile.Id, watcher.Find(id)?.WorkId ?? id, CancellationToken.None)
            ? TypedResults.NoContent() : TitleProblems.NotFound.ToResult();
    }
}
