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

    /// <summary>What the answer to a new grant sets in the viewer's browser, so that it opens the media without a query; mostly
    /// nothing.</summary>
    ValueTask<IReadOnlyList<DeliveryCookie>> CookiesAsync(DeliveryScope scope, CancellationToken cancellationToken = default);

    /// <summary>All media of the asset are deleted: whatever keeps copies of them between here and the players forgets them. Calling it
    /// again is safe. Throws when it could not be asked for; the caller tries again later.</summary>
    Task WithdrawAsync(string assetId, CancellationToken cancellationToken = default);
}
