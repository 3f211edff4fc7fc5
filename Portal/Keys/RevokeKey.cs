using FlickStream.Platform.Access;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FlickStream.Portal.Keys;

/// <summary>Ends a key. It stays in the list, so that its owner can see what became of it.</summary>
internal static class RevokeKey
{
    public static async Task<Results<Ok<KeyAnswer>, ProblemHttpResult>> HandleAsync(
        string id, ApiKeys keys, CancellationToken cancellationToken) =>
        await keys.RevokeAsync(id, cancellationToken) is { } key
            ? TypedResults.Ok(KeyAnswer.Of(key)) : KeyProblems.NotFound.ToResult();
}
