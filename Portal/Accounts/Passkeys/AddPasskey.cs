using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using FlickStream.Platform.Access.Sessions;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FlickStream.Portal.Accounts.Passkeys;

/// <param name="Name">1..60 characters.</param>
/// <param name="Credential">What <c>PublicKeyCredential.toJSON</c> gives.</param>
internal sealed record AddPasskeyRequest([property: Required] string? Name, [property: Required] JsonElement Credential);

internal static class AddPasskey
{
    public static async Task<Results<Created<PasskeyAnswer>, ProblemHttpResult>> HandleAsync(
        AddPasskeyRequest request, AccountStore accounts, PasskeyStore passkeys, PasskeyCeremony ceremony, PasskeyLetters letters, HttpContext http)
    {
        var stop = http.RequestAborted;
        if (PasskeyProblems.NameOf(request.Name) is not { } name) return PasskeyProblems.NameInvalid.ToResult();
        if (await accounts.GetAsync(CallerSession.Of(http).AccountId, stop) is not { } account) return AccountProblems.SessionNotFound.ToResult();
        if ((await passkeys.ListAsync(account.Id, stop)).Count >= PasskeyStore.Most) return PasskeyProblems.TooMany.ToResult();
        if (await ceremony.MadeAsync(account.Id, request.Credential, http) is not { } made) return PasskeyProblems.Invalid.ToResult();
        if (await passkeys.AddAsync(account.Id, name, made, CancellationToken.None) is not { } passkey) return PasskeyProblems.Known.ToResult();
        // Each of several at once counts them all.
        if ((await passkeys.ListAsync(account.Id, CancellationToken.None)).Count > PasskeyStore.Most)
        {
            await passkeys.RemoveAsync(account.Id, passkey.Id, CancellationToken.None);
            return PasskeyProblems.TooMany.ToResult();
        }

        await letters.SendAddedAsync(account, name);
        return TypedResults.Created($"/api/accounts/me/passkeys/{passkey.Id}", PasskeyAnswer.Of(passkey));
    }
}
