using FlickStream.Platform.Access.Sessions;

namespace FlickStream.Portal.Accounts;

/// <param name="Email">Verified.</param>
/// <param name="Role">viewer, studio or admin.</param>
/// <param name="SessionId">The session that asks.</param>
/// <param name="DeletionAt">When everything goes, unless its owner changes their mind; null usually.</param>
internal sealed record AccountAnswer(
    string Id, string Email, string Role, string? OrganisationId, string Language, string TimeZone, DateTimeOffset CreatedAt,
    DateTimeOffset? DeletionAt, string SessionId)
{
    public static AccountAnswer Of(Account account, Session session) => new(
        account.Id, account.Email, account.Role, account.OrganisationId, account.Language, account.TimeZone, account.CreatedAt,
        account.DeletionAt, session.Id);
}
