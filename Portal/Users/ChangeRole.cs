using System.ComponentModel.DataAnnotations;
using FlickStream.Platform.Access;
using FlickStream.Platform.Http;
using FlickStream.Portal.Accounts;
using FlickStream.Portal.Accounts.Endings;
using FlickStream.Portal.Audit;
using FlickStream.Portal.Organisations;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FlickStream.Portal.Users;

/// <param name="Role">viewer, studio or admin.</param>
/// <param name="OrganisationId">For a studio's person.</param>
internal sealed record ChangeRoleRequest([property: Required, OneOf(typeof(Roles))] string? Role, string? OrganisationId);

/// <summary>Gives or takes privileges. The person's sessions end, which held the old ones, and what plays: it may be what only the old role sees.</summary>
internal static class ChangeRole
{
    public static async Task<Results<Ok<AccountDetails>, ProblemHttpResult>> HandleAsync(
        string id, ChangeRoleRequest request, AccountStore accounts, OrganisationStore organisations, AccountEndings endings, AuditLog audit,
        TimeProvider time, HttpContext http)
    {
        var stop = http.RequestAborted;
        if (request.Role is not { } role || !Roles.All.Contains(role)) return UserProblems.RoleInvalid.ToResult();
        var organisation = role == Roles.Studio ? request.OrganisationId : null;
        if (role == Roles.Studio && organisation is null) return UserProblems.OrganisationNeeded.ToResult();
        if (organisation is not null && !await organisations.ExistsAsync(organisation, stop)) return OrganisationProblems.NotFound.ToResult();
        if (await accounts.GetAsync(id, stop) is not { } before) return UserProblems.NotFound.ToResult();

        // Told first: a privilege that is used without a word in the log must not be.
        await audit.AddAsync(http, "role_changed", $"account:{id}", $"{Named(before.Role, before.OrganisationId)} to {Named(role, organisation)}");
        var changed = await accounts.ChangeAsync(id, Changed, CancellationToken.None);
        if (changed is null) return UserProblems.NotFound.ToResult();
        await endings.SettleAsync(changed);
        await endings.EndStreamsAsync(changed.Id);
        return TypedResults.Ok(AccountDetails.Of(changed));

        Account Changed(Account account) => (account with
        {
            Role = role, OrganisationId = organisation,
            JoinedAt = organisation is null ? null : organisation == account.OrganisationId ? account.JoinedAt : time.GetUtcNow(),
        }).Ends(time.GetUtcNow());
    }

    private static string Named(string role, string? organisation) => organisation is null ? role : $"{role} of {organisation}";
}
