using System.Collections.Concurrent;
using Microsoft.Extensions.Options;

namespace FlickStream.Origin.Presentations;

/// <summary>
/// The views of the titles that are being played. A view is read again when a message says that its title changed, and else after
/// <see cref="OriginOptions.Freshness"/>, so that a lost message delays a change by seconds and no more.
/// </summary>
internal sealed class PresentationCache(
    PresentationReader reader, IOptions<OriginOptions> options, OriginMetrics metrics, TimeProvider time, ILogger<PresentationCache> log)
{
    // Between fresh and this much older, a request is answered from memory while the view is read beside it.
    private const int WaitAfter = 5;

    private readonly ConcurrentDictionary<string, Entry> _entries = new(StringComparer.Ordinal);

    /// <summary>The title as of the last seconds; null when there is none.</summary>
    public ValueTask<PresentationView?> FindAsync(string assetId, CancellationToken cancellationToken)
    {
        var isHit = _entries.TryGetValue(assetId, out var entry);
        metrics.LookedUp("titles", isHit);
        if (!isHit) return new(ReadAsync(assetId, cancellationToken));
        var now = time.GetTimestamp();
        Volatile.Write(ref entry!.UsedAt, now);
        if (entry.View is not { } view || entry.IsInvalid) return new(ReadAsync(assetId, cancellationToken));
        var age = time.GetElapsedTime(Volatile.Read(ref entry.ReadAt), now);
        if (age < options.Value.Freshness) return new(view);
        var reading = ReadAsync(assetId, CancellationToken.None);
        if (age > options.Value.Freshness * WaitAfter) return new(reading.WaitAsync(cancellationToken));
        if (!reading.IsCompleted) _ = LogFaultAsync(assetId, reading);
        return new(view);
    }

    /// <summary>The title, read anew if what is in memory cannot be played: it may have become playable a moment ago.</summary>
    public async ValueTask<PresentationView?> FindPlayableAsync(string assetId, CancellationToken cancellationToken)
    {
        var view = await FindAsync(assetId, cancellationToken);
        return view is { IsPlayable: true } && (view.IsEncoding || view.IsReady) ? view : await ReadAsync(assetId, cancellationToken);
    }

    /// <summary>Reads now; callers at the same time share one reading.</summary>
    public Task<PresentationView?> ReadAsync(string assetId, CancellationToken cancellationToken)
    {
        var entry = _entries.GetOrAdd(assetId, _ => new Entry { UsedAt = time.GetTimestamp() });
        lock (entry)
        {
            if (entry.Reading is null or { IsCompleted: true } || entry.IsInvalid) entry.Reading = ReadIntoAsync(assetId, entry);
            return entry.Reading.WaitAsync(cancellationToken);
        }
    }

    /// <summary>The title changed: the next request waits for its new state.</summary>
    public void Invalidate(string assetId)
    {
        if (_entries.TryGetValue(assetId, out var entry)) entry.IsInvalid = true;
    }

    private async Task<PresentationView?> ReadIntoAsync(string assetId, Entry entry)
    {
        // Before the first reading, so that a change during it makes the view invalid again.
        entry.IsInvalid = false;
        var at = time.GetTimestamp();
        var view = await reader.ReadAsync(assetId, entry.View, CancellationToken.None);
        entry.View = view;
        Volatile.Write(ref entry.ReadAt, at);
        if (view is null) _entries.TryRemove(new(assetId, entry));
        else MakeRoom();
        return view;
    }

    private void MakeRoom()
    {
        if (_entries.Count <= options.Value.TitlesInMemory) return;
        var spare = _entries.OrderBy(e => Volatile.Read(ref e.Value.UsedAt)).Take(1 + (options.Value.TitlesInMemory / 10)).ToList();
        foreach (var entry in spare) _entries.TryRemove(entry);
    }

    private async Task LogFaultAsync(string assetId, Task reading)
    {
        await reading.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (reading.Exception is not { } fault) return;
        log.LogWarning(fault, "Asset {AssetId} could not be read again; its last state is served", assetId);
    }

    private sealed class Entry
    {
        public volatile PresentationView? View;
        public volatile bool IsInvalid;
        public long ReadAt;
        public long UsedAt;
        public Task<PresentationView?>? Reading;
    }
}
