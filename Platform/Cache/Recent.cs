using System.Collections.Concurrent;

namespace FlickStream.Platform.Cache;

/// <summary>Keeps what is asked for again and again, up to so many bytes together.</summary>
public sealed class Recent<TKey, TValue>(long mostBytes, IEqualityComparer<TKey>? comparer = null)
    where TKey : notnull
    where TValue : class
{
    private readonly Lock _lock = new();

    // Two halves: once the young one is full the old one goes, with what nobody asked for since.
    private ConcurrentDictionary<TKey, Entry> _young = new(comparer);
    private ConcurrentDictionary<TKey, Entry> _old = new(comparer);
    private long _youngBytes;

    public TValue? Find(TKey key)
    {
        if (Volatile.Read(ref _young).TryGetValue(key, out var entry)) return entry.Value;
        return Volatile.Read(ref _old).TryGetValue(key, out entry) ? Keep(key, entry.Value, entry.Bytes) : null;
    }

    /// <param name="key">Of it.</param>
    /// <param name="value">Where there is none by this key yet.</param>
    /// <param name="bytes">What it takes, with its key.</param>
    public TValue Keep(TKey key, TValue value, int bytes)
    {
        lock (_lock)
        {
            if (!_young.TryAdd(key, new(value, bytes))) return value;
            _youngBytes += bytes;
            if (_youngBytes <= mostBytes / 2) return value;
            Volatile.Write(ref _old, _young);
            Volatile.Write(ref _young, new(comparer));
            _youngBytes = 0;
            return value;
        }
    }

    private readonly record struct Entry(TValue Value, int Bytes);
}
