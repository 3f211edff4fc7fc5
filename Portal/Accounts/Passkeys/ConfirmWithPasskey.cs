using FlickStream.Platform.Access.Sessions;
using FlickStream.Portal.Accounts.SignIn;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FlickStream.Portal.Accounts.Passkeys;

/// <summary>Shows again who sits there, before what is delicate, without the password.</summary>
internal static class ConfirmWithPasskey
{
    public static async Task<Results<NoContent, ProblemHttpResult>> HandleAsync(
        ShownPasskeyRequest request, PasskeyCeremony ceremony, SessionStore sessions, SignInThrottle throttle, HttpContext http)
    {
        var session = CallerSession.Of(http);
        if (await throttle.RefuseAsync(http) is { } tooOften) return tooOften;
        if ((await ceremony.ShownAsync(request.Credential, http))?.Id != session.AccountId) return PasskeyProblems.Invalid.ToResult();
        await sessions.ConfirmAsync(session.Id, http.RequestAborted);
        return TypedResults.NoContent();
    }
}
