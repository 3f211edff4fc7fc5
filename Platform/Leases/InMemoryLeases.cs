namespace FlickStream.Platform.Leases;

/// <summary>Leases of a single process, on the monotonic clock so that a set wall clock ends nobody's stream.</summary>
internal sealed class InMemoryLeases(TimeProvider time) : ILeases
{
    private static readonly TimeSpan SweepEvery = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Dictionary<string, TimeSpan>> _groups = new(StringComparer.Ordinal);
    private TimeSpan _sweptAt;

    private TimeSpan Now => time.GetElapsedTime(0);

    public ValueTask<bool> AcquireAsync(
        string group, string holder, int limit, TimeSpan duration, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(duration, TimeSpan.Zero);
        lock (_lock)
        {
            var now = Now;
            Sweep(now);
            if (!_groups.TryGetValue(group, out var places)) _groups[group] = places = new(StringComparer.Ordinal);
            places.Remove(holder);
            var granted = HeldIn(places, now) < limit;
            if (granted) places[holder] = now + duration;
            if (places.Count == 0) _groups.Remove(group);
            return ValueTask.FromResult(granted);
        }
    }

    public ValueTask ReleaseAsync(string group, string holder, CancellationToken cancellationToken = default)
    {
        lock (_lock)
        {
            if (_groups.TryGetValue(group, out var places) && places.Remove(holder) && places.Count == 0) _groups.Remove(group);
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask<int> CountAsync(string group, CancellationToken cancellationToken = default)
    {
        lock (_lock)
        {
            return ValueTask.FromResult(_groups.TryGetValue(group, out var places) ? HeldIn(places, Now) : 0);
        }
    }

    public ValueTask<IReadOnlyList<string>> HoldersAsync(string group, CancellationToken cancellationToken = default)
    {
        lock (_lock)
        {
            return ValueTask.FromResult<IReadOnlyList<string>>(
                _groups.TryGetValue(group, out var places) && HeldIn(places, Now) > 0 ? [.. places.Keys] : []);
        }
    }

    private static int HeldIn(Dictionary<string, TimeSpan> places, TimeSpan now)
    {
        foreach (var (holder, until) in places)
        {
            if (until <= now) places.Remove(holder);
        }

        return places.Count;
    }

    // Groups of viewers who never come back would otherwise stay for ever.
    private void Sweep(TimeSpan now)
    {
        if (now - _sweptAt < SweepEvery) return;
        _sweptAt = now;
        foreach (var (group, places) in _groups)
        {
            if (HeldIn(places, now) == 0) _groups.Remove(group);
        }
    }
}
