using System.ComponentModel.DataAnnotations;
using FlickStream.Platform;

namespace FlickStream.Transcoder.Board;

/// <summary>Section <c>Board</c>.</summary>
internal sealed class BoardOptions
{
    /// <summary>How long a claim lasts without being renewed; a worker that died is noticed after this.</summary>
    [TimeRange("00:00:02", "00:10:00")]
    public TimeSpan Lease { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How often expired leases and unfinished changes are looked for; the doorbell makes all else quick.</summary>
    [TimeRange("00:00:01", "00:10:00")]
    public TimeSpan SweepInterval { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How often a step may fail by itself before its job fails.</summary>
    [Range(1, 20)]
    public int MaxAttempts { get; init; } = 3;

    /// <summary>How many workers may die at a step before its job fails: more than restarts explain, so the step must be the cause.</summary>
    [Range(1, 1000)]
    public int MaxLosses { get; init; } = 30;

    /// <summary>Pause before the second attempt; each later one is four times as long.</summary>
    [TimeRange("00:00:00.1", "00:10:00")]
    public TimeSpan FirstPause { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>The longest pause between attempts.</summary>
    [TimeRange("00:00:01", "1.00:00:00")]
    public TimeSpan LongestPause { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How often a stream of events (<c>/api/jobs/events</c>) says that it lives: proxies cut connections that say nothing, CloudFront
    /// and nginx after a minute.</summary>
    [TimeRange("00:00:00.1", "00:10:00")]
    public TimeSpan EventsKeepAlive { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Jobs that one migration keeps open at the same time: enough that workers never wait for the next sweep, few enough that the
    /// storage holds few titles twice and that a cancellation loses little.</summary>
    [Range(1, 1000)]
    public int MigrationJobs { get; init; } = 4;

    /// <summary>How long what a failed or cancelled job made for a title that plays is kept, so that it can go on from there.</summary>
    [TimeRange("00:01:00", "3650.00:00:00")]
    public TimeSpan GivenUpStay { get; init; } = TimeSpan.FromDays(7);

    /// <summary>How often all protected titles get new keys: the board begins a migration for it by itself, the first when this is set. Never
    /// when not given.</summary>
    [TimeRange("01:00:00", "3650.00:00:00")]
    public TimeSpan? KeyRotation { get; init; }

    /// <summary>The pause after the <paramref name="attempts"/>th failed attempt.</summary>
    public TimeSpan PauseAfter(int attempts)
    {
        var factor = Math.Pow(4, Math.Clamp(attempts - 1, 0, 30));
        return TimeSpan.FromSeconds(Math.Min(FirstPause.TotalSeconds * factor, LongestPause.TotalSeconds));
    }
}
