using System.ComponentModel.DataAnnotations;
using FlickStream.Platform.Access;
using FlickStream.Platform.Access.Sessions;
using FlickStream.Platform.Http;
using FlickStream.Portal.Accounts;
using FlickStream.Portal.Audit;
using FlickStream.Portal.Organisations;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FlickStream.Portal.Keys.Studio;

/// <param name="Name">1..100 characters.</param>
/// <param name="Scopes">At least one scope.</param>
internal sealed record CreateStudioKeyRequest(
    [property: Required] string? Name, [property: Required, OneOf(typeof(Scopes), nameof(Scopes.OfStudios))] IReadOnlyList<string>? Scopes);

/// <param name="Id">The key's id.</param>
/// <param name="CreatedBy">Who asked.</param>
/// <param name="Key">The whole key: shown now and never again.</param>
internal sealed record CreatedStudioKeyAnswer(
    string Id, string Name, [property: OneOf(typeof(Scopes), nameof(Scopes.OfStudios))] IReadOnlyList<string> Scopes, StudioKeyMaker CreatedBy,
    DateTimeOffset CreatedAt, string Key);

/// <summary>Makes a key of the caller's organisation, which it stays when who made it leaves.</summary>
internal static class CreateStudioKey
{
    /// <summary>Good keys of one organisation.</summary>
    public const int Most = 50;

    public static async Task<Results<Created<CreatedStudioKeyAnswer>, ProblemHttpResult>> HandleAsync(
        CreateStudioKeyRequest request, ApiKeys keys, AccountStore accounts, AuditLog audit, HttpContext http)
    {
        if (KeyProblems.NameOf(request.Name) is not { } name) return KeyProblems.NameInvalid.ToResult();
        if (request.Scopes is not { Count: > 0 } scopes || scopes.Except(Scopes.OfStudios).Any()) return KeyProblems.StudioScopesInvalid.ToResult();
        // Who is taken out of the organisation, or suspended, is so before their sessions end, and what they made meanwhile would be for ever.
        if (await accounts.GetAsync(CallerSession.Of(http).AccountId, http.RequestAborted) is not { OrganisationId: { } own, Suspension: null } account
            || own != Caller.Of(http).OrganisationId) return OrganisationProblems.NotFound.ToResult();
        if (await keys.CreateAsync(name, scopes, own, new(account.Id, account.Email), Most, CancellationToken.None) is not var (key, text))
            return KeyProblems.TooMany.ToResult();
        // Nobody has the key before this answer, so it is told in time after it was made.
        await audit.AddAsync(http, "key_created", $"key:{key.Id}", $"{string.Join(' ', key.Scopes)} of {own}");
        return TypedResults.Created(
            $"/api/studio/keys/{key.Id}",
            new CreatedStudioKeyAnswer(key.Id, key.Name, key.Scopes, new(account.Id, account.Email), key.CreatedAt, text));
    }
}
