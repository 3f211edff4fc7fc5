namespace FlickStream.Platform.Delivery;

/// <summary>The origin serves the media itself: names are relative, so that the token in the path reaches every segment on any
/// player.</summary>
internal sealed class DirectDelivery : IDelivery
{
    public ValueTask<MediaAddress> AddressAsync(DeliveryScope scope, CancellationToken cancellationToken = default) =>
        new(MediaAddress.Relative);

    public ValueTask<IReadOnlyList<DeliveryCookie>> CookiesAsync(DeliveryScope scope, CancellationToken cancellationToken = default) =>
        new([]);

    /// <summary>Nothing that the origin sends passes a cache that it could reach.</summary>
    public Task WithdrawAsync(string assetId, CancellationToken cancellationToken = default) => Task.CompletedTask;
}
