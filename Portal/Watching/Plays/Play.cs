using System.ComponentModel;
using System.Text.Json.Serialization;
using FlickStream.Platform.Documents;

namespace FlickStream.Portal.Watching.Plays;

/// <summary>That a profile played a title once, from its start until the player closed: what heartbeats write, and afterwards what
/// recommendations and popularity are made of. Id: the grant's.</summary>
[ImmutableObject(true)]
internal sealed record Play
{
    public static readonly DocumentSchema<Play> Schema = new DocumentSchema<Play>("plays")
        .Field("account", p => p.AccountId)
        .Field("profile", p => p.ProfileId)
        .Field("title", p => p.TitleId)
        .Field("started", p => p.StartedAt)
        .Field("open", p => p.IsOver ? null : p.ProfileId)
        .Field("silent", p => p.IsOver ? null : SilentFrom(p.SeenAt))
        .Field("closed", p => p.ClosedAt)
        // The one for whatever is asked of an account, a profile or a title of it: each further index costs every play another page of the disk.
        .Index("account", "profile", "started")
        .Index("started")
        .SparseIndex("open")
        .SparseIndex("silent")
        .SparseIndex("closed");

    // Most heartbeats then change nothing that plays are found by, which is most of what a write of one costs.
    private static readonly TimeSpan SilenceStep = TimeSpan.FromMinutes(5);

    public required string Id { get; init; }

    public required string AccountId { get; init; }

    public required string ProfileId { get; init; }

    public required string TitleId { get; init; }

    /// <summary>movie, episode or extra.</summary>
    public required string Kind { get; init; }

    /// <summary>Of an episode its season and series; empty for what counts for itself alone.</summary>
    public IReadOnlyList<string> PartOf { get; init; } = [];

    /// <summary>The User-Agent of the session, shortened.</summary>
    public string Device { get; init; } = "";

    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>The last heartbeat that was kept; <see cref="StartedAt"/> before the first.</summary>
    public required DateTimeOffset SeenAt { get; init; }

    /// <summary>When its player last told of another place than before; null where it never did.</summary>
    public DateTimeOffset? MovedAt { get; init; }

    /// <summary>When it was first known to be over, by which it is counted once; null until then.</summary>
    public DateTimeOffset? ClosedAt { get; init; }

    /// <summary>Its player was only silent for long, and told more since than is known to be kept.</summary>
    public bool IsAwake { get; init; }

    public PlayState State { get; init; }

    /// <summary>Where the player is.</summary>
    public double PositionSeconds { get; init; }

    /// <summary>Of the title; 0 where it is not known.</summary>
    public double DurationSeconds { get; init; }

    /// <summary>From here on the title counts as seen; 0 where that is not known.</summary>
    public double FinishesAtSeconds { get; init; }

    /// <summary>Played, without what was skipped and what was waited for.</summary>
    public double WatchedSeconds { get; init; }

    /// <summary>Movie or series: one of which is continued.</summary>
    [JsonIgnore]
    public string WorkId => PartOf is [.., var series] ? series : TitleId;

    /// <summary>All that it tells is kept, and it goes on only where its player wakes.</summary>
    [JsonIgnore]
    public bool IsOver => ClosedAt is not null && !IsAwake;

    [JsonIgnore]
    public bool IsFinished => State == PlayState.Ended || (FinishesAtSeconds > 0 && PositionSeconds >= FinishesAtSeconds);

    /// <summary>0..1.</summary>
    [JsonIgnore]
    public double WatchedShare => DurationSeconds > 0 ? Math.Min(1, WatchedSeconds / DurationSeconds) : 0;

    /// <summary>By which silent ones are found: never later than they were seen, and by less than a step earlier.</summary>
    private static DateTimeOffset SilentFrom(DateTimeOffset seen) => new(seen.UtcTicks - (seen.UtcTicks % SilenceStep.Ticks), TimeSpan.Zero);
}

internal enum PlayState
{
    Playing,
    Paused,

    /// <summary>The title was played to its end.</summary>
    Ended,

    /// <summary>The player was closed.</summary>
    Closed,
}
