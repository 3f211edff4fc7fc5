using FlickStream.Platform.Bus;
using FlickStream.Platform.Documents;
using FlickStream.Portal.Catalog.Titles;
using Microsoft.Extensions.Options;

namespace FlickStream.Portal.Catalog.Browsing;

/// <summary>
/// What is published, in memory: no engine answers "these genres in that language, how many of each country, by popularity" from the index of
/// a document. Synopses and what editors alone see stay out of it. The documents stay the truth: what this process writes is here at once,
/// what others write when the bus tells of it, and at the latest after <see cref="CatalogOptions.Freshness"/>.
/// </summary>
internal sealed class CatalogIndex(
    IDocuments documents, IBus bus, TimeProvider time, IOptions<CatalogOptions> options, ILogger<CatalogIndex> log) : BackgroundService
{
    /// <summary>The message is the id of a title that was written, or <see cref="People"/>.</summary>
    public const string Topic = "title.changed";

    /// <summary>Somebody has another name, which pages tell.</summary>
    public const string People = "people";

    // How far clocks of processes may differ, and how long a write may take.
    private static readonly TimeSpan Overlap = TimeSpan.FromMinutes(2);

    private readonly IDocumentSet<Title> _titles = documents.Set(Title.Schema);
    private readonly Lock _lock = new();
    private readonly Dictionary<string, long> _versions = new(StringComparer.Ordinal);
    private Dictionary<string, (long Version, CatalogRow? Row)> _noted = new(StringComparer.Ordinal);
    private bool _isBehind;
    private CatalogSnapshot _snapshot = CatalogSnapshot.Empty;
    private DateTimeOffset _readUntil = DateTimeOffset.UnixEpoch;
    private Task? _loaded;

    public async ValueTask<CatalogSnapshot> NowAsync(CancellationToken cancellationToken)
    {
        if (Volatile.Read(ref _loaded) is not { IsCompletedSuccessfully: true }) await LoadedAsync().WaitAsync(cancellationToken);
        return Volatile.Read(ref _isBehind) ? Apply() : Volatile.Read(ref _snapshot);
    }

    /// <summary>A title as it was written or read; an older state of it changes nothing.</summary>
    public void Note(Stored<Title> stored)
    {
        lock (_lock)
        {
            // Most of what is read is known.
            if (_versions.GetValueOrDefault(stored.Id) >= stored.Version) return;
            if (_noted.TryGetValue(stored.Id, out var known) && known.Version >= stored.Version) return;
            _noted[stored.Id] = (stored.Version, CatalogRow.Of(stored.Value));
            Volatile.Write(ref _isBehind, true);
        }
    }

    /// <summary>Makes each page anew when it is next asked for.</summary>
    public void DropPages()
    {
        lock (_lock) Volatile.Write(ref _snapshot, _snapshot.With(new Dictionary<string, CatalogRow?>()));
    }

    /// <summary>Reads what was written since the last time.</summary>
    public async Task RefreshAsync(CancellationToken cancellationToken)
    {
        var began = time.GetUtcNow();
        var changed = new DocumentQuery
        {
            Filters = [DocumentFilter.AtLeast("changed", _readUntil - Overlap)], Sort = [new("changed")], Limit = 1000,
        };
        await foreach (var title in _titles.QueryAllAsync(changed, cancellationToken)) Note(title);
        _readUntil = began;
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(ListenAsync(stoppingToken), RepeatAsync(stoppingToken));

    private async Task ListenAsync(CancellationToken stoppingToken)
    {
        await using var bell = await bus.SubscribeAsync(Topic, stoppingToken);
        await foreach (var id in bell.ReadAllAsync(stoppingToken))
        {
            if (id == People) DropPages();
            else await GuardAsync(async () => { if (await _titles.GetAsync(id, stoppingToken) is { } title) Note(title); }, stoppingToken);
        }
    }

    private async Task RepeatAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.Freshness, time);
        do await GuardAsync(async () => { await LoadedAsync(); await RefreshAsync(stoppingToken); }, stoppingToken);
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task GuardAsync(Func<Task> work, CancellationToken stoppingToken)
    {
        try
        {
            await work();
        }
        catch (Exception fault) when (!stoppingToken.IsCancellationRequested)
        {
            // The next round reads it; ending here would leave this process behind until a restart.
            log.LogError(fault, "Changes of titles could not be read.");
        }
    }

    // Loaded once; a load that failed is tried again by the next call.
    private Task LoadedAsync()
    {
        lock (_lock)
        {
            if (_loaded is null or { IsFaulted: true } or { IsCanceled: true }) _loaded = Task.Run(LoadAsync);
            return _loaded;
        }
    }

    private async Task LoadAsync()
    {
        await RefreshAsync(CancellationToken.None);
        Apply();
    }

    private CatalogSnapshot Apply()
    {
        lock (_lock)
        {
            var changes = new Dictionary<string, CatalogRow?>(StringComparer.Ordinal);
            foreach (var (id, noted) in _noted)
            {
                _versions[id] = noted.Version;
                if (noted.Row is not null || _snapshot.Find(id) is not null) changes[id] = noted.Row;
            }

            // Another one: that of a first load stays as large as it was, and is walked through each time.
            _noted = new(StringComparer.Ordinal);
            if (changes.Count > 0) Volatile.Write(ref _snapshot, _snapshot.With(changes));
            Volatile.Write(ref _isBehind, false);
            return _snapshot;
        }
    }
}
