using System.Buffers;
using System.Collections.Concurrent;
using FlickStream.Platform.Redis;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Caching.StackExchangeRedis;
using Microsoft.Extensions.Options;

namespace FlickStream.Platform.Cache.Redis;

/// <summary>
/// What processes share of what they cache. While Redis is away nothing is found and nothing kept, and nobody sees an error. What was
/// to be removed meanwhile is removed when Redis is back; a process that ends before leaves it until it expires, so that an entry which
/// must never be seen old has the version of what it holds in its key.
/// </summary>
internal sealed class RedisSecondLevel : IBufferDistributedCache, IDisposable
{
    private const string Use = "cache";

    // More than an outage leaves; beyond it entries wait for their expiry.
    private const int MostRemovalsLeft = 10_000;

    private readonly RedisConnection _redis;
    private readonly RedisCache _cache;
    private readonly ConcurrentDictionary<string, byte> _removalsLeft = new(StringComparer.Ordinal);

    public RedisSecondLevel(RedisConnection redis)
    {
        _redis = redis;
        _cache = new RedisCache(Options.Create(new RedisCacheOptions
        {
            ConnectionMultiplexerFactory = () => Task.FromResult(redis.Multiplexer),
            InstanceName = redis.KeyOf(Use, ""),
        }));
        redis.Restored += RemoveWhatIsLeft;
    }

    private IBufferDistributedCache Cache => _cache;

    public byte[]? Get(string key) => Try(() => Cache.Get(key));

    public Task<byte[]?> GetAsync(string key, CancellationToken token = default) => TryAsync(() => Cache.GetAsync(key, token));

    public bool TryGet(string key, IBufferWriter<byte> destination) => Try(() => Cache.TryGet(key, destination));

    public async ValueTask<bool> TryGetAsync(string key, IBufferWriter<byte> destination, CancellationToken token = default) =>
        await TryAsync(() => Cache.TryGetAsync(key, destination, token).AsTask());

    public void Set(string key, byte[] value, DistributedCacheEntryOptions options) => Try(() => Cache.Set(key, value, options));

    public Task SetAsync(string key, byte[] value, DistributedCacheEntryOptions options, CancellationToken token = default) =>
        TryAsync(() => Cache.SetAsync(key, value, options, token));

    public void Set(string key, ReadOnlySequence<byte> value, DistributedCacheEntryOptions options) =>
        Try(() => Cache.Set(key, value, options));

    public async ValueTask SetAsync(
        string key, ReadOnlySequence<byte> value, DistributedCacheEntryOptions options, CancellationToken token = default) =>
        await TryAsync(() => Cache.SetAsync(key, value, options, token).AsTask());

    public void Refresh(string key) => Try(() => Cache.Refresh(key));

    public Task RefreshAsync(string key, CancellationToken token = default) => TryAsync(() => Cache.RefreshAsync(key, token));

    public void Remove(string key)
    {
        if (!Try(() => Cache.Remove(key))) RemoveLater(key);
    }

    public async Task RemoveAsync(string key, CancellationToken token = default)
    {
        if (!await TryAsync(() => Cache.RemoveAsync(key, token))) RemoveLater(key);
    }

    /// <summary>The connection is not this class's to end, which disposing <see cref="RedisCache"/> would do.</summary>
    public void Dispose() => _redis.Restored -= RemoveWhatIsLeft;

    private void RemoveLater(string key)
    {
        if (_removalsLeft.Count < MostRemovalsLeft) _removalsLeft.TryAdd(key, 0);
    }

    private void RemoveWhatIsLeft() => _ = Task.Run(async () =>
    {
        foreach (var (key, _) in _removalsLeft)
        {
            if (!await TryAsync(() => Cache.RemoveAsync(key))) return;
            _removalsLeft.TryRemove(key, out _);
        }
    });

    private T? Try<T>(Func<T> act)
    {
        try
        {
            return act();
        }
        catch (Exception e) when (RedisConnection.IsNoAnswer(e))
        {
            _redis.WentWithout(Use, e);
            return default;
        }
    }

    private bool Try(Action act) => Try(() =>
    {
        act();
        return true;
    });

    private async Task<T?> TryAsync<T>(Func<Task<T>> act)
    {
        try
        {
            return await act();
        }
        catch (Exception e) when (RedisConnection.IsNoAnswer(e))
        {
            _redis.WentWithout(Use, e);
            return default;
        }
    }

    private Task<bool> TryAsync(Func<Task> act) => TryAsync(async () =>
    {
        await act();
        return true;
    });
}
