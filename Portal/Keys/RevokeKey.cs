using FlickStream.Platform.Access;
using FlickStream.Portal.Audit;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FlickStream.Portal.Keys;

/// <summary>Ends a key. It stays in the list, so that its owner can see what became of it.</summary>
internal static class RevokeKey
{
    public static async Task<Results<Ok<KeyAnswer>, ProblemHttpResult>> HandleAsync(string id, ApiKeys keys, AuditLog audit, HttpContext http)
    {
        if (await keys.GetAsync(id, http.RequestAborted) is null) return KeyProblems.NotFound.ToResult();
        await audit.AddAsync(http, "key_revoked", $"key:{id}", "");
        return await keys.RevokeAsync(id, CancellationToken.None) is { } key ? TypedResults.Ok(KeyAnswer.Of(key)) : KeyProblems.NotFound.ToResult();
    }
}
