using FlickStream.Platform.Access;
using FlickStream.Portal.Accounts;
using FlickStream.Portal.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FlickStream.Portal.Users;

internal sealed record UserPage(IReadOnlyList<AccountDetails> Items, string? Next);

internal static class ListUsers
{
    /// <param name="role">Of this role only.</param>
    /// <param name="email">The one with this address.</param>
    public static async Task<Results<Ok<UserPage>, ProblemHttpResult>> HandleAsync(
        AccountStore accounts, CancellationToken cancellationToken, string? role = null, string? email = null, int limit = Paging.Usual, string? after = null)
    {
        if (Paging.Refuse(limit) is { } unfit) return unfit;
        if (role is not null && !Roles.All.Contains(role)) return UserProblems.RoleInvalid.ToResult();
        if (email is not null)
        {
            if (EmailAddress.TryParse(email) is not { } address) return AccountProblems.EmailInvalid.ToResult();
            var one = await accounts.FindByEmailAsync(address, cancellationToken);
            return TypedResults.Ok(new UserPage(one is null || (role is not null && one.Role != role) ? [] : [AccountDetails.Of(one)], null));
        }

        var page = await accounts.ListAsync(role, limit, after, cancellationToken);
        return TypedResults.Ok(new UserPage([.. page.Items.Select(item => AccountDetails.Of(item.Value))], page.Next));
    }
}
