using FlickStream.Platform.Access;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace FlickStream.Origin.Grants;

/// <summary>A player says that it still plays.</summary>
internal static class RenewGrant
{
    /// <param name="ExpiresAt">When the addresses stop working; a heartbeat does not move it.</param>
    /// <param name="HeartbeatSeconds">How often to send the next.</param>
    internal sealed record Response(DateTimeOffset ExpiresAt, double HeartbeatSeconds);

    public static async Task<Results<Ok<Response>, ProblemHttpResult>> HandleAsync(
        string grantId, HttpContext http, GrantStore grants, IOptions<OriginOptions> options, CancellationToken cancellationToken) =>
        await grants.RenewAsync(grantId, Caller.Of(http).Id, cancellationToken) is { Grant: var grant, Refusal: var refusal } && grant is not null
            ? TypedResults.Ok(new Response(grant.ExpiresAt, options.Value.HeartbeatInterval.TotalSeconds)) : refusal!.ToResult();
}
