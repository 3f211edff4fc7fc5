using System.ComponentModel.DataAnnotations;
using FlickStream.Platform.Access.Sessions;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FlickStream.Portal.Accounts.Passkeys;

/// <param name="Name">1..60 characters.</param>
internal sealed record RenamePasskeyRequest([property: Required] string? Name);

internal static class RenamePasskey
{
    public static async Task<Results<Ok<PasskeyAnswer>, ProblemHttpResult>> HandleAsync(
        string id, RenamePasskeyRequest request, PasskeyStore passkeys, HttpContext http)
    {
        if (PasskeyProblems.NameOf(request.Name) is not { } name) return PasskeyProblems.NameInvalid.ToResult();
        return await passkeys.RenameAsync(CallerSession.Of(http).AccountId, id, name, http.RequestAborted) is { } renamed
            ? TypedResults.Ok(PasskeyAnswer.Of(renamed)) : PasskeyProblems.NotFound.ToResult();
    }
}
