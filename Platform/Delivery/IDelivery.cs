namespace FlickStream.Platform.Delivery;

/// <summary>
/// Where players fetch a title's media bytes. Manifests always come from the origin; segments, sprites and posters come from
/// wherever this says: the origin itself, or a CDN that checks a signature of its own.
/// </summary>
public interface IDelivery
{
    /// <summary>Where the media that <paramref name="scope"/> opens lies. Called for every manifest that is sent, so an adapter that
    /// signs keeps what it signed for a grant.</summary>
    ValueTask<MediaAddress> AddressAsync(DeliveryScope scope, CancellationToken cancellationToken = default);
}

/// <summary>What one grant opens.</summary>
/// <param name="AssetId">The asset.</param>
/// <param name="Revision">The encoding of it; all its blobs are under <c>media/{AssetId}/{Revision}/</c>.</param>
/// <param name="ExpiresAt">When the grant ends; a signature must end with it.</param>
public readonly record struct DeliveryScope(string AssetId, string Revision, DateTimeOffset ExpiresAt);

/// <summary>What manifests write before and after a medium's own name (<c>v1080/3.m4s</c>).</summary>
/// <param name="Prefix">Absolute and with a closing slash, or empty: names are then relative to the manifest.</param>
/// <param name="Query">What follows a question mark, or empty.</param>
public sealed record MediaAddress(string Prefix, string Query)
{
    /// <summary>Relative names; they inherit the token in the manifest's own path.</summary>
    public static readonly MediaAddress Relative = new("", "");
}
