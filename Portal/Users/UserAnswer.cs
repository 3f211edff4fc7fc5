using FlickStream.Portal.Accounts;

namespace FlickStream.Portal.Users;

/// <summary>An account as administrators see it.</summary>
internal sealed record UserAnswer(
    string Id, string Email, string Role, string? OrganisationId, string Language, string TimeZone, DateTimeOffset CreatedAt, DateTimeOffset? DeletionAt)
{
    public static UserAnswer Of(Account account) => new(
        account.Id, account.Email, account.Role, account.OrganisationId, account.Language, account.TimeZone, account.CreatedAt, account.DeletionAt);
}
