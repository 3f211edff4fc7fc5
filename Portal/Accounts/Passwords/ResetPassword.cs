using System.ComponentModel.DataAnnotations;
using FlickStream.Portal.Accounts.Endings;
using FlickStream.Portal.Accounts.SignIn;
using FlickStream.Portal.Accounts.Tokens;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FlickStream.Portal.Accounts.Passwords;

/// <param name="Token">Of the letter.</param>
/// <param name="Password">The new one.</param>
internal sealed record ResetPasswordRequest([property: Required] string? Token, [property: Required] string? Password);

/// <summary>Sets a new password and ends every session and what plays: who forgot a password may have lost it to somebody.</summary>
internal static class ResetPassword
{
    public static async Task<Results<NoContent, ProblemHttpResult>> HandleAsync(
        ResetPasswordRequest request, AccountStore accounts, PasswordHasher hasher, AccountTokens tokens, AccountEndings endings,
        AccountLetters letters, SignInThrottle throttle, KnownDevice device, TimeProvider time, HttpContext http)
    {
        var stop = http.RequestAborted;
        if (await throttle.RefuseAsync(http) is { } tooOften) return tooOften;
        if (PasswordRules.Refuse(request.Password) is { } unfit) return unfit.ToResult();
        if (await tokens.FindAsync(request.Token, TokenUse.Reset, stop) is not { AccountId: { } accountId } token
            || EmailAddress.TryParse(token.Email) is not { } sentTo) return AccountProblems.LinkInvalid.ToResult();
        if (await hasher.HashAsync(request.Password!, stop) is not { } hash) return AccountProblems.Busy.ToResult();
        // From here on whoever asked cannot break it off. A mailbox that is no longer the account's sets nothing.
        if (!await tokens.SpendAsync(request.Token!, CancellationToken.None)
            || await accounts.ChangeAsync(
                accountId, account => account.EmailKey == sentTo.Key ? account.WithPassword(hash).Ends(time.GetUtcNow()) : null, CancellationToken.None) is not { } changed
            || changed.PasswordHash != hash)
            return AccountProblems.LinkInvalid.ToResult();
        EntranceLog.About(http, changed);
        await endings.SettleAsync(changed);
        await endings.EndStreamsAsync(changed.Id);
        // Or whoever guesses at the account could keep its owner from using the new password. Where a code is asked for as well, a mailbox alone
        // does not make a browser one from which codes may be guessed.
        if (changed.SecondFactor is null) device.Remember(changed, http.Response);
        await letters.SendPasswordChangedAsync(changed, CancellationToken.None);
        return TypedResults.NoContent();
    }
}
