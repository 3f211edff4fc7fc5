using FlickStream.Platform.Http;
using FlickStream.Portal.Watching.Playing;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FlickStream.Portal.Notifications.Follows;

/// <summary>PUT and DELETE of one person, series or genre; doing it again changes nothing.</summary>
internal static class ChangeFollow
{
    /// <param name="type">people, series or genres.</param>
    public static async Task<Results<NoContent, ProblemHttpResult>> AddAsync(
        [OneOf(typeof(FollowTargets), nameof(FollowTargets.Types))] string type, string id, SeenTitles seen, FollowTargets targets, FollowStore follows, HttpContext http)
    {
        var (watcher, refusal) = await seen.WatcherAsync(http);
        if (watcher is null) return refusal!.ToResult();
        if (FollowTargets.TypeOf(type) is not { } known || !await targets.HasAsync(watcher, known, id, http.RequestAborted))
            return NotificationProblems.FollowUnknown.ToResult();
        return await follows.AddAsync(watcher.Profile, known, id, CancellationToken.None)
            ? TypedResults.NoContent() : NotificationProblems.FollowsFull.ToResult();
    }

    /// <param name="type">people, series or genres.</param>
    public static async Task<Results<NoContent, ProblemHttpResult>> RemoveAsync([OneOf(typeof(FollowTargets), nameof(FollowTargets.Types))] string type, string id, SeenTitles seen, FollowStore follows, HttpContext http)
    {
        var (watcher, refusal) = await seen.WatcherAsync(http);
        if (watcher is null) return refusal!.ToResult();
        if (FollowTargets.TypeOf(type) is not { } known) return NotificationProblems.FollowUnknown.ToResult();
        await follows.RemoveAsync(watcher.Profile.Id, known, id, CancellationToken.None);
        return TypedResults.NoContent();
    }
}
