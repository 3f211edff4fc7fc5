using System.Text.Json;
using FlickStream.Platform.Access.Sessions;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FlickStream.Portal.Accounts.Passkeys;

/// <summary>What the browser needs to make a passkey, as <c>PublicKeyCredential.parseCreationOptionsFromJSON</c> takes it.</summary>
internal static class StartPasskey
{
    public static async Task<Results<Ok<JsonElement>, ProblemHttpResult>> HandleAsync(
        AccountStore accounts, PasskeyStore passkeys, PasskeyCeremony ceremony, HttpContext http)
    {
        if (await accounts.GetAsync(CallerSession.Of(http).AccountId, http.RequestAborted) is not { } account) return AccountProblems.SessionNotFound.ToResult();
        if ((await passkeys.ListAsync(account.Id, http.RequestAborted)).Count >= PasskeyStore.Most) return PasskeyProblems.TooMany.ToResult();
        return TypedResults.Ok(await ceremony.AskForNewAsync(account, http));
    }
}
