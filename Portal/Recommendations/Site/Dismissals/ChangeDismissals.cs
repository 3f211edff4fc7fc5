using FlickStream.Portal.Catalog.Titles;
using FlickStream.Portal.Watching.Playing;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FlickStream.Portal.Recommendations.Site.Dismissals;

/// <summary>PUT and DELETE of one title; doing it again changes nothing. What is part of a movie or series stands for all of it.</summary>
internal static class ChangeDismissals
{
    public static async Task<Results<NoContent, ProblemHttpResult>> AddAsync(string id, SeenTitles seen, DismissalStore dismissals, HttpContext http)
    {
        var (watcher, refusal) = await seen.WatcherAsync(http);
        if (watcher is null) return refusal!.ToResult();
        if (watcher.WorkOf(id) is not { } work) return TitleProblems.NotFound.ToResult();
        return await dismissals.AddAsync(watcher.Profile, work) ? TypedResults.NoContent() : RecommendationProblems.DismissalsFull.ToResult();
    }

    public static async Task<Results<NoContent, ProblemHttpResult>> RemoveAsync(string id, SeenTitles seen, DismissalStore dismissals, HttpContext http)
    {
        var (watcher, refusal) = await seen.WatcherAsync(http);
        if (watcher is null) return refusal!.ToResult();
        // What is not seen any more is taken back by what the list calls it.
        await dismissals.RemoveAsync(watcher.Profile.Id, watcher.WorkOf(id) ?? id);
        return TypedResults.NoContent();
    }
}
