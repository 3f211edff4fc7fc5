namespace FlickStream.Platform.RateLimits;

/// <summary>Rate limits of a single process, on the monotonic clock.</summary>
internal sealed class InMemoryRateLimits(TimeProvider time) : IRateLimits
{
    private const long SweepEvery = 60_000_000;

    private readonly Lock _lock = new();

    // When each budget will be full again, in microseconds.
    private readonly Dictionary<string, long> _fullAt = new(StringComparer.Ordinal);
    private long _sweptAt;

    private long Now => time.GetElapsedTime(0).Ticks / TimeSpan.TicksPerMicrosecond;

    public ValueTask<TimeSpan> TakeAsync(string key, RateLimit limit, CancellationToken cancellationToken = default)
    {
        lock (_lock)
        {
            var now = Now;
            Sweep(now);
            var full = Math.Max(_fullAt.GetValueOrDefault(key), now) + limit.Interval;
            var wait = full - now - limit.Depth;
            if (wait > 0) return ValueTask.FromResult(TimeSpan.FromMicroseconds(wait));
            _fullAt[key] = full;
            return ValueTask.FromResult(TimeSpan.Zero);
        }
    }

    public ValueTask GiveBackAsync(string key, RateLimit limit, CancellationToken cancellationToken = default)
    {
        lock (_lock)
        {
            if (!_fullAt.TryGetValue(key, out var full)) return ValueTask.CompletedTask;
            if (full - limit.Interval > Now) _fullAt[key] = full - limit.Interval;
            else _fullAt.Remove(key);
            return ValueTask.CompletedTask;
        }
    }

    internal int KeysKept
    {
        get
        {
            lock (_lock) return _fullAt.Count;
        }
    }

    private void Sweep(long now)
    {
        if (now - _sweptAt < SweepEvery) return;
        _sweptAt = now;
        foreach (var (key, full) in _fullAt)
        {
            if (full <= now) _fullAt.Remove(key);
        }
    }
}
