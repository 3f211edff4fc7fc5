using FlickStream.Platform.Access;
using FlickStream.Platform.Http;

namespace FlickStream.Portal.Keys.Studio;

/// <param name="Id">The account's.</param>
/// <param name="Email">The address that it had then.</param>
internal sealed record StudioKeyMaker(string Id, string Email);

/// <summary>A key as its organisation's people see it; its secret is nowhere.</summary>
/// <param name="CreatedBy">Null where an administrator made it, or where the person's account is gone.</param>
internal sealed record StudioKeyAnswer(
    string Id, string Name, [property: OneOf(typeof(Scopes))] IReadOnlyList<string> Scopes, StudioKeyMaker? CreatedBy, DateTimeOffset CreatedAt,
    DateTimeOffset? RevokedAt)
{
    public static StudioKeyAnswer Of(ApiKey key) => new(
        key.Id, key.Name, key.Scopes, key.Maker is { } maker ? new(maker.AccountId, maker.Email) : null, key.CreatedAt, key.RevokedAt);
}
