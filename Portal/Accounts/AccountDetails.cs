using FlickStream.Platform.Access;
using FlickStream.Platform.Http;

namespace FlickStream.Portal.Accounts;

/// <summary>An account as administrators and its export see it.</summary>
internal sealed record AccountDetails(
    string Id, string Email, [property: OneOf(typeof(Roles))] string Role, string? OrganisationId, string Language, string TimeZone, DateTimeOffset CreatedAt, DateTimeOffset? DeletionAt,
    DateTimeOffset? SecondFactorSince, Suspension? Suspension)
{
    public static AccountDetails Of(Account account) => new(
        account.Id, account.Email, account.Role, account.OrganisationId, account.Language, account.TimeZone, account.CreatedAt, account.DeletionAt,
        account.SecondFactor?.Since, account.Suspension);
}
