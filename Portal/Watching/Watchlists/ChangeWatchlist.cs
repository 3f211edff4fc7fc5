using FlickStream.Portal.Catalog.Titles;
using FlickStream.Portal.Watching.Playing;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FlickStream.Portal.Watching.Watchlists;

/// <summary>PUT and DELETE of one title; doing it again changes nothing.</summary>
internal static class ChangeWatchlist
{
    public static async Task<Results<NoContent, ProblemHttpResult>> AddAsync(string id, SeenTitles seen, WatchlistStore watchlists, HttpContext http)
    {
        var (watcher, refusal) = await seen.WatcherAsync(http);
        if (watcher is null) return refusal!.ToResult();
        if (watcher.Find(id) is null) return TitleProblems.NotFound.ToResult();
        return await watchlists.AddAsync(watcher.Profile, id, CancellationToken.None) ? TypedResults.NoContent() : WatchingProblems.WatchlistFull.ToResult();
    }

    public static async Task<Results<NoContent, ProblemHttpResult>> RemoveAsync(string id, SeenTitles seen, WatchlistStore watchlists, HttpContext http)
    {
        var (watcher, refusal) = await seen.WatcherAsync(http);
        if (watcher is null) return refusal!.ToResult();
        await watchlists.RemoveAsync(watcher.Profile.Id, id, CancellationToken.None);
        return TypedResults.NoContent();
    }
}
