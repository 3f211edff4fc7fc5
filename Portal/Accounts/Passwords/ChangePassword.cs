using FlickStream.Platform.Access.Sessions;
using FlickStream.Portal.Accounts.SignIn;
using FlickStream.Portal.Accounts.Tokens;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FlickStream.Portal.Accounts.Passwords;

/// <param name="Current">Asked for however recently the person signed in.</param>
internal sealed record ChangePasswordRequest(string? Current, string? Password);

/// <summary>Sets another password; this session stays, all others end.</summary>
internal static class ChangePassword
{
    public static async Task<Results<NoContent, ProblemHttpResult>> HandleAsync(
        ChangePasswordRequest request, AccountStore accounts, PasswordHasher hasher, AccountTokens tokens, SessionStore sessions,
        AccountLetters letters, SignInThrottle throttle, HttpContext http)
    {
        var (session, stop) = (CallerSession.Of(http), http.RequestAborted);
        if (PasswordRules.Refuse(request.Password) is { } unfit) return unfit.ToResult();
        if (await accounts.GetAsync(session.AccountId, stop) is not { } account || EmailAddress.TryParse(account.Email) is not { } email)
            return AccountProblems.CredentialsWrong.ToResult();
        if (await throttle.RefuseAsync(http, email, account.Id) is { } guessed) return guessed;
        if (await hasher.VerifyAsync(account.PasswordHash, request.Current ?? "", stop) is not { } isRight) return AccountProblems.Busy.ToResult();
        if (!isRight) return AccountProblems.CredentialsWrong.ToResult();
        if (await hasher.HashAsync(request.Password!, stop) is not { } hash) return AccountProblems.Busy.ToResult();
        await accounts.ChangeAsync(account.Id, now => now with { PasswordHash = hash }, stop);
        await tokens.EndAllAsync(account.Id, stop);
        await sessions.EndAllAsync(account.Id, session.Id, stop);
        await letters.SendPasswordChangedAsync(account, stop);
        return TypedResults.NoContent();
    }
}
