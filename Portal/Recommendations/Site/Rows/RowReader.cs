using FlickStream.Portal.Recommendations.Site.Dismissals;
using FlickStream.Portal.Watching.Playing;
using FlickStream.Portal.Watching.Plays;
using FlickStream.Portal.Watching.Shelves;

namespace FlickStream.Portal.Recommendations.Site.Rows;

/// <summary>Reads what a row needs to know of a profile, as it is now.</summary>
internal sealed class RowReader(PlayStore plays, OpinionReader opinions, DismissalStore dismissals, ShelfStore shelves)
{
    // The latest: of more a request would take too long, and it says little.
    private const int MostPlays = 500;

    public async Task<(Signals Signals, OpenTitles Open)> ReadAsync(Watcher watcher, CancellationToken cancellationToken)
    {
        var works = WatchedWorks.Of(await plays.LatestAsync(watcher.Profile.Id, MostPlays, cancellationToken));
        var signals = new Signals(works, await opinions.ReadAsync(watcher.Profile.Id, cancellationToken));
        return (signals, new(watcher, signals, [.. await dismissals.ReadAsync(watcher.Profile.Id, cancellationToken)]));
    }

    /// <summary>What the profile goes on with, the latest first, without what is not of interest any more.</summary>
    public async Task<IReadOnlyList<ContinueAnswer>> BegunAsync(OpenTitles open, CancellationToken cancellationToken)
    {
        await shelves.CatchUpAsync(open.Watcher.Profile.Id, cancellationToken);
        var waiting = await shelves.WaitingAsync(open.Watcher.Profile.Id, RowPage.RowLength, null, cancellationToken);
        return await Continuations.OfAsync(
            open.Watcher, [.. waiting.Items.Select(entry => entry.Value).Where(entry => open.MayComeAgain(entry.WorkId))], shelves, cancellationToken);
    }
}
