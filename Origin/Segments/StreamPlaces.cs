using System.Collections.Concurrent;
using FlickStream.Origin.Grants;
using FlickStream.Platform.Leases;
using Microsoft.Extensions.Options;

namespace FlickStream.Origin.Segments;

/// <summary>
/// Counts a segment request as a heartbeat, so that a player which never sends one is bound by the limit all the same. A place that was
/// renewed a moment ago is not asked for again.
/// </summary>
internal sealed class StreamPlaces(ILeases leases, Revocations revocations, IOptions<OriginOptions> options, TimeProvider time)
{
    private const int ManyPlaces = 50_000;

    private readonly ConcurrentDictionary<Guid, (long At, string Group)> _renewed = new();

    /// <returns>False when others hold all places, or the stream was ended meanwhile.</returns>
    public ValueTask<bool> HoldAsync(GrantClaims claims, StreamGroup streams, CancellationToken cancellationToken) =>
        _renewed.TryGetValue(claims.GrantId, out var renewed) && time.GetElapsedTime(renewed.At) < options.Value.HeartbeatInterval / 2
            ? new(true)
            : new(RenewAsync(claims, streams, cancellationToken));

    /// <summary>A stream was ended, perhaps by an origin that gave its place back before this one took it again.</summary>
    /// <param name="grantId">As in <see cref="Grant.DocumentId"/>.</param>
    public async Task LeaveAsync(string grantId)
    {
        if (Guid.TryParseExact(grantId, "n", out var id) && _renewed.TryRemove(id, out var renewed))
            await leases.ReleaseAsync(renewed.Group, Grant.DocumentId(id), CancellationToken.None);
    }

    private async Task<bool> RenewAsync(GrantClaims claims, StreamGroup streams, CancellationToken cancellationToken)
    {
        var now = time.GetTimestamp();
        var isHeld = await leases.AcquireAsync(
            streams.Name, Grant.DocumentId(claims.GrantId), streams.Limit, options.Value.PlaceLife, cancellationToken);
        if (isHeld) _renewed[claims.GrantId] = (now, streams.Name);
        else _renewed.TryRemove(claims.GrantId, out _);
        if (_renewed.Count > ManyPlaces) ForgetOld(now);
        // Ended since it was admitted: what it gave back was taken again.
        if (!isHeld || !revocations.Contains(claims.GrantId)) return isHeld;
        await LeaveAsync(Grant.DocumentId(claims.GrantId));
        return false;
    }

    private void ForgetOld(long now)
    {
        foreach (var (grantId, renewed) in _renewed)
        {
            if (time.GetElapsedTime(renewed.At, now) > options.Value.HeartbeatInterval / 2) _renewed.TryRemove(grantId, out _);
        }
    }
}
