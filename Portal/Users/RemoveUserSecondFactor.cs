using FlickStream.Portal.Accounts;
using FlickStream.Portal.Accounts.Endings;
using FlickStream.Portal.Accounts.SecondFactors;
using FlickStream.Portal.Audit;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FlickStream.Portal.Users;

/// <summary>For somebody who lost the app and the recovery codes. They are told by mail and sign in anew.</summary>
internal static class RemoveUserSecondFactor
{
    public static async Task<Results<NoContent, ProblemHttpResult>> HandleAsync(
        string id, AccountStore accounts, AccountEndings endings, FactorLetters letters, AuditLog audit, TimeProvider time, HttpContext http)
    {
        if (await accounts.GetAsync(id, http.RequestAborted) is not { } account) return UserProblems.NotFound.ToResult();
        if (account.SecondFactor is not { } factor) return SecondFactorProblems.Off.ToResult();
        await audit.AddAsync(http, "second_factor_removed", $"account:{id}", "");
        // Told before it is done: once it is off, nothing says any more that its owner must hear of it.
        await letters.SendRemovedByAdministratorAsync(account, factor);
        if (await accounts.TryChangeAsync(id, Without, CancellationToken.None) is { } changed) await endings.SettleAsync(changed);
        return TypedResults.NoContent();

        Account? Without(Account now) => now.SecondFactor is null ? null : (now with { SecondFactor = null }).Ends(time.GetUtcNow());
    }
}
