namespace FlickStream.Platform.Cache;

/// <summary>One thing that is read often and changed seldom, as it was at most <paramref name="life"/> ago. What this process changes it sees at once;
/// what others change when its own reading is that old.</summary>
public sealed class Remembered<T>(Func<CancellationToken, Task<T>> read, TimeSpan life, TimeProvider time)
    where T : class
{
    private Reading? _last;
    private int _changes;

    public async ValueTask<T> GetAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (Volatile.Read(ref _last) is { } last && now - last.At < life) return last.Value;
        var before = Volatile.Read(ref _changes);
        var value = await read(cancellationToken);
        // What was read while somebody changed it may be older than the change.
        if (before == Volatile.Read(ref _changes)) Volatile.Write(ref _last, new(value, now));
        return value;
    }

    /// <summary>To be called after a change.</summary>
    public void Forget()
    {
        Interlocked.Increment(ref _changes);
        Volatile.Write(ref _last, null);
    }

    private sealed record Reading(T Value, DateTimeOffset At);
}
