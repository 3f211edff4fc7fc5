using System.ComponentModel.DataAnnotations;
using FlickStream.Platform;

namespace FlickStream.Portal.Watching;

/// <summary>Section <c>Watching</c>.</summary>
internal sealed class WatchingOptions
{
    /// <summary>Where the origin is, such as <c>http://origin:8080</c>, for a portal in a process of its own.</summary>
    public Uri? OriginUrl { get; init; }

    /// <summary>A file with an API key of scope <c>playback</c> for that origin, the same one for all portals: streams are counted by key. Unset:
    /// <c>Platform:Access:AdminKeyFile</c>.</summary>
    public string? OriginKeyFile { get; init; }

    /// <summary>How long that origin may take to answer.</summary>
    [TimeRange("00:00:00.1", "00:01:00")]
    public TimeSpan OriginTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Starts that one account may ask for in a minute; each is a grant.</summary>
    [Range(1, 100_000)]
    public int PlaysPerMinute { get; init; } = 60;

    /// <summary>How long a player may be silent before what it watched counts as over. Keep it above two and a half heartbeats of the origin.</summary>
    [TimeRange("00:01:00", "1.00:00:00")]
    public TimeSpan SilentAfter { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>The share of a title after which it counts as seen, where no credits are marked.</summary>
    [Range(0.5, 1)]
    public double FinishedShare { get; init; } = 0.95;

    /// <summary>A movie that was watched for less is not continued later.</summary>
    [TimeRange("00:00:00", "00:30:00")]
    public TimeSpan ContinuedFrom { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Lists that a profile may have beside its watchlist.</summary>
    [Range(1, 500)]
    public int Lists { get; init; } = 50;

    /// <summary>Titles on the watchlist of a profile, and on each other list.</summary>
    [Range(1, 5000)]
    public int WatchlistSize { get; init; } = 500;

    /// <summary>How long it is kept what was played when; where a profile is in a title is kept for good.</summary>
    [TimeRange("1.00:00:00", "3650.00:00:00")]
    public TimeSpan PlayMemory { get; init; } = TimeSpan.FromDays(730);

    /// <summary>How long it takes until what was watched counts half as much for popularity.</summary>
    [TimeRange("01:00:00", "365.00:00:00")]
    public TimeSpan PopularityHalfLife { get; init; } = TimeSpan.FromDays(7);
}
