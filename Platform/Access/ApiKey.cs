using System.ComponentModel;
using FlickStream.Platform.Documents;

namespace FlickStream.Platform.Access;

/// <summary>A program's key. Its secret is not kept: it has 256 random bits, so that its SHA-256 gives nothing away and needs no
/// slow hash.</summary>
[ImmutableObject(true)]
public sealed record ApiKey
{
    public static readonly DocumentSchema<ApiKey> Schema = new DocumentSchema<ApiKey>("api_keys")
        .Field("created", k => k.CreatedAt)
        .Field("organisation", k => k.OrganisationId)
        .Field("holder", k => k.RevokedAt is null ? k.OrganisationId : null)
        .Field("place", k => k.Place)
        .Field("maker", k => k.Maker?.AccountId)
        .Index("created")
        .Index("organisation", "created")
        .Index("holder")
        .Index(unique: true, "holder", "place")
        .Index("maker");

    /// <summary>16 lower-case hex digits.</summary>
    public required string Id { get; init; }

    /// <summary>Its owner's words for it, 1..100 characters.</summary>
    public required string Name { get; init; }

    /// <summary>Lower-case hex SHA-256 of the secret's text.</summary>
    public required string SecretSha256 { get; init; }

    /// <summary>At least one of <see cref="Access.Scopes"/>.</summary>
    public required IReadOnlyList<string> Scopes { get; init; }

    /// <summary>Whose masters and titles it works on; null for one that works on its own.</summary>
    public string? OrganisationId { get; init; }

    /// <summary>Who of the organisation made it; null where an administrator did, or where the person's account is gone.</summary>
    public KeyMaker? Maker { get; init; }

    /// <summary>1, 2, …: no two good keys of an organisation have one, which is what keeps to the number that its people may make. Null for those that
    /// administrators make.</summary>
    public int? Place { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Null while the key is good.</summary>
    public DateTimeOffset? RevokedAt { get; init; }
}

/// <param name="AccountId">Whose.</param>
/// <param name="Email">The address that the account had then.</param>
public sealed record KeyMaker(string AccountId, string Email);

/// <param name="Key">What is kept.</param>
/// <param name="Text">The whole key, <c>fs_{id}_{secret}</c>; shown once, kept nowhere.</param>
public sealed record CreatedApiKey(ApiKey Key, string Text);
