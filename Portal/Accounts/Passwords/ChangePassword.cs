using System.ComponentModel.DataAnnotations;
using FlickStream.Platform.Access.Sessions;
using FlickStream.Portal.Accounts.Endings;
using FlickStream.Portal.Accounts.SignIn;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FlickStream.Portal.Accounts.Passwords;

/// <param name="Current">Asked for however recently the person signed in.</param>
/// <param name="Code">Of the second factor, where there is one.</param>
internal sealed record ChangePasswordRequest([property: Required] string? Current, [property: Required] string? Password, string? Code);

/// <summary>Sets another password; this session stays, all others end.</summary>
internal static class ChangePassword
{
    public static async Task<Results<NoContent, ProblemHttpResult>> HandleAsync(
        ChangePasswordRequest request, AccountStore accounts, IdentityCheck identity, PasswordHasher hasher, AccountEndings endings,
        AccountLetters letters, KnownDevice device, TimeProvider time, HttpContext http)
    {
        var (session, stop) = (CallerSession.Of(http), http.RequestAborted);
        if (PasswordRules.Refuse(request.Password) is { } unfit) return unfit.ToResult();
        var account = await accounts.GetAsync(session.AccountId, stop);
        if (await identity.RefuseAsync(http, account, request.Current, request.Code) is { } unknown) return unknown;
        if (await hasher.HashAsync(request.Password!, stop) is not { } hash) return AccountProblems.Busy.ToResult();
        // From here on whoever asked cannot break it off; and a password that was set meanwhile stays.
        var changed = await accounts.ChangeAsync(
            account!.Id, now => now.PasswordHash == account.PasswordHash ? now.WithPassword(hash).Ends(time.GetUtcNow(), session.Id) : null,
            CancellationToken.None);
        if (changed?.PasswordHash != hash) return AccountProblems.CredentialsWrong.ToResult();
        await endings.SettleAsync(changed);
        device.Remember(changed, http.Response);
        await letters.SendPasswordChangedAsync(account, CancellationToken.None);
        return TypedResults.NoContent();
    }
}
