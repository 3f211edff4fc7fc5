using FlickStream.Platform.Documents;

namespace FlickStream.Origin.Grants;

/// <summary>A permission to play one encoding of one asset until a moment. Id: <see cref="GrantClaims.GrantId"/> as 32 hex
/// digits.</summary>
internal sealed record Grant
{
    public static readonly DocumentSchema<Grant> Schema = new DocumentSchema<Grant>("grants")
        .Field("expires", g => g.ExpiresAt)
        .Field("revoked", g => g.RevokedAt)
        .Field("asset", g => g.AssetId)
        .Field("revision", g => g.Revision)
        .Field("viewer", g => g.Viewer is null || g.RevokedAt is not null ? null : ViewerOf(g.Owner, g.Viewer))
        .Index("expires")
        .SparseIndex("revoked")
        .Index("viewer")
        .Index("asset", "revision", "revoked", "expires");

    /// <summary>The API key that asked for it; no other may renew or end it.</summary>
    public required string Owner { get; init; }

    public required string AssetId { get; init; }

    public required string Revision { get; init; }

    public int MaxHeight { get; init; }

    /// <summary>As the caller names its viewers; null when it does not.</summary>
    public string? Viewer { get; init; }

    /// <summary>The group that counts its stream; null when there is no limit.</summary>
    public StreamGroup? Streams { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    public DateTimeOffset? RevokedAt { get; init; }

    /// <summary>By which the grants of a viewer that are not ended are found.</summary>
    public static string ViewerOf(string owner, string viewer) => GrantMaker.GroupId(owner, viewer).ToString("n");

    public static string DocumentId(Guid grantId) => grantId.ToString("n");
}
