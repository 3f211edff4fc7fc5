using FlickStream.Portal.Recommendations.Interactions;
using FlickStream.Portal.Recommendations.Stages;
using NodaTime;

namespace FlickStream.Portal.Recommendations.Site;

/// <summary>All that a profile has done and said of titles, as a model takes it.</summary>
internal sealed class Signals
{
    // Beside 1 for a title that was watched whole.
    private const float Loved = 0.5f, Wish = 0.2f;

    private readonly WatchedWorks _watched;
    private readonly Opinions _opinions;

    public Signals(WatchedWorks watched, Opinions opinions)
    {
        (_watched, _opinions) = (watched, opinions);
        Disliked = opinions.Ratings.Where(rated => rated.IsDisliked).Select(rated => rated.TitleId).ToHashSet(StringComparer.Ordinal);
        Dismissed = opinions.Dismissed.ToHashSet(StringComparer.Ordinal);
        Watched = [.. watched.InOrder.Where(work => !Disliked.Contains(work.Id) && !Dismissed.Contains(work.Id))];
        Seen = watched.InOrder.Select(work => work.Id).Concat(opinions.Ratings.Select(rated => rated.TitleId)).ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>What was watched, and neither disliked nor put away since, the latest last.</summary>
    public IReadOnlyList<WatchedWork> Watched { get; }

    public IReadOnlySet<string> Disliked { get; }

    /// <summary>Of no interest: it says nothing of the profile's taste, whatever it did with it before.</summary>
    public IReadOnlySet<string> Dismissed { get; }

    /// <summary>Watched or rated.</summary>
    public IReadOnlySet<string> Seen { get; }

    public IReadOnlyList<string> Wishes => _opinions.Wishes;

    /// <param name="placeOf">Null for a title that is not known.</param>
    /// <param name="zone">By whose clock the moments are told; UTC without one.</param>
    public PlacedSignals Placed(Func<string, int?> placeOf, DateTimeZone? zone = null)
    {
        var loved = _opinions.Ratings.Where(rated => rated.IsLoved && !Dismissed.Contains(rated.TitleId)).ToDictionary(rated => rated.TitleId, StringComparer.Ordinal);
        var watched = Watched.Select(work => new Signal(work.Id, (float)work.Share + (loved.Remove(work.Id) ? Loved : 0), work.At, work.FirstAt, MomentOf(work))).ToList();
        var liked = watched.Concat(loved.Values.Select(rated => new Signal(rated.TitleId, Loved, rated.At, rated.At, default)))
            .OrderBy(signal => signal.At).ThenBy(signal => signal.Id, StringComparer.Ordinal);
        var wishes = Wishes.Where(id => !Seen.Contains(id) && !Dismissed.Contains(id)).Reverse().Select(id => new Signal(id, Wish, default, default, default)).ToList();
        var placed = wishes.Concat(liked).Select(signal => (Place: placeOf(signal.Id), Signal: signal)).Where(found => found.Place is not null).ToArray();
        var history = new History(Array.ConvertAll(placed, found => found.Place!.Value), Array.ConvertAll(placed, found => found.Signal.Weight))
        {
            Wished = wishes.Count(wish => placeOf(wish.Id) is not null),
            Disliked = Disliked.Select(placeOf).OfType<int>().Take(StageSet.LongestHistory).ToArray(),
        };
        var newest = Enumerable.Range(0, placed.Length).Select(at => (placed[at].Signal.FirstAt, at)).DefaultIfEmpty().Max().at;
        Moment MomentOf(WatchedWork work) => Moment.At(work.At, zone ?? DateTimeZone.Utc, work.Device);
        return new(history, Array.ConvertAll(placed, found => found.Signal.Moment), newest) { Times = Array.ConvertAll(placed, found => found.Signal.At), FirstTimes = Array.ConvertAll(placed, found => found.Signal.FirstAt) };
    }

    private sealed record Signal(string Id, float Weight, DateTimeOffset At, DateTimeOffset FirstAt, Moment Moment);
}

/// <summary>What a profile has done and said of the titles that a model has.</summary>
/// <param name="Newest">Of the title in the history that was chosen last. A series whose episodes are watched on was chosen long before.</param>
internal sealed record PlacedSignals(History History, Moment[] Moments, int Newest)
{
    /// <summary>When each title was last begun, or rated without having been watched; long before all of these for one that is only wished for.</summary>
    public DateTimeOffset[] Times { get; init; } = [];

    /// <summary>Likewise when each title was first begun.</summary>
    public DateTimeOffset[] FirstTimes { get; init; } = [];

    /// <summary>When anything was watched, or rated, last; null for never.</summary>
    public DateTimeOffset? LastAt => History.Seen.IsEmpty ? null : Times[^1];
}
