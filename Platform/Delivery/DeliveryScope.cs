namespace FlickStream.Platform.Delivery;

/// <summary>What one grant opens.</summary>
/// <param name="AssetId">The asset.</param>
/// <param name="Revision">The encoding of it; all its blobs are under <c>media/{AssetId}/{Revision}/</c>.</param>
/// <param name="ExpiresAt">When the grant ends; a signature must end with it.</param>
/// <param name="Parts">What of the title it opens: folders, with their closing slash (<c>v720/</c>), and single files
/// (<c>poster.jpg</c>). Null: all of it.</param>
public readonly record struct DeliveryScope(
    string AssetId, string Revision, DateTimeOffset ExpiresAt, IReadOnlyList<string>? Parts = null)
{
    /// <summary>By value, parts too: what was signed is kept under its scope.</summary>
    public bool Equals(DeliveryScope other) =>
        AssetId == other.AssetId && Revision == other.Revision && ExpiresAt == other.ExpiresAt
        && Parts is null == other.Parts is null && (Parts ?? []).SequenceEqual(other.Parts ?? []);

    public override int GetHashCode() => HashCode.Combine(AssetId, Revision, ExpiresAt, Parts?.Count);
}
