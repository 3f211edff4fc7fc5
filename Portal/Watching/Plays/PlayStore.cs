using System.Collections.Concurrent;
using FlickStream.Platform.Documents;
using Microsoft.Extensions.Options;

namespace FlickStream.Portal.Watching.Plays;

/// <summary>
/// What is played. A heartbeat costs one write of one document, and one reading where another process kept the one before: this one remembers
/// what it wrote.
/// </summary>
internal sealed class PlayStore(IDocuments documents, IOptions<WatchingOptions> options, TimeProvider time)
{
    // Of 600 bytes each.
    private const int MostRemembered = 50_000;

    private readonly IDocumentSet<Play> _plays = documents.Set(Play.Schema);
    private readonly ConcurrentDictionary<string, Stored<Play>> _remembered = new(StringComparer.Ordinal);

    // Counted here: of a collection that many threads use, the count takes as long as all else that a heartbeat does in memory.
    private int _count;

    public async Task AddAsync(Play play, CancellationToken cancellationToken)
    {
        if (await _plays.InsertAsync(play.Id, play, cancellationToken) is { } added) Remember(added);
    }

    public async Task<Play?> GetAsync(string id, CancellationToken cancellationToken) => (await _plays.GetAsync(id, cancellationToken))?.Value;

    /// <summary>The play as it stands after the heartbeat; null when there is none any more: what somebody deleted does not come back.</summary>
    /// <param name="id">Of the play.</param>
    /// <param name="beat">What its player says.</param>
    /// <param name="isHeld">Whether the stream has its place: without, a play that counted as over does not wake.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<Play?> BeatAsync(string id, Beat beat, bool isHeld, CancellationToken cancellationToken)
    {
        var known = _remembered.GetValueOrDefault(id) ?? await _plays.GetAsync(id, cancellationToken);
        while (known is not null)
        {
            if (known.Value.IsOver && !isHeld) return known.Value;
            if (PlaySteps.Next(known.Value, beat, time.GetUtcNow(), options.Value.SilentAfter / 3) is not { } next) return known.Value;
            if (await _plays.ReplaceAsync(id, known.Version, next, cancellationToken) is { } written)
            {
                Remember(written);
                return written.Value;
            }

            known = await _plays.GetAsync(id, cancellationToken);
        }

        Forget(id);
        return null;
    }

    /// <summary>Ends one that is not over yet and did not move on since; the play as it then stands.</summary>
    /// <param name="kept">All of what it tells has been kept.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<Play?> CloseAsync(Play kept, CancellationToken cancellationToken)
    {
        Forget(kept.Id);
        return (await _plays.UpdateAsync(
            kept.Id, play => play.IsOver || play.MovedAt != kept.MovedAt ? null : play with { ClosedAt = play.ClosedAt ?? time.GetUtcNow(), IsAwake = false },
            cancellationToken))?.Value;
    }

    /// <summary>What a profile plays at this moment, or did not end.</summary>
    public async Task<IReadOnlyList<Play>> OpenAsync(string profileId, CancellationToken cancellationToken)
    {
        var page = await _plays.QueryAsync(PlayQueries.Open(profileId), cancellationToken);
        return [.. page.Items.Select(item => item.Value)];
    }

    /// <summary>Those that no player told of since.</summary>
    public IAsyncEnumerable<Stored<Play>> SilentAsync(DateTimeOffset since, CancellationToken cancellationToken) =>
        _plays.QueryAllAsync(PlayQueries.Silent(since), cancellationToken).Where(play => play.Value.SeenAt <= since);

    /// <summary>Those that were known to be over after <paramref name="after"/> and not later than <paramref name="until"/>.</summary>
    public IAsyncEnumerable<Stored<Play>> ClosedAsync(DateTimeOffset after, DateTimeOffset until, CancellationToken cancellationToken) =>
        _plays.QueryAllAsync(PlayQueries.Closed(after, until), cancellationToken);

    /// <summary>What a profile began last, the latest first.</summary>
    /// <param name="accountId">Of the profile.</param>
    /// <param name="profileId">Of it.</param>
    /// <param name="most">1..1000.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<IReadOnlyList<Play>> LatestAsync(string accountId, string profileId, int most, CancellationToken cancellationToken)
    {
        var page = await _plays.QueryAsync(PlayQueries.Latest(accountId, profileId, most), cancellationToken);
        return [.. page.Items.Select(item => item.Value)];
    }

    /// <summary>What a profile began from <paramref name="from"/> to before <paramref name="until"/>.</summary>
    public IAsyncEnumerable<Stored<Play>> StartedAsync(
        string accountId, string profileId, DateTimeOffset from, DateTimeOffset until, CancellationToken cancellationToken) =>
        _plays.QueryAllAsync(PlayQueries.Started(accountId, profileId, from, until), cancellationToken);

    public IAsyncEnumerable<Stored<Play>> OfAccountAsync(string accountId, CancellationToken cancellationToken) =>
        _plays.QueryAllAsync(PlayQueries.OfAccount(accountId), cancellationToken);

    public Task DeleteAsync(DocumentQuery which, CancellationToken cancellationToken) => _plays.DeleteAllAsync(which, cancellationToken);

    private void Remember(Stored<Play> play)
    {
        if (play.Value.IsOver)
        {
            Forget(play.Id);
            return;
        }

        if (!_remembered.TryAdd(play.Id, play)) _remembered[play.Id] = play;
        else if (Interlocked.Increment(ref _count) > MostRemembered)
        {
            _remembered.Clear();
            Volatile.Write(ref _count, 0);
        }
    }

    private void Forget(string id)
    {
        if (_remembered.TryRemove(id, out _)) Interlocked.Decrement(ref _count);
    }
}
