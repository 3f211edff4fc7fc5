using System.ComponentModel.DataAnnotations;
using FlickStream.Platform.Access.Sessions;
using FlickStream.Portal.Accounts.SignIn;
using FlickStream.Portal.Accounts.Tokens;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace FlickStream.Portal.Accounts.OwnAccount;

internal sealed record ChangeEmailRequest([property: Required] string? Email);

/// <summary>Sends a link to the new address, which becomes the account's when it is opened, and word of it to the old one.</summary>
internal static class ChangeEmail
{
    public static async Task<Results<Accepted, ProblemHttpResult>> HandleAsync(
        ChangeEmailRequest request, AccountStore accounts, AccountTokens tokens, AccountLetters letters, SignInThrottle throttle,
        IOptions<AccountOptions> options, TimeProvider time, HttpContext http)
    {
        var stop = http.RequestAborted;
        if (EmailAddress.TryParse(request.Email) is not { } email) return AccountProblems.EmailInvalid.ToResult();
        if (await throttle.RefuseAsync(http) is { } tooOften) return tooOften;
        if (await accounts.GetAsync(CallerSession.Of(http).AccountId, stop) is not { } account) return AccountProblems.SessionNotFound.ToResult();
        if (!await throttle.MaySendToAsync(email, "new-email", http, stop)) return TypedResults.Accepted((string?)null);

        // Another account's address is not told here; opening the link will.
        var token = await tokens.IssueAsync(
            new AccountToken
            {
                Use = TokenUse.NewEmail, AccountId = account.Id, Email = email.Text, ExpiresAt = time.GetUtcNow() + options.Value.ResetLife,
            },
            stop);
        await letters.SendNewEmailAsync(email, token, http, stop);
        await letters.SendEmailChangeAskedAsync(account, email, stop);
        return TypedResults.Accepted((string?)null);
    }
}
