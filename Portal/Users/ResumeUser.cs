using FlickStream.Portal.Accounts;
using FlickStream.Portal.Accounts.Endings;
using FlickStream.Portal.Audit;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FlickStream.Portal.Users;

/// <summary>Lets somebody in again who was suspended. Their subscription still ends unless they resume it themselves.</summary>
internal static class ResumeUser
{
    public static async Task<Results<Ok<AccountDetails>, ProblemHttpResult>> HandleAsync(
        string id, AccountStore accounts, AccountEndings endings, AccountLetters letters, AuditLog audit, HttpContext http)
    {
        if (await accounts.GetAsync(id, http.RequestAborted) is not { } before) return UserProblems.NotFound.ToResult();
        await audit.AddAsync(http, "account_resumed", $"account:{id}", "");
        if (await accounts.ChangeAsync(id, Resumed, CancellationToken.None) is not { } open) return UserProblems.NotFound.ToResult();
        // Before they hear of it, or what they begin then would end with what they had.
        await endings.SettleAsync(open);
        if (before.Suspension is not null) await letters.SendResumedAsync(open, CancellationToken.None);
        return TypedResults.Ok(AccountDetails.Of(open));

        static Account Resumed(Account account) => account with { Suspension = null, Ending = account.Ending is { } ending ? ending with { HasStreams = false } : null };
    }
}
