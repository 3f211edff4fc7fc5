using FlickStream.Platform.Access.Sessions;
using FlickStream.Portal.Accounts;
using FlickStream.Portal.Accounts.SecondFactors;
using FlickStream.Portal.Audit;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FlickStream.Portal.Users;

/// <summary>For somebody who lost the app and the recovery codes. They are told by mail and sign in anew.</summary>
internal static class RemoveUserSecondFactor
{
    public static async Task<Results<NoContent, ProblemHttpResult>> HandleAsync(
        string id, AccountStore accounts, SessionStore sessions, FactorLetters letters, AuditLog audit, HttpContext http)
    {
        if (await accounts.GetAsync(id, http.RequestAborted) is not { } account) return UserProblems.NotFound.ToResult();
        if (account.SecondFactor is null) return SecondFactorProblems.Off.ToResult();
        await audit.AddAsync(http, "second_factor_removed", $"account:{id}", "");
        var changed = await accounts.TryChangeAsync(id, now => now.SecondFactor is null ? null : now with { SecondFactor = null }, CancellationToken.None);
        await sessions.EndAllAsync(id, null, CancellationToken.None);
        if (changed is not null) await letters.SendRemovedByAdministratorAsync(changed);
        return TypedResults.NoContent();
    }
}
