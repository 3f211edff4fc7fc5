using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using FlickStream.Portal.Accounts.SignIn;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FlickStream.Portal.Accounts.Passkeys;

/// <param name="Credential">What <c>PublicKeyCredential.toJSON</c> gives.</param>
internal sealed record ShownPasskeyRequest([property: Required] JsonElement Credential);

/// <summary>Opens a session. The authenticator has verified its owner, so that it is two factors by itself.</summary>
internal static class SignInWithPasskey
{
    public static async Task<Results<Ok<AccountAnswer>, ProblemHttpResult>> HandleAsync(
        ShownPasskeyRequest request, PasskeyCeremony ceremony, Entrance entrance, SignInThrottle throttle, HttpContext http)
    {
        if (await throttle.RefuseAsync(http) is { } tooOften) return tooOften;
        return await ceremony.ShownAsync(request.Credential, http) is { } account
            ? await entrance.AnswerAsync(account, http, isTwofold: true, PasskeyProblems.Invalid) : PasskeyProblems.Invalid.ToResult();
    }
}
