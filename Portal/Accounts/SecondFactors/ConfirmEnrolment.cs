using System.ComponentModel.DataAnnotations;
using FlickStream.Platform.Access.Sessions;
using FlickStream.Portal.Accounts.Endings;
using FlickStream.Portal.Accounts.SignIn;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FlickStream.Portal.Accounts.SecondFactors;

/// <param name="Code">Six digits, as the app shows them.</param>
internal sealed record ConfirmEnrolmentRequest([property: Required] string? Code);

/// <param name="RecoveryCodes">Each opens the account once in place of a code; shown now and never again.</param>
internal sealed record RecoveryCodesAnswer(IReadOnlyList<string> RecoveryCodes);

/// <summary>Turns the second factor on once the app has shown that it has the secret. This session is replaced by one that knows both factors; all
/// others end.</summary>
internal static class ConfirmEnrolment
{
    public static async Task<Results<Ok<RecoveryCodesAnswer>, ProblemHttpResult>> HandleAsync(
        ConfirmEnrolmentRequest request, AccountStore accounts, TotpSecrets secrets, SignInThrottle throttle, AccountEndings endings,
        Entrance entrance, FactorLetters letters, TimeProvider time, HttpContext http)
    {
        var session = CallerSession.Of(http);
        var now = time.GetUtcNow();
        if (await accounts.GetAsync(session.AccountId, http.RequestAborted) is not { } account) return AccountProblems.SessionNotFound.ToResult();
        if (account.SecondFactor is not null) return SecondFactorProblems.On.ToResult();
        if (account.PendingFactor is null || account.PendingFactor.ExpiresAt <= now) return SecondFactorProblems.NotBegun.ToResult();
        if (await throttle.RefuseCodeAsync(http, account) is { } guessed) return guessed;
        var recovery = RecoveryCodes.Create();
        if (await accounts.TryChangeAsync(account.Id, Confirmed, CancellationToken.None) is not { } changed) return SecondFactorProblems.Wrong.ToResult();
        await endings.SettleAsync(changed);
        await entrance.AdmitAsync(changed, http, isTwofold: true);
        await letters.SendAddedAsync(changed);
        return TypedResults.Ok(new RecoveryCodesAnswer(recovery.Codes));

        Account? Confirmed(Account current) =>
            current is { SecondFactor: null, PendingFactor: { } pending } && secrets.StepOf(current.Id, pending.Sealed, request.Code?.Trim() ?? "") is { } step
                ? (current with
                {
                    PendingFactor = null,
                    SecondFactor = new SecondFactor { Sealed = pending.Sealed, LastStep = step, RecoverySha256 = recovery.Sha256, Since = now },
                }).Ends(now, session.Id)
                : null;
    }
}
