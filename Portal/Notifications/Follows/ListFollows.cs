using FlickStream.Portal.Http;
using FlickStream.Portal.Watching.Playing;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FlickStream.Portal.Notifications.Follows;

/// <param name="Type">series, person or genre.</param>
/// <param name="Id">The person's or series' id, or the genre's.</param>
internal sealed record FollowAnswer(FollowType Type, string Id, string Name, DateTimeOffset Since);

/// <param name="Next">The <c>after</c> of the next page; null at the end. What the profile does not see any more is left out, so that a page may be
/// shorter than asked for.</param>
internal sealed record FollowList(IReadOnlyList<FollowAnswer> Items, string? Next);

internal static class ListFollows
{
    public static async Task<Results<Ok<FollowList>, ProblemHttpResult>> HandleAsync(
        SeenTitles seen, FollowTargets targets, FollowStore follows, HttpContext http, int limit = Paging.Usual, string? after = null)
    {
        if (Paging.Refuse(limit) is { } unfit) return unfit;
        var (watcher, refusal) = await seen.WatcherAsync(http);
        if (watcher is null) return refusal!.ToResult();
        var page = await follows.ListAsync(watcher.Profile.Id, limit, after, http.RequestAborted);
        IReadOnlyList<Follow> listed = [.. page.Items.Select(item => item.Value)];
        var names = await targets.NamesAsync(watcher, listed, http.RequestAborted);
        var items = from follow in listed
                    let name = names.GetValueOrDefault(Follow.TargetOf(follow.Type, follow.TargetId))
                    where name is not null
                    select new FollowAnswer(follow.Type, follow.TargetId, name, follow.Since);
        return TypedResults.Ok(new FollowList([.. items], page.Next));
    }
}
