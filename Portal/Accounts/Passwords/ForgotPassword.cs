using System.ComponentModel.DataAnnotations;
using FlickStream.Portal.Accounts.SignIn;
using FlickStream.Portal.Accounts.Tokens;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace FlickStream.Portal.Accounts.Passwords;

internal sealed record ForgotPasswordRequest([property: Required] string? Email);

/// <summary>Sends a link, if there is such an account; the answer does not tell.</summary>
internal static class ForgotPassword
{
    public static async Task<Results<Accepted, ProblemHttpResult>> HandleAsync(
        ForgotPasswordRequest request, AccountStore accounts, AccountTokens tokens, AccountLetters letters, SignInThrottle throttle,
        IOptions<AccountOptions> options, TimeProvider time, HttpContext http)
    {
        var stop = http.RequestAborted;
        if (EmailAddress.TryParse(request.Email) is not { } email) return AccountProblems.EmailInvalid.ToResult();
        if (await throttle.RefuseAsync(http) is { } tooOften) return tooOften;
        if (!await throttle.MaySendToAsync(email, "reset", http, stop)) return TypedResults.Accepted((string?)null);
        var account = await accounts.FindByEmailAsync(email, stop);
        EntranceLog.About(http, account);

        // A token and a letter are made for a stranger's address too, so that the answer takes as long; that letter is never sent.
        var token = await tokens.IssueAsync(
            new AccountToken
            {
                Use = TokenUse.Reset, AccountId = account?.Id, Email = email.Text, ExpiresAt = time.GetUtcNow() + options.Value.ResetLife,
            },
            stop);
        await letters.SendResetAsync(account, token, http, stop);
        return TypedResults.Accepted((string?)null);
    }
}
