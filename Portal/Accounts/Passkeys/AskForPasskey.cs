using System.Text.Json;
using FlickStream.Portal.Accounts.SignIn;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FlickStream.Portal.Accounts.Passkeys;

/// <summary>What the browser needs to show a passkey, as <c>PublicKeyCredential.parseRequestOptionsFromJSON</c> takes it: to sign in or to confirm
/// who sits there.</summary>
internal static class AskForPasskey
{
    public static async Task<Results<Ok<JsonElement>, ProblemHttpResult>> HandleAsync(PasskeyCeremony ceremony, SignInThrottle throttle, HttpContext http) =>
        await throttle.RefuseAsync(http) is { } tooOften ? tooOften : TypedResults.Ok(await ceremony.AskAsync(http));
}
