using System.ComponentModel.DataAnnotations;
using FlickStream.Platform.Access;
using FlickStream.Platform.Http;
using FlickStream.Portal.Audit;
using FlickStream.Portal.Organisations;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FlickStream.Portal.Keys;

/// <param name="Name">1..100 characters.</param>
/// <param name="Scopes">At least one scope.</param>
/// <param name="OrganisationId">Whose masters and titles it works on; without, it works on its own.</param>
internal sealed record CreateKeyRequest([property: Required] string? Name, [property: Required, OneOf(typeof(Scopes))] IReadOnlyList<string>? Scopes, string? OrganisationId);

/// <param name="Id">The key's id.</param>
/// <param name="Key">The whole key: shown now and never again.</param>
internal sealed record CreatedKeyAnswer(
    string Id, string Name, [property: OneOf(typeof(Scopes))] IReadOnlyList<string> Scopes, string? OrganisationId, DateTimeOffset CreatedAt, string Key);

internal static class CreateKey
{
    public static async Task<Results<Created<CreatedKeyAnswer>, ProblemHttpResult>> HandleAsync(
        CreateKeyRequest request, ApiKeys keys, OrganisationStore organisations, AuditLog audit, HttpContext http)
    {
        if (KeyProblems.NameOf(request.Name) is not { } name) return KeyProblems.NameInvalid.ToResult();
        if (request.Scopes is not { Count: > 0 } scopes || scopes.Except(Scopes.All).Any()) return KeyProblems.ScopesInvalid.ToResult();
        var stop = http.RequestAborted;
        if (request.OrganisationId is { } owner && !await organisations.ExistsAsync(owner, stop)) return OrganisationProblems.NotFound.ToResult();
        // Nobody has the key before this answer, so it is told in time after it was made.
        var (key, text) = await keys.CreateAsync(name, scopes, request.OrganisationId, CancellationToken.None);
        await audit.AddAsync(http, "key_created", $"key:{key.Id}", string.Join(' ', key.Scopes));
        return TypedResults.Created(
            $"/api/keys/{key.Id}", new CreatedKeyAnswer(key.Id, key.Name, key.Scopes, key.OrganisationId, key.CreatedAt, text));
    }
}
