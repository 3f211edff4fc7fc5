using System.Collections.Concurrent;
using FlickStream.Platform.Bus;
using FlickStream.Portal.Catalog;
using FlickStream.Portal.Catalog.Browsing;
using FlickStream.Portal.Catalog.People;
using FlickStream.Portal.Catalog.Titles;
using FlickStream.Portal.Search.Terms;
using Microsoft.Extensions.Options;

namespace FlickStream.Portal.Search;

/// <summary>
/// Follows the catalog: what <see cref="CatalogIndex"/> shows is what is found, with the names of people and the synopses that it leaves out. All of it
/// is in memory and made of documents at the start. Whoever searches first after a change waits for what changed to be read.
/// </summary>
internal sealed class SearchIndex(
    CatalogIndex catalog, TitleStore titles, PersonStore people, IBus bus, TimeProvider time, IOptions<CatalogOptions> options, ILogger<SearchIndex> log)
    : BackgroundService
{
    // Beyond it all titles are read at once, which is cheaper.
    private const int MostSingleReads = 500;

    // How far clocks of processes may differ, and how long a write may take.
    private static readonly TimeSpan Overlap = TimeSpan.FromMinutes(2);

    private readonly SearchEngine _engine = new();
    private readonly SemaphoreSlim _gate = new(1);
    private readonly ConcurrentDictionary<string, string> _names = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<string> _renamed = new();
    private DateTimeOffset _peopleReadUntil = time.GetUtcNow();
    private SearchState? _state;
    private bool _isDisposed;

    /// <summary>As it is now; to be disposed of.</summary>
    public async ValueTask<SearchState> TakeAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var snapshot = await catalog.NowAsync(cancellationToken);
            var state = Volatile.Read(ref _state);
            if (state?.Snapshot != snapshot || !_renamed.IsEmpty) state = await FollowAsync(cancellationToken);
            if (state.Terms.TryKeep()) return state;
        }
    }

    /// <summary>Null for who is named by nothing that was read yet.</summary>
    public string? NameOf(string person) => _names.GetValueOrDefault(person);

    /// <summary>Reads who has another name since the last time.</summary>
    public async Task RefreshPeopleAsync(CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            var began = time.GetUtcNow();
            await foreach (var person in people.ChangedAsync(_peopleReadUntil - Overlap, cancellationToken))
            {
                if (!_names.TryGetValue(person.Id, out var known) || known == person.Name) continue;
                _names[person.Id] = person.Name;
                _renamed.Enqueue(person.Id);
            }

            _peopleReadUntil = began;
        }
        finally
        {
            _gate.Release();
        }
    }

    public override void Dispose()
    {
        base.Dispose();
        // It is two services of the container, which disposes of each.
        if (_isDisposed) return;
        _isDisposed = true;
        _state?.Dispose();
        _engine.Dispose();
        _gate.Dispose();
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(ListenAsync(stoppingToken), RepeatAsync(stoppingToken));

    private async Task ListenAsync(CancellationToken stoppingToken)
    {
        await using var bell = await bus.SubscribeAsync(CatalogIndex.Topic, stoppingToken);
        await foreach (var message in bell.ReadAllAsync(stoppingToken))
            if (message == CatalogIndex.People) await GuardAsync(() => RefreshPeopleAsync(stoppingToken), stoppingToken);
    }

    private async Task RepeatAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.Freshness, time);
        do
        {
            await GuardAsync(
                async () =>
                {
                    await RefreshPeopleAsync(stoppingToken);
                    (await TakeAsync(stoppingToken)).Dispose();
                },
                stoppingToken);
        }
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
            // The next round, or the next search, reads it.
            log.LogError(fault, "Changes could not be taken into the search index.");
        }
    }

    private async Task<SearchState> FollowAsync(CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            // Another one may have done it meanwhile; and what is done here is done for all.
            var (before, snapshot) = (_state, await catalog.NowAsync(cancellationToken));
            if (before?.Snapshot == snapshot && _renamed.IsEmpty) return before;
            var renamed = _renamed.ToArray();
            var changed = Changed(before?.Snapshot ?? CatalogSnapshot.Empty, snapshot, renamed);
            await PutAsync(snapshot, changed);
            var next = _engine.Publish(snapshot);
            Volatile.Write(ref _state, next);
            before?.Dispose();
            // Not before: what failed is tried again.
            for (var i = 0; i < renamed.Length; i++) _renamed.TryDequeue(out _);
            return next;
        }
        finally
        {
            _gate.Release();
        }
    }

    private HashSet<string> Changed(CatalogSnapshot before, CatalogSnapshot snapshot, string[] renamed)
    {
        var changed = new HashSet<string>(StringComparer.Ordinal);
        for (var row = 0; row < snapshot.Rows; row++)
        {
            var (was, now) = (row < before.Rows ? before[row] : null, snapshot[row]);
            // Popularity moves more often than words do.
            if (now is not null && was?.Revision != now.Revision) changed.Add(now.Id);
            else if (now is null && was is not null) _engine.Remove(row);
        }

        changed.UnionWith(renamed.SelectMany(person => snapshot.With(Facet.Person, person)).Select(row => snapshot[row]!.Id));
        return changed;
    }

    private async Task PutAsync(CatalogSnapshot snapshot, HashSet<string> changed)
    {
        await LearnNamesAsync(snapshot, changed);
        var read = changed.Count > MostSingleReads ? EveryAsync() : EachAsync();
        await Parallel.ForEachAsync(read, (title, _) =>
        {
            if (snapshot.Find(title.Id) is { } row)
                _engine.Put(row, TitleTerms.Of(title.Content, title.Content.People!.Select(credit => credit.PersonId!).Distinct().Select(NameOf).OfType<string>()));
            return ValueTask.CompletedTask;
        });

        async IAsyncEnumerable<Title> EveryAsync()
        {
            await foreach (var stored in titles.EveryAsync(CancellationToken.None))
                if (changed.Contains(stored.Id)) yield return stored.Value;
        }

        async IAsyncEnumerable<Title> EachAsync()
        {
            foreach (var id in changed)
                if (await titles.GetAsync(id, CancellationToken.None) is { } title) yield return title;
        }
    }

    private async Task LearnNamesAsync(CatalogSnapshot snapshot, HashSet<string> changed)
    {
        var unknown = changed.SelectMany(id => snapshot[snapshot.Find(id)!.Value]!.People).Where(person => !_names.ContainsKey(person)).Distinct();
        foreach (var some in unknown.Chunk(MostSingleReads))
            foreach (var (id, person) in await people.NamesAsync(some, CancellationToken.None)) _names[id] = person.Name;
    }
}
