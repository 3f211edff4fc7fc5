using FlickStream.Platform.Bus;
using FlickStream.Platform.Documents;
using FlickStream.Platform.Leases;
using FlickStream.Platform.Problems;
using Microsoft.Extensions.Options;

namespace FlickStream.Origin.Grants;

/// <summary>What becomes of grants that were made. An owner knows no grants of others.</summary>
internal sealed class GrantStore(
    IDocuments documents, ILeases leases, IBus bus, Revocations revocations, IOptions<OriginOptions> options, TimeProvider time)
{
    private readonly IDocumentSet<Grant> _grants = documents.Set(Grant.Schema);

    /// <summary>A player says that it still plays: its place in the stream limit is kept.</summary>
    /// <returns>The grant, or why it plays no more.</returns>
    public async Task<(Grant? Grant, Problem? Refusal)> RenewAsync(string grantId, string owner, CancellationToken cancellationToken)
    {
        if (await FindAsync(grantId, owner, cancellationToken) is not { Value: var grant } stored) return (null, GrantProblems.GrantNotFound);
        if (grant.RevokedAt is not null) return (null, GrantProblems.GrantRevoked);
        if (grant.ExpiresAt <= time.GetUtcNow()) return (null, GrantProblems.TokenExpired);
        if (grant.Streams is not { } streams) return (grant, null);
        if (!await leases.AcquireAsync(streams.Name, stored.Id, streams.Limit, options.Value.PlaceLife, cancellationToken))
            return (null, GrantProblems.StreamLost);
        if (!revocations.Contains(Guid.ParseExact(stored.Id, "n"))) return (grant, null);
        // Ended since it was read: what it gave back was taken again.
        await leases.ReleaseAsync(streams.Name, stored.Id, CancellationToken.None);
        return (null, GrantProblems.GrantRevoked);
    }

    /// <summary>Its addresses stop working at every origin within seconds, and its stream's place is free at once.</summary>
    /// <returns>False when there is none.</returns>
    public async Task<bool> EndAsync(string grantId, string owner, CancellationToken cancellationToken)
    {
        if (await FindAsync(grantId, owner, cancellationToken) is not { Id: var id }) return false;
        // From here on whoever asked cannot break it off: EndAllAsync does not find it again.
        var ended = await _grants.UpdateAsync(id, g => g.RevokedAt is null ? g with { RevokedAt = time.GetUtcNow() } : null, CancellationToken.None);
        if (ended?.Value is not { } grant) return false;
        revocations.Add(id, grant.ExpiresAt);
        // Told first, so that another origin that takes the place again learns of it.
        await bus.PublishAsync(Revocations.Topic, id, CancellationToken.None);
        if (grant.Streams is { } streams) await leases.ReleaseAsync(streams.Name, id, CancellationToken.None);
        return true;
    }

    /// <summary>Ends all grants of a viewer, those too that count in no stream limit or hold no place in one.</summary>
    public async Task EndAllAsync(string owner, string viewer, CancellationToken cancellationToken)
    {
        var query = new DocumentQuery { Filters = [DocumentFilter.Equal("viewer", Grant.ViewerOf(owner, viewer))], Limit = 500 };
        await foreach (var grant in _grants.QueryAllAsync(query, cancellationToken)) await EndAsync(grant.Id, owner, cancellationToken);
    }

    /// <summary>Grants by which a viewer holds places of a stream limit.</summary>
    public ValueTask<IReadOnlyList<string>> PlayingAsync(string owner, string viewer, CancellationToken cancellationToken) =>
        leases.HoldersAsync(new StreamGroup(GrantMaker.GroupId(owner, viewer), 1).Name, cancellationToken);

    private async Task<Stored<Grant>?> FindAsync(string grantId, string owner, CancellationToken cancellationToken) =>
        Guid.TryParseExact(grantId, "n", out var id)
            && await _grants.GetAsync(Grant.DocumentId(id), cancellationToken) is { } stored && stored.Value.Owner == owner ? stored : null;
}
