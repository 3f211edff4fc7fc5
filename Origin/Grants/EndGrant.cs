using FlickStream.Platform.Access;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FlickStream.Origin.Grants;

/// <summary>Ends a grant before its time.</summary>
internal static class EndGrant
{
    public static async Task<Results<NoContent, ProblemHttpResult>> HandleAsync(
        string grantId, HttpContext http, GrantStore grants, CancellationToken cancellationToken) =>
        await grants.EndAsync(grantId, Caller.Of(http).Id, cancellationToken) ? TypedResults.NoContent() : GrantProblems.GrantNotFound.ToResult();
}
