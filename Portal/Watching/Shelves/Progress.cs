using System.ComponentModel;
using System.Text.Json.Serialization;
using FlickStream.Platform.Documents;
using FlickStream.Portal.Watching.Plays;

namespace FlickStream.Portal.Watching.Shelves;

/// <summary>Where a profile is in a title: what its history lists and where playing goes on.</summary>
[ImmutableObject(true)]
internal sealed record Progress
{
    public static readonly DocumentSchema<Progress> Schema = new DocumentSchema<Progress>("progress")
        .Field("account", p => p.AccountId)
        .Field("profile", p => p.ProfileId)
        .Field("watched", p => p.WatchedAt)
        .Field("work", p => p.WorkId)
        .Index("account")
        .Index("profile", "watched")
        .Index("profile", "work");

    /// <summary>The share of a title below which somebody has only looked in.</summary>
    public const double LeastShare = 0.05;

    public required string AccountId { get; init; }

    public required string ProfileId { get; init; }

    public required string TitleId { get; init; }

    /// <summary>The movie itself, or the series of an episode.</summary>
    public required string WorkId { get; init; }

    public required double PositionSeconds { get; init; }

    public required double DurationSeconds { get; init; }

    public required bool IsFinished { get; init; }

    /// <summary>Whether it was watched before, wherever in it the profile is now.</summary>
    public bool WasWatched { get; init; }

    public required DateTimeOffset WatchedAt { get; init; }

    /// <summary>Whether the profile ever came to more than a look into it.</summary>
    [JsonIgnore]
    public bool HasBeenWatched => WasWatched || IsFinished || (DurationSeconds > 0 && PositionSeconds >= LeastShare * DurationSeconds);

    /// <summary>Where it goes on.</summary>
    public double ResumesAt() => IsFinished ? 0 : PositionSeconds;

    /// <summary>Whether somebody came so far in it, or half way where it is shorter than twice that.</summary>
    public bool HasReached(TimeSpan position) => IsFinished || PositionSeconds >= Math.Min(position.TotalSeconds, DurationSeconds / 2);

    public static string IdOf(string profileId, string titleId) => $"{profileId}.{titleId}";

    public static Progress Of(Play play) => new()
    {
        AccountId = play.AccountId, ProfileId = play.ProfileId, TitleId = play.TitleId, WorkId = play.WorkId, PositionSeconds = play.PositionSeconds,
        DurationSeconds = play.DurationSeconds, IsFinished = play.IsFinished, WasWatched = play.WatchedShare >= LeastShare,
        WatchedAt = play.MovedAt ?? play.StartedAt,
    };
}

/// <summary>Where a profile is in a movie or a series: what it may continue with.</summary>
[ImmutableObject(true)]
internal sealed record ShelfEntry
{
    public static readonly DocumentSchema<ShelfEntry> Schema = new DocumentSchema<ShelfEntry>("shelves")
        .Field("account", e => e.AccountId)
        .Field("profile", e => e.ProfileId)
        .Field("waiting", e => e.IsWaiting ? e.Last.WatchedAt : null)
        .Index("account")
        .Index("profile", "waiting");

    public required string AccountId { get; init; }

    public required string ProfileId { get; init; }

    /// <summary>The movie or series.</summary>
    public required string WorkId { get; init; }

    /// <summary>The movie itself, or the episode that was watched last.</summary>
    public required Progress Last { get; init; }

    /// <summary>Whether there may be something to continue with: of a series there is another episode, or will be. False of
    /// what was put away.</summary>
    public required bool IsWaiting { get; init; }

    /// <param name="play">Of a movie or an episode.</param>
    /// <param name="from">What was watched for less is not continued.</param>
    public static ShelfEntry Of(Play play, TimeSpan from) => new()
    {
        AccountId = play.AccountId, ProfileId = play.ProfileId, WorkId = play.WorkId, Last = Progress.Of(play),
        IsWaiting = play.WorkId != play.TitleId || (!play.IsFinished && play.PositionSeconds >= from.TotalSeconds),
    };
}
