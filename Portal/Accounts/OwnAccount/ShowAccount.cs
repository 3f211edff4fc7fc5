using FlickStream.Platform.Access.Sessions;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FlickStream.Portal.Accounts.OwnAccount;

internal static class ShowAccount
{
    public static async Task<Results<Ok<AccountAnswer>, ProblemHttpResult>> HandleAsync(AccountStore accounts, HttpContext http) =>
        await accounts.GetAsync(CallerSession.Of(http).AccountId, http.RequestAborted) is { } account
            ? TypedResults.Ok(AccountAnswer.Of(account, CallerSession.Of(http))) : AccountProblems.SessionNotFound.ToResult();
}
