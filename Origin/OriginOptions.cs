using System.ComponentModel.DataAnnotations;
using FlickStream.Platform;

namespace FlickStream.Origin;

/// <summary>Section <c>Origin</c>.</summary>
public sealed class OriginOptions
{
    /// <summary>The address viewers reach this origin at, such as <c>https://play.example.com</c>; manifest URLs begin with it. Unset: the
    /// address of the request that asked for the grant.</summary>
    public Uri? PublicUrl { get; init; }

    /// <summary>The shortest life of a grant whose request names none; a title longer than half of it gets twice its own length, so that a
    /// pause does not end in a refusal.</summary>
    [TimeRange("00:01:00", "7.00:00:00")]
    public TimeSpan GrantLife { get; init; } = TimeSpan.FromHours(6);

    /// <summary>The longest life a request may ask for.</summary>
    [TimeRange("00:01:00", "365.00:00:00")]
    public TimeSpan LongestGrantLife { get; init; } = TimeSpan.FromDays(7);

    /// <summary>Grants that one API key may ask for in a minute, at once or spread over it.</summary>
    [Range(1, 10_000_000)]
    public int GrantsPerMinute { get; init; } = 6000;

    /// <summary>How often a player should say that it still plays. A stream's place is free again after two and a half of these without a
    /// word.</summary>
    [TimeRange("00:00:02", "00:10:00")]
    public TimeSpan HeartbeatInterval { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long one key signs new tokens before the next takes over. It goes on opening the ones it signed.</summary>
    [TimeRange("01:00:00", "3650.00:00:00")]
    public TimeSpan KeyLife { get; init; } = TimeSpan.FromDays(30);

    /// <summary>How long a title's state is used before it is read again, where no message said that it changed: the most by which a lost
    /// message delays a deletion or a revocation.</summary>
    [TimeRange("00:00:00.1", "00:01:00")]
    public TimeSpan Freshness { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How often deleted assets are looked for whose media a CDN may still keep copies of.</summary>
    [TimeRange("00:00:00.1", "01:00:00")]
    public TimeSpan WithdrawalInterval { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long the media of an encoding that was replaced stay at least, though no grant is left: another origin may grant it until
    /// it hears of the change, and players that were cut off ask again for a while.</summary>
    [TimeRange("00:00:01", "30.00:00:00")]
    public TimeSpan RetiredStay { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How often encodings that were replaced are looked at, whether somebody may still play them.</summary>
    [TimeRange("00:00:00.1", "01:00:00")]
    public TimeSpan ReleaseInterval { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Titles kept in memory; a two-hour title takes about 1 MB.</summary>
    [Range(1, 100_000)]
    public int TitlesInMemory { get; init; } = 128;

    /// <summary>Bytes of rendered manifests kept in memory.</summary>
    [Range(1_000_000, 10_000_000_000)]
    public long ManifestBytesInMemory { get; init; } = 128_000_000;

    /// <summary>Whether viewers are sent on to the storage for segments and pictures, where it serves them (S3), so that this origin carries
    /// no media. They must reach <c>Platform:S3:Endpoint</c>, and the bucket must allow reading from every web origin (CORS <c>*</c>: a
    /// browser names none after a redirect).</summary>
    public bool RedirectsToStorage { get; init; }

    /// <summary>How long a place in a stream limit is kept without a word from its player.</summary>
    internal TimeSpan PlaceLife => HeartbeatInterval * 2.5;
}
