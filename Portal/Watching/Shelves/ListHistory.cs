using FlickStream.Portal.Catalog.Browsing;
using FlickStream.Portal.Http;
using FlickStream.Portal.Watching.Playing;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FlickStream.Portal.Watching.Shelves;

/// <param name="Title">Null where the profile does not see it any more.</param>
internal sealed record HistoryItem(string TitleId, TitleCard? Title, double PositionSeconds, double DurationSeconds, bool IsFinished, DateTimeOffset WatchedAt)
{
    public static HistoryItem Of(Progress progress, TitleCard? title) => new(
        progress.TitleId, title, progress.PositionSeconds, progress.DurationSeconds, progress.IsFinished, progress.WatchedAt);
}

internal sealed record HistoryList(IReadOnlyList<HistoryItem> Items, string? Next);

/// <summary>GET: what the profile watched, the latest first, each title once.</summary>
internal static class ListHistory
{
    public static async Task<Results<Ok<HistoryList>, ProblemHttpResult>> HandleAsync(
        SeenTitles seen, ShelfStore shelves, HttpContext http, int limit = Paging.Usual, string? after = null)
    {
        if (Paging.Refuse(limit) is { } unfit) return unfit;
        var (watcher, refusal) = await seen.WatcherAsync(http);
        if (watcher is null) return refusal!.ToResult();
        await shelves.CatchUpAsync(watcher.Profile.Id, http.RequestAborted);
        var page = await shelves.HistoryAsync(watcher.Profile.Id, limit, after, http.RequestAborted);
        return TypedResults.Ok(new HistoryList([.. page.Items.Select(item => HistoryItem.Of(item.Value, watcher.CardOf(item.Value.TitleId)))], page.Next));
    }
}
