using FlickStream.Portal.Catalog.Browsing;
using FlickStream.Portal.Watching.Playing;

namespace FlickStream.Portal.Watching.Shelves;

/// <param name="Title">What to play.</param>
/// <param name="Series">Of an episode.</param>
/// <param name="PositionSeconds">Where it goes on.</param>
/// <param name="DurationSeconds">0 of one that was not played yet.</param>
/// <param name="IsNext">The one before was seen to its end.</param>
/// <param name="WatchedAt">When the movie or series was watched last.</param>
internal sealed record ContinueAnswer(
    TitleCard Title, TitleCard? Series, double PositionSeconds, double DurationSeconds, bool IsNext, DateTimeOffset WatchedAt);

/// <param name="Next">The <c>after</c> of the next page; a page may be shorter than asked for and have one still.</param>
internal sealed record ContinueList(IReadOnlyList<ContinueAnswer> Items, string? Next);

internal static class Continuations
{
    /// <summary>What a profile goes on with in a movie or series; null where there is nothing that it sees.</summary>
    public static async Task<ContinueAnswer?> OfAsync(Watcher watcher, ShelfEntry entry, ShelfStore shelves, CancellationToken cancellationToken)
    {
        var last = entry.Last;
        var series = entry.WorkId == last.TitleId ? null : watcher.CardOf(entry.WorkId);
        if (!last.IsFinished)
            return watcher.CardOf(last.TitleId) is { } card ? new(card, series, last.PositionSeconds, last.DurationSeconds, false, last.WatchedAt) : null;
        if (watcher.NextAfter(last.TitleId) is not { } next || watcher.CardOf(next.Id) is not { } nextCard) return null;
        var before = await shelves.FindAsync(watcher.Profile.Id, next.Id, cancellationToken);
        return new(nextCard, series, before?.ResumesAt() ?? 0, before?.DurationSeconds ?? 0, true, last.WatchedAt);
    }
}
