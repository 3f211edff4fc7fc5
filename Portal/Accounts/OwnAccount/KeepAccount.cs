using FlickStream.Platform.Access.Sessions;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FlickStream.Portal.Accounts.OwnAccount;

/// <summary>Takes back the wish to be deleted.</summary>
internal static class KeepAccount
{
    public static async Task<Results<Ok<AccountAnswer>, ProblemHttpResult>> HandleAsync(AccountStore accounts, HttpContext http)
    {
        var session = CallerSession.Of(http);
        var changed = await accounts.ChangeAsync(session.AccountId, account => account.IsBeingDeleted ? null : account with { DeletionAt = null }, http.RequestAborted);
        return changed is null ? AccountProblems.SessionNotFound.ToResult()
            : changed.IsBeingDeleted ? AccountProblems.BeingDeleted.ToResult()
            : TypedResults.Ok(AccountAnswer.Of(changed, session));
    }
}
