using FlickStream.Portal.Catalog.Titles;
using FlickStream.Portal.Watching.Playing;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FlickStream.Portal.Recommendations.Site.Dismissals;

/// <summary>PUT and DELETE of one title; doing it again changes nothing.</summary>
internal static class ChangeDismissals
{
    public static async Task<Results<NoContent, ProblemHttpResult>> AddAsync(string id, SeenTitles seen, DismissalStore dismissals, HttpContext http)
    {
        var (watcher, refusal) = await seen.WatcherAsync(http);
        if (watcher is null) return refusal!.ToResult();
        if (watcher.Find(id) is not { } title) return TitleProblems.NotFound.ToResult();
        return await dismissals.AddAsync(watcher.Profile, title.WorkId) ? TypedResults.NoContent() : RecommendationProblems.DismissalsFull.ToResult();
    }

    public static async Task<Results<NoContent, ProblemHttpResult>> RemoveAsync(string id, SeenTitles seen, DismissalStore dismissals, HttpContext http)
    {
        var (watcher, refusal) = await seen.WatcherAsync(http);
        if (watcher is null) return refusal!.ToResult();
        await dismissals.RemoveAsync(watcher.Profile.Id, id);
        return TypedResults.NoContent();
    }
}
