using FlickStream.Platform.Bus;
using FlickStream.Platform.Documents;
using FlickStream.Platform.Leases;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FlickStream.Origin.Grants;

/// <summary>Ends a grant before its time: its addresses stop working at every origin within seconds, and its stream's place is free at
/// once.</summary>
internal static class EndGrant
{
    public static async Task<Results<NoContent, ProblemHttpResult>> HandleAsync(
        string grantId,
        HttpContext http,
        IDocuments documents,
        ILeases leases,
        IBus bus,
        Revocations revocations,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        if (await OwnGrant.FindAsync(grantId, http, documents, cancellationToken) is not { Id: var id })
            return GrantProblems.GrantNotFound.ToResult();
        var ended = await documents.Set(Grant.Schema)
            .UpdateAsync(id, g => g.RevokedAt is null ? g with { RevokedAt = time.GetUtcNow() } : null, cancellationToken);
        if (ended?.Value is not { } grant) return GrantProblems.GrantNotFound.ToResult();
        revocations.Add(id, grant.ExpiresAt);
        if (grant.Streams is { } streams) await leases.ReleaseAsync(streams.Name, id, cancellationToken);
        await bus.PublishAsync(Revocations.Topic, id, cancellationToken);
        return TypedResults.NoContent();
    }
}
