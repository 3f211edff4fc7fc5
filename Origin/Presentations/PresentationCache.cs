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

    private readonly ConcurrentDictionary<TitleKey, Entry> _entries = new();

    /// <summary>The title as of the last seconds; null when there is none.</summary>
    public ValueTask<PresentationView?> FindAsync(string assetId, CancellationToken cancellationToken) =>
        FindAsync(new TitleKey(assetId, null), cancellationToken);

    /// <summary>One encoding of the title, which may have been replaced since; null when it is gone.</summary>
    public async ValueTask<PresentationView?> FindRevisionAsync(string assetId, string revision, CancellationToken cancellationToken)
    {
        var current = await FindAsync(assetId, cancellationToken);
        if (current is null || current.Presentation.Revision == revision) return current;
        if (await FindAsync(new TitleKey(assetId, revision), cancellationToken) is { } retired) return retired;

        // Another origin may have granted what was published a moment ago.
        current = await ReadAsync(assetId, cancellationToken);
        return current?.Presentation.Revision == revision ? current : null;
    }

    private ValueTask<PresentationView?> FindAsync(TitleKey key, CancellationToken cancellationToken)
    {
        var isHit = _entries.TryGetValue(key, out var entry);
        metrics.LookedUp("titles", isHit);
        if (!isHit) return new(ReadAsync(key, cancellationToken));
        var now = time.GetTimestamp();
        Volatile.Write(ref entry!.UsedAt, now);
        if (entry.View is not { } view || entry.IsInvalid) return new(ReadAsync(key, cancellationToken));
        var age = time.GetElapsedTime(Volatile.Read(ref entry.ReadAt), now);
        if (age < options.Value.Freshness) return new(view);
        var reading = ReadAsync(key, CancellationToken.None);
        if (age > options.Value.Freshness * WaitAfter) return new(reading.WaitAsync(cancellationToken));
        if (!reading.IsCompleted) _ = LogFaultAsync(key.AssetId, reading);
        return new(view);
    }

    /// <summary>The title, read anew if what is in memory cannot be played: it may have become playable a moment ago.</summary>
    public async ValueTask<PresentationView?> FindPlayableAsync(string assetId, CancellationToken cancellationToken)
    {
        var view = await FindAsync(assetId, cancellationToken);
        return view is { IsPlayable: true } && (view.IsEncoding || view.IsReady) ? view : await ReadAsync(assetId, cancellationToken);
    }

    /// <summary>Reads now; callers at the same time share one reading.</summary>
    public Task<PresentationView?> ReadAsync(string assetId, CancellationToken cancellationToken) =>
        ReadAsync(new TitleKey(assetId, null), cancellationToken);

    private Task<PresentationView?> ReadAsync(TitleKey key, CancellationToken cancellationToken)
    {
        var entry = _entries.GetOrAdd(key, _ => new Entry { UsedAt = time.GetTimestamp() });
        lock (entry)
        {
            if (entry.Reading is null or { IsCompleted: true } || entry.IsInvalid) entry.Reading = ReadIntoAsync(key, entry);
            return entry.Reading.WaitAsync(cancellationToken);
        }
    }

    /// <summary>The title changed: the next request waits for its new state. An encoding that was replaced changes no more but by
    /// going, which <see cref="OriginOptions.Freshness"/> notices.</summary>
    public void Invalidate(string assetId)
    {
        if (_entries.TryGetValue(new TitleKey(assetId, null), out var entry)) entry.IsInvalid = true;
    }

    private async Task<PresentationView?> ReadIntoAsync(TitleKey key, Entry entry)
    {
        // Before the first reading, so that a change during it makes the view invalid again.
        entry.IsInvalid = false;
        var at = time.GetTimestamp();
        var view = await reader.ReadAsync(key.AssetId, key.Retired, entry.View, CancellationToken.None);
        entry.View = view;
        Volatile.Write(ref entry.ReadAt, at);
        if (view is null) _entries.TryRemove(new(key, entry));
        else MakeRoom();
        return view;
    }

    private void MakeRoom()
    {
        if (_entries.Count <= options.Value.TitlesInMemory) return;
        // Of one moment: what sorts the dictionary itself finds holes where others remove from it meanwhile.
        var spare = _entries.ToArray().OrderBy(e => Volatile.Read(ref e.Value.UsedAt)).Take(1 + (options.Value.TitlesInMemory / 10)).ToList();
        foreach (var entry in spare) _entries.TryRemove(entry);
    }

    private async Task LogFaultAsync(string assetId, Task reading)
    {
        await reading.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (reading.Exception is not { } fault) return;
        log.LogWarning(fault, "Asset {AssetId} could not be read again; its last state is served", assetId);
    }

    /// <param name="AssetId">The title.</param>
    /// <param name="Retired">Which of the encodings that are not current any more; null for the current one.</param>
    private readonly record struct TitleKey(string AssetId, string? Retired);

    private sealed class Entry
    {
        public volatile PresentationView? View;
        public volatile bool IsInvalid;
        public long ReadAt;
        public long UsedAt;
        public Task<PresentationView?>? Reading;
    }
}
