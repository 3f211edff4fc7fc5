namespace FlickStream.Platform.Bus;

/// <summary>
/// A doorbell: tells whoever listens that a document changed, so that nobody has to wait for the next sweep. A message may be
/// lost or come twice; nothing may depend on it but speed.
/// </summary>
public interface IBus
{
    /// <summary>Never fails because of a listener or of the engine, and waits for neither. While the engine is away only listeners in
    /// this process hear, or nobody.</summary>
    ValueTask PublishAsync(string topic, string message, CancellationToken cancellationToken = default);

    /// <summary>Listens from now on, or, where the engine is away, from when it is back; dispose to stop. A slow listener loses its
    /// oldest messages first.</summary>
    ValueTask<IBusSubscription> SubscribeAsync(string topic, CancellationToken cancellationToken = default);
}

public interface IBusSubscription : IAsyncDisposable
{
    IAsyncEnumerable<string> ReadAllAsync(CancellationToken cancellationToken = default);
}
