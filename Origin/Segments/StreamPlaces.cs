using System.Collections.Concurrent;
using FlickStream.Origin.Grants;
using FlickStream.Platform.Leases;
using Microsoft.Extensions.Options;

namespace FlickStream.Origin.Segments;

/// <summary>
/// Counts a segment request as a heartbeat, so that a player which never sends one is bound by the limit all the same. A place that was
/// renewed a moment ago is not asked for again.
/// </summary>
internal sealed class StreamPlaces(ILeases leases, IOptions<OriginOptions> options, TimeProvider time)
{
    private const int ManyPlaces = 50_000;

    private readonly ConcurrentDictionary<Guid, long> _renewedAt = new();

    /// <returns>False when others hold all places.</returns>
    public ValueTask<bool> HoldAsync(GrantClaims claims, StreamGroup streams, CancellationToken cancellationToken) =>
        _renewedAt.TryGetValue(claims.GrantId, out var at) && time.GetElapsedTime(at) < options.Value.HeartbeatInterval / 2
            ? new(true)
            : new(RenewAsync(claims, streams, cancellationToken));

    private async Task<bool> RenewAsync(GrantClaims claims, StreamGroup streams, CancellationToken cancellationToken)
    {
        var now = time.GetTimestamp();
        var isHeld = await leases.AcquireAsync(
            streams.Name, Grant.DocumentId(claims.GrantId), streams.Limit, options.Value.PlaceLife, cancellationToken);
        if (isHeld) _renewedAt[claims.GrantId] = now;
        else _renewedAt.TryRemove(claims.GrantId, out _);
        if (_renewedAt.Count > ManyPlaces) ForgetOld(now);
        return isHeld;
    }

    private void ForgetOld(long now)
    {
        foreach (var (grantId, at) in _renewedAt)
        {
            if (time.GetElapsedTime(at, now) > options.Value.HeartbeatInterval / 2) _renewedAt.TryRemove(grantId, out _);
        }
    }
}
