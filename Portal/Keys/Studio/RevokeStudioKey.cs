using FlickStream.Platform.Access;
using FlickStream.Portal.Audit;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FlickStream.Portal.Keys.Studio;

/// <summary>Ends a key of the caller's organisation, whoever made it. It stays in the list.</summary>
internal static class RevokeStudioKey
{
    public static async Task<Results<Ok<StudioKeyAnswer>, ProblemHttpResult>> HandleAsync(string id, ApiKeys keys, AuditLog audit, HttpContext http)
    {
        if (Caller.Of(http).OrganisationId is not { } own || await keys.GetAsync(id, http.RequestAborted) is not { } known || known.OrganisationId != own)
            return KeyProblems.NotFound.ToResult();
        await audit.AddAsync(http, "key_revoked", $"key:{id}", "");
        return await keys.RevokeAsync(id, CancellationToken.None) is { } key ? TypedResults.Ok(StudioKeyAnswer.Of(key)) : KeyProblems.NotFound.ToResult();
    }
}
