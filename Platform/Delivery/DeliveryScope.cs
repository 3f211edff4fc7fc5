using FlickStream.Platform.Contracts;

namespace FlickStream.Platform.Delivery;

/// <summary>What one grant opens.</summary>
/// <param name="AssetId">The asset; all its blobs are under <c>media/{AssetId}/</c>.</param>
/// <param name="ExpiresAt">When the grant ends; a signature must end with it.</param>
/// <param name="Parts">What of the asset's media it opens; a part without a name is all that its revision has.</param>
public readonly record struct DeliveryScope(string AssetId, DateTimeOffset ExpiresAt, IReadOnlyList<MediaPart> Parts)
{
    /// <summary>By value, parts too: what was signed is kept under its scope.</summary>
    public bool Equals(DeliveryScope other) =>
        AssetId == other.AssetId && ExpiresAt == other.ExpiresAt && Parts.SequenceEqual(other.Parts);

    public override int GetHashCode() => HashCode.Combine(AssetId, ExpiresAt, Parts.Count, Parts.Count == 0 ? default : Parts[0]);
}
