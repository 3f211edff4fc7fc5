using FlickStream.Platform.Access;
using FlickStream.Platform.Http;

namespace FlickStream.Portal.Keys;

/// <summary>A key as administrators see it; its secret is nowhere.</summary>
internal sealed record KeyAnswer(
    string Id, string Name, [property: OneOf(typeof(Scopes))] IReadOnlyList<string> Scopes, string? OrganisationId, DateTimeOffset CreatedAt, DateTimeOffset? RevokedAt)
{
    public static KeyAnswer Of(ApiKey key) => new(key.Id, key.Name, key.Scopes, key.OrganisationId, key.CreatedAt, key.RevokedAt);
}
