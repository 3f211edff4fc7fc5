using FlickStream.Portal.Reviews;
using FlickStream.Portal.Watching.Playing;
using FlickStream.Portal.Watching.Plays;
using FlickStream.Portal.Watching.Shelves;

namespace FlickStream.Portal.Recommendations.Site.Rows;

/// <summary>Reads what a row needs to know of a profile, as it is now.</summary>
internal sealed class RowReader(PlayStore plays, OpinionReader opinions, ShelfStore shelves, ReviewStore reviews)
{
    // The latest, which say most of a taste: of more a request would take too long. What is older is known as watched all the same.
    private const int MostPlays = 500;

    public async Task<(Signals Signals, OpenTitles Open)> ReadAsync(Watcher watcher, CancellationToken cancellationToken)
    {
        var profile = watcher.Profile;
        var (watching, thinking) = (plays.LatestAsync(profile.AccountId, profile.Id, MostPlays, cancellationToken), opinions.ReadAsync(profile.Id, cancellationToken));
        var (watched, rated) = (shelves.WatchedAsync(profile, cancellationToken), reviews.RatedAsync(profile, cancellationToken));
        await Task.WhenAll(watching, thinking, watched, rated);
        var (works, said) = (WatchedWorks.Of(await watching), await thinking);
        var signals = new Signals(works, said);
        var all = works.InOrder.Select(work => work.Id).Concat(await watched).ToHashSet(StringComparer.Ordinal);
        return (signals, new(watcher, all, [.. said.Ratings.Select(rating => rating.TitleId), .. await rated], signals.Dismissed));
    }

    /// <summary>What the profile goes on with, the latest first, without what is not of interest any more.</summary>
    public async Task<IReadOnlyList<ContinueAnswer>> BegunAsync(OpenTitles open, CancellationToken cancellationToken)
    {
        await shelves.CatchUpAsync(open.Watcher.Profile.Id, cancellationToken);
        return (await Continuations.ReadAsync(open.Watcher, shelves, RowPage.RowLength, null, entry => open.MayComeAgain(entry.WorkId), cancellationToken)).Items;
    }
}
