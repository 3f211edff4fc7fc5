using FlickStream.Platform.Access;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FlickStream.Portal.Keys;

/// <param name="Name">1..100 characters.</param>
/// <param name="Scopes">At least one scope.</param>
internal sealed record CreateKeyRequest(string? Name, IReadOnlyList<string>? Scopes);

/// <param name="Id">The key's id.</param>
/// <param name="Key">The whole key: shown now and never again.</param>
internal sealed record CreatedKeyAnswer(string Id, string Name, IReadOnlyList<string> Scopes, DateTimeOffset CreatedAt, string Key);

internal static class CreateKey
{
    private const int MaxNameLength = 100;

    public static async Task<Results<Created<CreatedKeyAnswer>, ProblemHttpResult>> HandleAsync(
        CreateKeyRequest request, ApiKeys keys, CancellationToken cancellationToken)
    {
        var name = request.Name?.Trim() ?? "";
        if (name.Length is 0 or > MaxNameLength || name.Any(char.IsControl)) return KeyProblems.NameInvalid.ToResult();
        if (request.Scopes is not { Count: > 0 } scopes || scopes.Except(Scopes.All).Any()) return KeyProblems.ScopesInvalid.ToResult();
        var (key, text) = await keys.CreateAsync(name, scopes, cancellationToken);
        return TypedResults.Created($"/api/keys/{key.Id}", new CreatedKeyAnswer(key.Id, key.Name, key.Scopes, key.CreatedAt, text));
    }
}
