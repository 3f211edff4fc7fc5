using FlickStream.Portal.Watching.Plays;

namespace FlickStream.Portal.Recommendations.Site.Experiments;

/// <param name="IsFollowed">A title that was shown was played.</param>
/// <param name="WatchedShare">Of such titles the most that was watched of one.</param>
internal readonly record struct PageOutcome(bool IsFollowed, double WatchedShare)
{
    private readonly IReadOnlyList<string>? _followedRows;

    /// <summary>Kinds of the rows of which a title was played, each once.</summary>
    public IReadOnlyList<string> FollowedRows { get => _followedRows ?? []; init => _followedRows = value; }

    /// <summary>What came of each page of one profile: a play counts for the last page before it that showed its title.</summary>
    /// <param name="pages">In order.</param>
    /// <param name="plays">In any order.</param>
    /// <param name="within">A later play has another cause.</param>
    public static PageOutcome[] Of(IReadOnlyList<Exposure> pages, IEnumerable<Play> plays, TimeSpan within)
    {
        var outcomes = new PageOutcome[pages.Count];
        foreach (var play in plays)
        {
            for (var at = pages.Count - 1; at >= 0; at--)
            {
                var before = play.StartedAt - pages[at].At;
                if (before > within) break;
                if (before < TimeSpan.Zero || !pages[at].TitleIds.Contains(play.WorkId)) continue;
                var outcome = outcomes[at] with { IsFollowed = true, WatchedShare = Math.Max(outcomes[at].WatchedShare, play.WatchedShare) };
                outcomes[at] = pages[at].RowOf(play.WorkId) is not { } row || outcome.FollowedRows.Contains(row) ? outcome
                    : outcome with { FollowedRows = [.. outcome.FollowedRows, row] };
                break;
            }
        }

        return outcomes;
    }
}
