using System.ComponentModel.DataAnnotations;
using FlickStream.Platform.Access.Sessions;
using FlickStream.Portal.Accounts.SignIn;
using FlickStream.Portal.Accounts.Tokens;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FlickStream.Portal.Accounts.OwnAccount;

internal sealed record ConfirmEmailRequest([property: Required] string? Token);

/// <summary>Makes the address that the link was sent to the account's; only its owner, signed in, can.</summary>
internal static class ConfirmEmail
{
    public static async Task<Results<Ok<AccountAnswer>, ProblemHttpResult>> HandleAsync(
        ConfirmEmailRequest request, AccountStore accounts, AccountTokens tokens, AccountLetters letters, SignInThrottle throttle, HttpContext http)
    {
        var (session, stop) = (CallerSession.Of(http), http.RequestAborted);
        if (await throttle.RefuseAsync(http) is { } tooOften) return tooOften;
        if (await tokens.FindAsync(request.Token, TokenUse.NewEmail, stop) is not { } token || token.AccountId != session.AccountId
            || EmailAddress.TryParse(token.Email) is not { } email || !await tokens.SpendAsync(request.Token!, CancellationToken.None))
            return AccountProblems.LinkInvalid.ToResult();
        var before = await accounts.GetAsync(session.AccountId, stop);
        var changed = await accounts.ChangeAsync(session.AccountId, account => account with { Email = email.Text, EmailKey = email.Key }, CancellationToken.None);
        if (before is null || changed is null) return AccountProblems.EmailTaken.ToResult();
        // Links that lie in the old mailbox end with it.
        await tokens.EndAllAsync(session.AccountId, CancellationToken.None);
        await letters.SendEmailChangedAsync(before.Email, changed.Email, CancellationToken.None);
        return TypedResults.Ok(AccountAnswer.Of(changed, session));
    }
}
