using FlickStream.Platform.Access.Sessions;
using FlickStream.Portal.Accounts.Passwords;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FlickStream.Portal.Accounts.SignIn;

internal sealed record ConfirmIdentityRequest(string? Password);

/// <summary>Shows again who sits there, before what is delicate.</summary>
internal static class ConfirmIdentity
{
    public static async Task<Results<NoContent, ProblemHttpResult>> HandleAsync(
        ConfirmIdentityRequest request, AccountStore accounts, PasswordHasher hasher, SessionStore sessions, SignInThrottle throttle,
        HttpContext http)
    {
        var (session, stop) = (CallerSession.Of(http), http.RequestAborted);
        if (await accounts.GetAsync(session.AccountId, stop) is not { } account || EmailAddress.TryParse(account.Email) is not { } email)
            return AccountProblems.CredentialsWrong.ToResult();
        if (await throttle.RefuseAsync(http, email, account) is { } guessed) return guessed;
        if (await hasher.VerifyAsync(account.PasswordHash, request.Password ?? "", stop) is not { } isRight) return AccountProblems.Busy.ToResult();
        if (!isRight) return AccountProblems.CredentialsWrong.ToResult();
        await sessions.ConfirmAsync(session.Id, stop);
        return TypedResults.NoContent();
    }
}
