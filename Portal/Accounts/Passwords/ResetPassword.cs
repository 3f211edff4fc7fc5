using FlickStream.Platform.Access.Sessions;
using FlickStream.Portal.Accounts.SignIn;
using FlickStream.Portal.Accounts.Tokens;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FlickStream.Portal.Accounts.Passwords;

/// <param name="Token">Of the letter.</param>
/// <param name="Password">The new one.</param>
internal sealed record ResetPasswordRequest(string? Token, string? Password);

/// <summary>Sets a new password and ends every session: who forgot a password may have lost it to somebody.</summary>
internal static class ResetPassword
{
    public static async Task<Results<NoContent, ProblemHttpResult>> HandleAsync(
        ResetPasswordRequest request, AccountStore accounts, PasswordHasher hasher, AccountTokens tokens, SessionStore sessions,
        AccountLetters letters, SignInThrottle throttle, HttpContext http)
    {
        var stop = http.RequestAborted;
        if (await throttle.RefuseAsync(http) is { } tooOften) return tooOften;
        if (PasswordRules.Refuse(request.Password) is { } unfit) return unfit.ToResult();
        if (await tokens.FindAsync(request.Token, TokenUse.Reset, stop) is not { AccountId: { } accountId }) return AccountProblems.LinkInvalid.ToResult();
        if (await hasher.HashAsync(request.Password!, stop) is not { } hash) return AccountProblems.Busy.ToResult();
        if (!await tokens.SpendAsync(request.Token!, stop)
            || await accounts.ChangeAsync(accountId, account => account with { PasswordHash = hash }, stop) is not { } changed)
            return AccountProblems.LinkInvalid.ToResult();
        await tokens.EndAllAsync(accountId, stop);
        await sessions.EndAllAsync(accountId, null, stop);
        await letters.SendPasswordChangedAsync(changed, stop);
        return TypedResults.NoContent();
    }
}
