using FlickStream.Portal.Catalog.Titles;
using FlickStream.Portal.Watching.Playing;
using FlickStream.Portal.Watching.Watchlists;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FlickStream.Portal.Watching.Shelves;

/// <summary>What a title's page shows of the profile.</summary>
/// <param name="WatchedAt">Null when it was not watched; of a series when an episode was.</param>
/// <param name="Continue">What its play button plays; null where it begins at the beginning, or all was seen.</param>
internal sealed record TitleProgress(
    double PositionSeconds, double DurationSeconds, bool IsFinished, DateTimeOffset? WatchedAt, bool IsOnWatchlist, ContinueAnswer? Continue);

internal static class ShowProgress
{
    public static async Task<Results<Ok<TitleProgress>, ProblemHttpResult>> HandleAsync(
        string id, SeenTitles seen, ShelfStore shelves, WatchlistStore watchlists, HttpContext http)
    {
        var stop = http.RequestAborted;
        var (watcher, refusal) = await seen.WatcherAsync(http);
        if (watcher is null) return refusal!.ToResult();
        if (watcher.Find(id) is not { } title) return TitleProblems.NotFound.ToResult();
        await shelves.CatchUpAsync(watcher.Profile.Id, stop);
        var (reading, readingWork, readingList) = (
            shelves.FindAsync(watcher.Profile.Id, id, stop), shelves.FindWorkAsync(watcher.Profile.Id, title.WorkId, stop), watchlists.HasAsync(watcher.Profile.Id, id, stop));
        await Task.WhenAll(reading, readingWork, readingList);
        var (progress, work, isListed) = (await reading, await readingWork, await readingList);
        var next = work is { IsWaiting: true } && await Continuations.OfAsync(watcher, [work], shelves, stop) is [var only] ? only : null;
        var watchedAt = progress?.WatchedAt ?? (work?.WorkId == id ? work.Last.WatchedAt : null);
        return TypedResults.Ok(new TitleProgress(
            progress?.PositionSeconds ?? 0, progress?.DurationSeconds ?? 0, progress?.IsFinished ?? false, watchedAt, isListed, next));
    }
}
