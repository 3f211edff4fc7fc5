using FlickStream.Platform.Access.Sessions;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FlickStream.Portal.Accounts.SecondFactors;

/// <summary>Ten new codes; the ones before are worth nothing any more.</summary>
internal static class RenewRecoveryCodes
{
    public static async Task<Results<Ok<RecoveryCodesAnswer>, ProblemHttpResult>> HandleAsync(AccountStore accounts, FactorLetters letters, HttpContext http)
    {
        var recovery = RecoveryCodes.Create();
        var changed = await accounts.TryChangeAsync(
            CallerSession.Of(http).AccountId,
            now => now.SecondFactor is { } factor ? now with { SecondFactor = factor with { RecoverySha256 = recovery.Sha256 } } : null,
            CancellationToken.None);
        if (changed is null) return SecondFactorProblems.Off.ToResult();
        await letters.SendRenewedAsync(changed);
        return TypedResults.Ok(new RecoveryCodesAnswer(recovery.Codes));
    }
}
