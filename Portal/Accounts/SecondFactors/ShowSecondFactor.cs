using FlickStream.Platform.Access.Sessions;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace FlickStream.Portal.Accounts.SecondFactors;

/// <param name="Since">Null while there is none.</param>
/// <param name="RecoveryCodesLeft">0..10.</param>
/// <param name="IsRequired">Whether people of this role must have one.</param>
internal sealed record SecondFactorAnswer(bool IsOn, DateTimeOffset? Since, int RecoveryCodesLeft, bool IsRequired);

internal static class ShowSecondFactor
{
    public static async Task<Results<Ok<SecondFactorAnswer>, ProblemHttpResult>> HandleAsync(
        AccountStore accounts, IOptions<SecondFactorOptions> options, HttpContext http)
    {
        if (await accounts.GetAsync(CallerSession.Of(http).AccountId, http.RequestAborted) is not { } account) return AccountProblems.SessionNotFound.ToResult();
        var factor = account.SecondFactor;
        return TypedResults.Ok(new SecondFactorAnswer(
            factor is not null, factor?.Since, factor?.RecoverySha256.Count ?? 0, options.Value.RequiredFor.Contains(account.Role)));
    }
}
