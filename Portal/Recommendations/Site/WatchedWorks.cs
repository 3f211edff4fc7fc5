using FlickStream.Portal.Catalog.Titles;
using FlickStream.Portal.Watching.Plays;
using FlickStream.Portal.Watching.Shelves;

namespace FlickStream.Portal.Recommendations.Site;

/// <param name="Id">Of a movie or series.</param>
/// <param name="Share">Watched of it: of a series the sum over its episodes, at most 1.</param>
/// <param name="At">When it, or an episode of it, was last begun.</param>
/// <param name="FirstAt">When it was chosen: when it was first begun.</param>
/// <param name="Device">On what kind it, or an episode of it, was last begun, as <see cref="Interactions.Moment"/> numbers them.</param>
internal sealed record WatchedWork(string Id, double Share, DateTimeOffset At, DateTimeOffset FirstAt, int Device, bool IsFinished);

/// <summary>What one profile watched, made of its plays in any order.</summary>
internal sealed class WatchedWorks
{
    private readonly Dictionary<string, WatchedWork> _works = new(StringComparer.Ordinal);

    public static WatchedWorks Of(IEnumerable<Play> plays)
    {
        var works = new WatchedWorks();
        foreach (var play in plays) works.Add(play);
        return works;
    }

    /// <summary>The latest last.</summary>
    public IReadOnlyList<WatchedWork> InOrder =>
        [.. _works.Values.Where(work => work.Share >= Progress.LeastShare).OrderBy(work => work.At).ThenBy(work => work.Id, StringComparer.Ordinal)];

    public void Add(Play play)
    {
        if (play.Kind == Kinds.Extra) return;
        var isFinished = play.IsFinished && play.WorkId == play.TitleId;
        if (_works.GetValueOrDefault(play.WorkId) is not { } known)
            _works[play.WorkId] = new(play.WorkId, play.WatchedShare, play.StartedAt, play.StartedAt, DeviceKinds.Of(play.Device), isFinished);
        else
            _works[play.WorkId] = known with
            {
                Share = Math.Min(1, known.Share + play.WatchedShare), IsFinished = known.IsFinished || isFinished,
                FirstAt = play.StartedAt < known.FirstAt ? play.StartedAt : known.FirstAt,
                At = play.StartedAt > known.At ? play.StartedAt : known.At, Device = play.StartedAt > known.At ? DeviceKinds.Of(play.Device) : known.Device,
            };
    }
}
