using FlickStream.Platform.Access;
using FlickStream.Platform.Http;
using FlickStream.Portal.Accounts;
using FlickStream.Portal.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FlickStream.Portal.Users;

internal sealed record UserPage(IReadOnlyList<AccountDetails> Items, string? Next);

internal static class ListUsers
{
    /// <param name="role">Of this role only.</param>
    /// <param name="email">The one with this address.</param>
    /// <param name="emailPrefix">Those whose address begins so, by their address; in capitals or not.</param>
    /// <param name="organisationId">People of this studio only.</param>
    /// <param name="suspended">Those only who are, or are not.</param>
    public static async Task<Results<Ok<UserPage>, ProblemHttpResult>> HandleAsync(
        AccountStore accounts, CancellationToken cancellationToken, [OneOf(typeof(Roles))] string? role = null, string? email = null, string? emailPrefix = null,
        string? organisationId = null, bool? suspended = null, int limit = Paging.Usual, string? after = null)
    {
        if (Paging.Refuse(limit) is { } unfit) return unfit;
        if (role is not null && !Roles.All.Contains(role)) return UserProblems.RoleInvalid.ToResult();
        var prefix = emailPrefix is null ? null : EmailAddress.KeyPrefixOf(emailPrefix);
        if (emailPrefix is not null && prefix is null) return UserProblems.PrefixInvalid.ToResult();
        if (email is not null)
        {
            if (EmailAddress.TryParse(email) is not { } address) return AccountProblems.EmailInvalid.ToResult();
            var one = await accounts.FindByEmailAsync(address, cancellationToken);
            var isWanted = one is not null && (role is null || one.Role == role) && (organisationId is null || one.OrganisationId == organisationId)
                && (suspended is null || suspended == one.Suspension is not null) && (prefix is null || one.EmailKey.StartsWith(prefix, StringComparison.Ordinal));
            return TypedResults.Ok(new UserPage(isWanted ? [AccountDetails.Of(one!)] : [], null));
        }

        var page = await accounts.ListAsync(prefix, role, organisationId, suspended, limit, after, cancellationToken);
        return TypedResults.Ok(new UserPage([.. page.Items.Select(item => AccountDetails.Of(item.Value))], page.Next));
    }
}
