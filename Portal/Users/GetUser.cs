using FlickStream.Portal.Accounts;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FlickStream.Portal.Users;

internal static class GetUser
{
    public static async Task<Results<Ok<AccountDetails>, ProblemHttpResult>> HandleAsync(string id, AccountStore accounts, CancellationToken cancellationToken) =>
        await accounts.GetAsync(id, cancellationToken) is { } account ? TypedResults.Ok(AccountDetails.Of(account)) : UserProblems.NotFound.ToResult();
}
