using Microsoft.Extensions.Caching.Hybrid;

namespace FlickStream.Platform.Cache;

public static class CachedReading
{
    /// <summary>What is kept of this key, else what is read, which is then kept. Who asks first reads it to its end, and others wait for that: what may be
    /// broken off the cache has another thread read.</summary>
    public static ValueTask<T> ReadThroughAsync<TState, T>(
        this HybridCache cache, string key, TState state, Func<TState, ValueTask<T>> read, HybridCacheEntryOptions options) =>
        cache.GetOrCreateAsync(key, (state, read), static (asked, _) => asked.read(asked.state), options, cancellationToken: CancellationToken.None);
}
