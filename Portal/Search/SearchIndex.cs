using FlickStream.Portal.Catalog.Browsing;
using FlickStream.Portal.Catalog.Titles;
using FlickStream.Portal.Search.Terms;

namespace FlickStream.Portal.Search;

/// <summary>
/// Follows the catalog: what <see cref="CatalogIndex"/> shows is what is found, with the names of people and the synopses that it leaves out. All of it
/// is in memory and made of documents at the start. Whoever searches first after a change waits for what changed to be read, unless that is much: then
/// what was there before, and is shown still, is found by its former words until the new is there as a whole.
/// </summary>
internal sealed class SearchIndex(CatalogIndex catalog, TitleStore titles, PeopleNames names, TimeProvider time, ILogger<SearchIndex> log) : IDisposable
{
    // Beyond both, all titles are read at once, which is cheaper.
    private const int MostSingleReads = 500;
    private const int ShareOfMany = 10;

    // All titles are read each time; doubled with each more that fails.
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1), LongestPause = TimeSpan.FromMinutes(1);

    private readonly SearchEngine _engine = new();
    private readonly SemaphoreSlim _gate = new(1);
    private readonly Lock _lock = new();
    private SearchState? _state;
    private Task? _remaking;
    private TimeSpan _pause;
    private DateTimeOffset _pausedUntil;

    /// <summary>As it is now; to be disposed of.</summary>
    public async ValueTask<SearchState> TakeAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var snapshot = await catalog.NowAsync(cancellationToken);
            var state = Volatile.Read(ref _state);
            if (state is null || state.Indexed != snapshot || names.HasRenamed)
            {
                var remaking = Remaking(state, snapshot);
                if (remaking is null) state = await FollowAsync(cancellationToken);
                else if (state is not null) state = Shown(state, snapshot);
                else await remaking.WaitAsync(cancellationToken);
            }

            if (state?.Terms.TryKeep() == true) return state;
        }
    }

    /// <summary>Until all that has changed is found.</summary>
    public async Task CatchUpAsync(CancellationToken cancellationToken)
    {
        // To its end, as a process that stops is not to take away what it writes to.
        if (Remaking(Volatile.Read(ref _state), await catalog.NowAsync(cancellationToken)) is { } remaking) await remaking;
        await FollowAsync(cancellationToken);
    }

    /// <summary>Reads who has another name since the last time.</summary>
    public async Task RefreshPeopleAsync(CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            await names.RefreshAsync(cancellationToken);
        }
        finally
        {
            _gate.Release();
        }
    }

    public void Dispose()
    {
        _state?.Dispose();
        _engine.Dispose();
        _gate.Dispose();
    }

    // While the words of so much are read, what was withdrawn is to be gone all the same.
    private SearchState Shown(SearchState state, CatalogSnapshot snapshot)
    {
        if (state.Snapshot == snapshot) return state;
        var next = state.Of(snapshot);
        // Another one has done it, or all is there meanwhile.
        return Interlocked.CompareExchange(ref _state, next, state) is var now && now == state ? next : now!;
    }

    // That runs, begins now, or failed so lately that the next is to wait; null where little has changed.
    private Task? Remaking(SearchState? state, CatalogSnapshot snapshot)
    {
        lock (_lock)
        {
            if (_remaking is { IsCompleted: false } || (_remaking is { IsFaulted: true } && time.GetUtcNow() < _pausedUntil)) return _remaking;
            if (state is not null && !IsMuch(Differing(state.Indexed, snapshot).Count(), snapshot)) return null;
            return _remaking = Task.Run(RemakeAsync);
        }
    }

    private async Task RemakeAsync()
    {
        try
        {
            await FollowAsync(CancellationToken.None);
            _pause = TimeSpan.Zero;
        }
        catch (Exception fault)
        {
            _pause = _pause == TimeSpan.Zero ? FirstPause : _pause * 2 < LongestPause ? _pause * 2 : LongestPause;
            _pausedUntil = time.GetUtcNow() + _pause;
            log.LogError(fault, "The search index could not be made anew; what it had before is found, and the next begins after {Pause}.", _pause);
            throw;
        }
    }

    private async Task<SearchState> FollowAsync(CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            // Another one may have done it meanwhile; and what is done here is done for all.
            var (before, snapshot, renamed) = (Volatile.Read(ref _state), await catalog.NowAsync(cancellationToken), names.Renamed());
            if (before?.Indexed == snapshot && renamed.Length == 0) return before;
            await PutAsync(snapshot, Changed(before?.Indexed ?? CatalogSnapshot.Empty, snapshot, renamed));
            var next = _engine.Publish(snapshot, before);
            Interlocked.Exchange(ref _state, next)?.Dispose();
            // Not before: what failed is tried again.
            names.Forget(renamed.Length);
            return next;
        }
        finally
        {
            _gate.Release();
        }
    }

    private HashSet<string> Changed(CatalogSnapshot before, CatalogSnapshot snapshot, string[] renamed)
    {
        var changed = renamed.SelectMany(person => snapshot.With(Facet.Person, person)).Select(row => snapshot[row]!.Id).ToHashSet(StringComparer.Ordinal);
        foreach (var row in Differing(before, snapshot))
            if (snapshot[row] is { } title) changed.Add(title.Id);
            else _engine.Remove(row);
        return changed;
    }

    // Popularity moves more often than words do.
    private static IEnumerable<int> Differing(CatalogSnapshot before, CatalogSnapshot snapshot) =>
        Enumerable.Range(0, snapshot.Rows).Where(row => (row < before.Rows ? before[row] : null)?.Revision != snapshot[row]?.Revision);

    private static bool IsMuch(int changed, CatalogSnapshot snapshot) => changed > Math.Max(MostSingleReads, snapshot.Rows / ShareOfMany);

    private async Task PutAsync(CatalogSnapshot snapshot, HashSet<string> changed)
    {
        await names.LearnAsync(changed.SelectMany(id => snapshot[snapshot.Find(id)!.Value]!.People));
        var areMany = IsMuch(changed.Count, snapshot);
        await Parallel.ForEachAsync(areMany ? EveryAsync() : EachAsync(), (title, _) =>
        {
            if (snapshot.Find(title.Id) is { } row)
                _engine.Put(row, TitleTerms.Of(title.Content, title.Content.People!.Select(credit => credit.PersonId!).Distinct().Select(names.Find).OfType<KnownName>().Select(person => person.Name)));
            return ValueTask.CompletedTask;
        });
        if (areMany) _engine.Compact();

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
}
