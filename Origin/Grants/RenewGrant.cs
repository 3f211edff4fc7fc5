using FlickStream.Platform.Documents;
using FlickStream.Platform.Leases;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace FlickStream.Origin.Grants;

/// <summary>A player says that it still plays: its place in the stream limit is kept.</summary>
internal static class RenewGrant
{
    /// <param name="ExpiresAt">When the addresses stop working; a heartbeat does not move it.</param>
    /// <param name="HeartbeatSeconds">How often to send the next.</param>
    internal sealed record Response(DateTimeOffset ExpiresAt, double HeartbeatSeconds);

    public static async Task<Results<Ok<Response>, ProblemHttpResult>> HandleAsync(
        string grantId,
        HttpContext http,
        IDocuments documents,
        ILeases leases,
        IOptions<OriginOptions> options,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        if (await OwnGrant.FindAsync(grantId, http, documents, cancellationToken) is not { Value: var grant } stored)
            return GrantProblems.GrantNotFound.ToResult();
        if (grant.RevokedAt is not null) return GrantProblems.GrantRevoked.ToResult();
        if (grant.ExpiresAt <= time.GetUtcNow()) return GrantProblems.TokenExpired.ToResult();
        if (grant.Streams is { } streams
            && !await leases.AcquireAsync(streams.Name, stored.Id, streams.Limit, options.Value.PlaceLife, cancellationToken))
        {
            return GrantProblems.StreamLost.ToResult();
        }

        return TypedResults.Ok(new Response(grant.ExpiresAt, options.Value.HeartbeatInterval.TotalSeconds));
    }
}
