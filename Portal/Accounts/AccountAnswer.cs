using FlickStream.Platform.Access;
using FlickStream.Platform.Access.Sessions;
using FlickStream.Platform.Http;

namespace FlickStream.Portal.Accounts;

/// <param name="Email">Verified.</param>
/// <param name="Role">viewer, studio or admin.</param>
/// <param name="SessionId">The session that asks.</param>
/// <param name="HasSecondFactor">Whether a code is asked for beside the password.</param>
/// <param name="IsLimited">Whether this session may do no more than a viewer, because the role needs a second factor and the account has none yet.</param>
/// <param name="DeletionAt">When everything goes, unless its owner changes their mind; null usually.</param>
internal sealed record AccountAnswer(
    string Id, string Email, [property: OneOf(typeof(Roles))] string Role, string? OrganisationId, string Language, string TimeZone, DateTimeOffset CreatedAt,
    DateTimeOffset? DeletionAt, bool HasSecondFactor, bool IsLimited, string SessionId)
{
    public static AccountAnswer Of(Account account, Session session) => new(
        account.Id, account.Email, account.Role, account.OrganisationId, account.Language, account.TimeZone, account.CreatedAt,
        account.DeletionAt, account.SecondFactor is not null, session.Role != account.Role, session.Id);
}
