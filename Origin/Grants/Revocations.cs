using System.Collections.Concurrent;
using FlickStream.Platform.Documents;

namespace FlickStream.Origin.Grants;

/// <summary>
/// The grants that were ended before their time, in memory. Only these are ever read, so that a million playing grants cost nothing.
/// </summary>
internal sealed class Revocations(IDocuments documents, TimeProvider time)
{
    /// <summary>The doorbell: grant id.</summary>
    public const string Topic = "grant.revoked";

    // A revocation carries the clock of the origin that wrote it; readers look back this much further than they must.
    private static readonly TimeSpan ClockSkew = TimeSpan.FromMinutes(2);

    private readonly ConcurrentDictionary<Guid, DateTimeOffset> _expiries = new();
    private DateTimeOffset? _readUntil;

    public bool Contains(Guid grantId) => _expiries.ContainsKey(grantId);

    public void Add(string grantId, DateTimeOffset expiresAt) => _expiries[Guid.ParseExact(grantId, "n")] = expiresAt;

    /// <summary>Another origin says that it ended a grant; kept until <see cref="RefreshAsync"/> learns when it would have
    /// expired.</summary>
    public void Expect(string grantId)
    {
        if (Guid.TryParseExact(grantId, "n", out var id)) _expiries.TryAdd(id, time.GetUtcNow() + ClockSkew);
    }

    /// <summary>Reads what was revoked since the last call (all of it at the first) and forgets what has expired.</summary>
    public async Task RefreshAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var since = _readUntil is { } last ? last - ClockSkew : DateTimeOffset.UnixEpoch;
        var query = new DocumentQuery
        {
            Filters = [DocumentFilter.AtLeast("revoked", since)],
            Sort = [new DocumentSort("revoked")],
            Limit = 1000,
        };
        await foreach (var stored in documents.Set(Grant.Schema).QueryAllAsync(query, cancellationToken))
        {
            Add(stored.Id, stored.Value.ExpiresAt);
        }

        _readUntil = now;
        foreach (var (grantId, expiresAt) in _expiries)
        {
            if (expiresAt < now) _expiries.TryRemove(grantId, out _);
        }
    }
}
