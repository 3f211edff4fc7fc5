namespace FlickStream.Platform.Bus;

/// <summary>
/// A doorbell: tells whoever listens that a document changed, so that nobody has to wait for the next sweep. A message may be
/// lost or come twice; nothing may depend on it but speed.
/// </summary>
public interface IBus
{
    /// <summary>Never fails because of a listener, and does not wait for one.</summary>
    ValueTask PublishAsync(string topic, string message, CancellationToken cancellationToken = default);

    /// <summary>Listens from now on; dispose to stop. A slow listener loses its oldest messages first.</summary>
    ValueTask<IBusSubscription> SubscribeAsync(string topic, CancellationToken cancellationToken = default);
}

public interface IBusSubscription : IAsyncDisposable
{
    IAsyncEnumerable<string> ReadAllAsync(CancellationToken cancellationToken = default);
}
