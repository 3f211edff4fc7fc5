using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Threading.Channels;

namespace FlickStream.Platform.Bus;

/// <summary>The bus of a single process.</summary>
internal sealed class InProcessBus : IBus
{
    // A doorbell's listener looks at the documents when it wakes; more than this many unheard rings say nothing new.
    internal const int Capacity = 256;

    private readonly ConcurrentDictionary<string, ImmutableArray<Subscription>> _topics = new(StringComparer.Ordinal);

    public ValueTask PublishAsync(string topic, string message, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(message);
        if (_topics.TryGetValue(topic, out var listeners))
        {
            foreach (var listener in listeners) listener.Ring(message);
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask<IBusSubscription> SubscribeAsync(string topic, CancellationToken cancellationToken = default)
    {
        var subscription = new Subscription(this, topic);
        _topics.AddOrUpdate(topic, _ => [subscription], (_, listeners) => listeners.Add(subscription));
        return ValueTask.FromResult<IBusSubscription>(subscription);
    }

    private sealed class Subscription(InProcessBus bus, string topic) : IBusSubscription
    {
        private readonly Channel<string> _messages = Channel.CreateBounded<string>(
            new BoundedChannelOptions(Capacity) { FullMode = BoundedChannelFullMode.DropOldest });

        public void Ring(string message) => _messages.Writer.TryWrite(message);

        public IAsyncEnumerable<string> ReadAllAsync(CancellationToken cancellationToken = default) =>
            _messages.Reader.ReadAllAsync(cancellationToken);

        public ValueTask DisposeAsync()
        {
            // An emptied topic stays: topics are a handful of constants.
            bus._topics.AddOrUpdate(topic, _ => [], (_, listeners) => listeners.Remove(this));
            _messages.Writer.TryComplete();
            return ValueTask.CompletedTask;
        }
    }
}
