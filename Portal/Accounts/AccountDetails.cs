using FlickStream.Platform.Access;
using FlickStream.Platform.Http;

namespace FlickStream.Portal.Accounts;

/// <summary>An account as administrators and its export see it.</summary>
/// <param name="JoinedAt">Since when it works for its organisation; null where it does for none, or did before this was kept.</param>
internal sealed record AccountDetails(
    string Id, string Email, [property: OneOf(typeof(Roles))] string Role, string? OrganisationId, DateTimeOffset? JoinedAt, string Language, string TimeZone,
    DateTimeOffset CreatedAt, DateTimeOffset? DeletionAt, DateTimeOffset? SecondFactorSince, SuspensionAnswer? Suspension)
{
    public static AccountDetails Of(Account account) => new(
        account.Id, account.Email, account.Role, account.OrganisationId, account.JoinedAt, account.Language, account.TimeZone, account.CreatedAt, account.DeletionAt,
        account.SecondFactor?.Since, SuspensionAnswer.Of(account));
}

/// <param name="At">Since when.</param>
/// <param name="Reason">As the person is told it.</param>
/// <param name="IsComplete">Whether it is certain that nothing plays on the account any more: after about a minute, or once the origin answers again.</param>
internal sealed record SuspensionAnswer(DateTimeOffset At, string Reason, bool IsComplete)
{
    public static SuspensionAnswer? Of(Account account) =>
        account.Suspension is { } suspension ? new(suspension.At, suspension.Reason, account.Ending is not { HasStreams: true }) : null;
}
