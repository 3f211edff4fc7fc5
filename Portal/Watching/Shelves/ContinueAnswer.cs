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
    // Series that were seen to their end wait for another episode; whoever saw many is not to get an empty page for it.
    private const int MostReadings = 8;

    /// <summary>A page of what a profile goes on with, the latest first.</summary>
    /// <param name="watcher">The profile.</param>
    /// <param name="shelves">What it began.</param>
    /// <param name="limit">1..200.</param>
    /// <param name="after">The next of the page before.</param>
    /// <param name="isWanted">Of a movie or series.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public static async Task<ContinueList> ReadAsync(
        Watcher watcher, ShelfStore shelves, int limit, string? after, Func<ShelfEntry, bool> isWanted, CancellationToken cancellationToken)
    {
        var items = new List<ContinueAnswer>();
        for (var readings = 0; readings < MostReadings && items.Count < limit; readings++)
        {
            var page = await shelves.WaitingAsync(watcher.Profile.Id, limit - items.Count, after, cancellationToken);
            items.AddRange(await OfAsync(watcher, [.. page.Items.Select(item => item.Value).Where(isWanted)], shelves, cancellationToken));
            after = page.Next;
            if (after is null) break;
        }

        return new(items, after);
    }

    /// <summary>What a profile goes on with in each of these movies and series, in their order; those of which it sees nothing are left out.</summary>
    public static async Task<IReadOnlyList<ContinueAnswer>> OfAsync(
        Watcher watcher, IReadOnlyList<ShelfEntry> entries, ShelfStore shelves, CancellationToken cancellationToken)
    {
        var all = entries.Select(entry => (Entry: entry, Next: entry.Last.IsFinished ? watcher.NextAfter(entry.Last.TitleId)?.Id : null)).ToList();
        var known = await shelves.FindAsync(watcher.Profile.Id, [.. all.Select(one => one.Next).OfType<string>()], cancellationToken);
        return [.. all.Select(one => one.Entry.Last.IsFinished ? Next(one.Entry, one.Next) : Last(one.Entry)).OfType<ContinueAnswer>()];

        ContinueAnswer? Last(ShelfEntry entry) => watcher.CardOf(entry.Last.TitleId) is { } card
            ? new(card, SeriesOf(entry), entry.Last.PositionSeconds, entry.Last.DurationSeconds, false, entry.Last.WatchedAt) : null;

        ContinueAnswer? Next(ShelfEntry entry, string? id)
        {
            if (id is null || watcher.CardOf(id) is not { } card) return null;
            var before = known.GetValueOrDefault(id);
            return new(card, SeriesOf(entry), before?.ResumesAt() ?? 0, before?.DurationSeconds ?? 0, true, entry.Last.WatchedAt);
        }

        TitleCard? SeriesOf(ShelfEntry entry) => entry.WorkId == entry.Last.TitleId ? null : watcher.CardOf(entry.WorkId);
    }
}
