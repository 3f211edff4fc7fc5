using FlickStream.Platform.Problems;
using Microsoft.AspNetCore.Http;

namespace FlickStream.Platform.Playback;

/// <summary>Permissions to play, as the origin gives them: the one in this process where there is one, else another over HTTP.</summary>
public interface IPlayback
{
    /// <summary>Grants one viewer the playing of one asset. Addresses are as the viewer's request reaches them, and what a CDN wants the
    /// browser to have is put into its answer.</summary>
    /// <param name="request">What for.</param>
    /// <param name="http">The viewer's.</param>
    /// <param name="beside">Keeps what goes with the grant, by its id; where the grant is kept in this process, the two are written side by side. Not
    /// called where it is refused.</param>
    Task<PlaybackAnswer> GrantAsync(PlaybackRequest request, HttpContext http, Func<string, Task>? beside = null);

    /// <summary>The stream still plays: its place is kept.</summary>
    /// <returns>Null, or why it may not go on.</returns>
    Task<Problem?> RenewAsync(string grantId, CancellationToken cancellationToken);

    /// <summary>Its addresses stop working, and its place is free at once.</summary>
    /// <returns>Null, or why it is not known to be ended: there is no such grant, or the origin does not answer.</returns>
    Task<Problem?> EndAsync(string grantId, CancellationToken cancellationToken);

    /// <summary>The same of all grants of a viewer, those too that count in no stream limit or hold no place in one.</summary>
    /// <returns>Null once the origin has confirmed it; else why it did not.</returns>
    Task<Problem?> EndAllAsync(string viewer, CancellationToken cancellationToken);

    /// <summary>The grants by which a viewer holds places of a stream limit now.</summary>
    Task<PlayingAnswer> PlayingAsync(string viewer, CancellationToken cancellationToken);
}

/// <param name="AssetId">What shall be played.</param>
/// <param name="MaxHeight">Largest rendition, by its smaller side; null: all.</param>
/// <param name="Viewer">Whom streams are counted for, 1..200 printable characters.</param>
/// <param name="StreamLimit">1..255; null: no limit.</param>
public sealed record PlaybackRequest(string AssetId, int? MaxHeight, string Viewer, int? StreamLimit);

/// <param name="GrantId">For heartbeats and for ending it.</param>
/// <param name="Hls">The multivariant playlist's address.</param>
/// <param name="Dash">The MPD's address; null for a title that only HLS can protect.</param>
/// <param name="ExpiresAt">When the addresses stop working.</param>
/// <param name="HeartbeatSeconds">How often a player should say that it plays.</param>
public sealed record PlaybackGrant(string GrantId, string Hls, string? Dash, DateTimeOffset ExpiresAt, double HeartbeatSeconds);

/// <param name="Grant">Null when it was refused.</param>
/// <param name="Refusal">Why it was.</param>
public sealed record PlaybackAnswer(PlaybackGrant? Grant, Problem? Refusal);

/// <param name="GrantIds">In no order; null where the origin did not tell.</param>
/// <param name="Refusal">Why it did not.</param>
public sealed record PlayingAnswer(IReadOnlyList<string>? GrantIds, Problem? Refusal);

/// <param name="GrantIds">In no order.</param>
public sealed record PlayingGrants(IReadOnlyList<string> GrantIds);

public static class PlaybackCodes
{
    /// <summary>Others hold all places of the viewer's stream limit.</summary>
    public const string StreamLimit = "stream_limit";

    public const string GrantNotFound = "grant_not_found";

    public const string GrantRevoked = "grant_revoked";

    public const string TokenExpired = "token_expired";
}
