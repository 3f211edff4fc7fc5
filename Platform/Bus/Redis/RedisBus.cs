using System.Collections.Concurrent;
using FlickStream.Platform.Redis;
using StackExchange.Redis;

namespace FlickStream.Platform.Bus.Redis;

/// <summary>The bus of many processes, on pub/sub: one subscription of the server's a topic and process, handed on to the listeners
/// here. The client subscribes anew by itself when the server is back.</summary>
internal sealed class RedisBus(RedisConnection redis) : IBus
{
    private const string Use = "bus";

    private readonly InProcessBus _here = new();
    private readonly ConcurrentDictionary<string, Lazy<Task>> _topics = new(StringComparer.Ordinal);

    public async ValueTask PublishAsync(string topic, string message, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(message);
        if (redis.IsConnected) await redis.Subscriber.PublishAsync(ChannelOf(topic), message, CommandFlags.FireAndForget);
        else await _here.PublishAsync(topic, message, cancellationToken);
    }

    public async ValueTask<IBusSubscription> SubscribeAsync(string topic, CancellationToken cancellationToken = default)
    {
        await _topics.GetOrAdd(topic, name => new Lazy<Task>(() => ListenAsync(name))).Value.WaitAsync(cancellationToken);
        return await _here.SubscribeAsync(topic, cancellationToken);
    }

    private async Task ListenAsync(string topic)
    {
        // Not waited for by its own answer: without a server there would be none, and the wish to listen would be lost with it.
        var rings = await redis.Subscriber.SubscribeAsync(ChannelOf(topic), CommandFlags.FireAndForget);
        rings.OnMessage(ring => _here.PublishAsync(topic, ring.Message.ToString()).AsTask());

        // The server answers in order: after this one the subscription is in force.
        await redis.AskAsync(Use, _ => redis.Subscriber.PingAsync());
    }

    // A topic keeps its subscription when its last listener leaves: topics are a handful of constants.
    private RedisChannel ChannelOf(string topic) => RedisChannel.Literal(redis.KeyOf(Use, topic));
}
