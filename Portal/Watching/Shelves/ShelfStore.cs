using FlickStream.Platform.Documents;
using FlickStream.Portal.Catalog.Titles;
using FlickStream.Portal.Profiles;
using FlickStream.Portal.Watching.Playing;
using FlickStream.Portal.Watching.Plays;
using Microsoft.Extensions.Options;

namespace FlickStream.Portal.Watching.Shelves;

/// <summary>Brings what was played to where profiles find it again: when a play is over, and before somebody looks, so that heartbeats need not.</summary>
internal sealed class ShelfStore(IDocuments documents, PlayStore plays, ContinuePages pages, IOptions<WatchingOptions> options)
{
    private readonly IDocumentSet<Progress> _progress = documents.Set(Progress.Schema);
    private readonly IDocumentSet<ShelfEntry> _shelves = documents.Set(ShelfEntry.Schema);
    private readonly WatchedTitles _watched = new(documents);

    /// <summary>What the profile plays, as far as it is told. To be called before its progress is read.</summary>
    public async Task CatchUpAsync(string profileId, CancellationToken cancellationToken)
    {
        foreach (var play in await plays.OpenAsync(profileId, cancellationToken)) await KeepAsync(play, cancellationToken);
    }

    /// <summary>Of several plays of one title the one that moved last holds: a page that stands open and still takes nobody's place back. One that
    /// never moved changes nothing.</summary>
    public Task KeepAsync(Play play, CancellationToken cancellationToken) => KeepAsync(play, isLast: false, cancellationToken);

    /// <summary>Keeps a play and ends it. In this order: one that a process left in between is still open, so that the next look or the sweep finds it.</summary>
    public async Task EndAsync(Play play, CancellationToken cancellationToken)
    {
        for (var known = play; known is { IsOver: false }; known = await plays.CloseAsync(known, cancellationToken))
            await KeepAsync(known, isLast: true, cancellationToken);
    }

    // Of the last word it is looked whether all followed: a process may have been killed after it had kept one before.
    private async Task KeepAsync(Play play, bool isLast, CancellationToken cancellationToken)
    {
        if (play.MovedAt is null) return;
        var (progress, wasWatched) = (Progress.Of(play), false);
        var isNew = await PutAsync(_progress, Progress.IdOf(play.ProfileId, play.TitleId), progress, Over, cancellationToken);
        if (play.Kind == Kinds.Extra) return;
        if (wasWatched && isLast) await _watched.CatchUpAsync(play.ProfileId, play.WorkId, cancellationToken);
        else if (progress.HasBeenWatched && !wasWatched) await _watched.FollowAsync(play.ProfileId, play.WorkId, cancellationToken);
        var entry = ShelfEntry.Of(play, options.Value.ContinuedFrom);
        isNew |= await PutAsync(
            _shelves, Progress.IdOf(play.ProfileId, play.WorkId), entry, known => known.Last.WatchedAt < entry.Last.WatchedAt ? entry : null, cancellationToken);
        if (isNew) await pages.DropAsync(play.ProfileId);

        Progress? Over(Progress known)
        {
            wasWatched = known.HasBeenWatched;
            return known.WatchedAt < progress.WatchedAt ? progress with { WasWatched = progress.WasWatched || wasWatched } : null;
        }
    }

    /// <summary>The movies and series that a profile ever watched more of than a look, in one reading.</summary>
    public Task<IReadOnlyList<string>> WatchedAsync(Profile profile, CancellationToken cancellationToken) => _watched.ReadAsync(profile, cancellationToken);

    public async Task<Progress?> FindAsync(string profileId, string titleId, CancellationToken cancellationToken) =>
        (await _progress.GetAsync(Progress.IdOf(profileId, titleId), cancellationToken))?.Value;

    /// <summary>By title, of those that the profile watched.</summary>
    /// <param name="profileId">Whose.</param>
    /// <param name="titleIds">At most 1000.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<IReadOnlyDictionary<string, Progress>> FindAsync(string profileId, IReadOnlyCollection<string> titleIds, CancellationToken cancellationToken)
    {
        if (titleIds.Count == 0) return new Dictionary<string, Progress>();
        var found = await _progress.GetManyAsync([.. titleIds.Select(titleId => Progress.IdOf(profileId, titleId))], cancellationToken);
        return found.Values.ToDictionary(progress => progress.Value.TitleId, progress => progress.Value, StringComparer.Ordinal);
    }

    /// <summary>The movie or series of a profile; null when it never watched it.</summary>
    public async Task<ShelfEntry?> FindWorkAsync(string profileId, string workId, CancellationToken cancellationToken) =>
        (await _shelves.GetAsync(Progress.IdOf(profileId, workId), cancellationToken))?.Value;

    /// <summary>Whether a profile watched a title, or of a series an episode, as far as this or to its half.</summary>
    public async Task<bool> HasWatchedAsync(string profileId, SeenTitle title, TimeSpan from, CancellationToken cancellationToken)
    {
        await CatchUpAsync(profileId, cancellationToken);
        if (title.Row.Kind != Kinds.Series) return await FindAsync(profileId, title.Row.Id, cancellationToken) is { } progress && progress.HasReached(from);
        var episodes = new DocumentQuery { Filters = [DocumentFilter.Equal("profile", profileId), DocumentFilter.Equal("work", title.Row.Id)] };
        return await _progress.QueryAllAsync(episodes, cancellationToken).AnyAsync(episode => episode.Value.HasReached(from), cancellationToken);
    }

    /// <summary>What was watched, the latest first.</summary>
    /// <param name="profileId">Whose.</param>
    /// <param name="limit">1..1000.</param>
    /// <param name="after">The next of the page before.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public Task<DocumentPage<Progress>> HistoryAsync(string profileId, int limit, string? after, CancellationToken cancellationToken) => _progress.QueryAsync(
        new() { Filters = [DocumentFilter.Equal("profile", profileId)], Sort = [new("watched", Descending: true)], Limit = limit, After = after },
        cancellationToken);

    /// <summary>What may be continued, the latest first.</summary>
    public Task<DocumentPage<ShelfEntry>> WaitingAsync(string profileId, int limit, string? after, CancellationToken cancellationToken) => _shelves.QueryAsync(
        new()
        {
            Filters = [DocumentFilter.Equal("profile", profileId), DocumentFilter.AtLeast("waiting", DateTimeOffset.UnixEpoch)],
            Sort = [new("waiting", Descending: true)], Limit = limit, After = after,
        },
        cancellationToken);

    /// <summary>Takes a movie or a series off the list of what is continued, until it is watched again. Its entry stays, or a play that nobody closed
    /// would bring it back.</summary>
    /// <returns>False when it is not on the list.</returns>
    public async Task<bool> PutAwayAsync(string profileId, string workId, CancellationToken cancellationToken)
    {
        await CatchUpAsync(profileId, cancellationToken);
        if (await FindWorkAsync(profileId, workId, cancellationToken) is not { IsWaiting: true }) return false;
        await _shelves.UpdateAsync(Progress.IdOf(profileId, workId), entry => entry with { IsWaiting = false }, cancellationToken);
        await pages.DropAsync(profileId);
        return true;
    }

    /// <summary>Forgets that a profile watched a title; its plays go too, or the next one to look would find it again.</summary>
    public async Task ForgetAsync(string profileId, string titleId, CancellationToken cancellationToken)
    {
        await plays.DeleteAsync(new() { Filters = [DocumentFilter.Equal("profile", profileId), DocumentFilter.Equal("title", titleId)] }, cancellationToken);
        if (await FindAsync(profileId, titleId, cancellationToken) is not { } progress) return;
        var entry = Progress.IdOf(profileId, progress.WorkId);
        if (await _shelves.GetAsync(entry, cancellationToken) is { } kept && kept.Value.Last.TitleId == titleId)
            await _shelves.DeleteAsync(entry, kept.Version, cancellationToken);
        await _progress.DeleteAsync(Progress.IdOf(profileId, titleId), null, cancellationToken);
        await _watched.FollowAsync(profileId, progress.WorkId, cancellationToken);
        await pages.DropAsync(profileId);
    }

    /// <summary>Forgets all that an account or a profile watched.</summary>
    /// <param name="field">account or profile.</param>
    /// <param name="id">Of it.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task ForgetAllAsync(string field, string id, CancellationToken cancellationToken)
    {
        var all = new DocumentQuery { Filters = [DocumentFilter.Equal(field, id)], Limit = 500 };
        await plays.DeleteAsync(all, cancellationToken);
        await _progress.DeleteAllAsync(all, cancellationToken);
        await _shelves.DeleteAllAsync(all, cancellationToken);
        await (field == "profile" ? _watched.DeleteAsync(id, cancellationToken) : _watched.DeleteAllAsync(id, cancellationToken));
        await pages.DropAllAsync();
    }

    public IAsyncEnumerable<Stored<Progress>> OfAccountAsync(string accountId, CancellationToken cancellationToken) =>
        _progress.QueryAllAsync(new() { Filters = [DocumentFilter.Equal("account", accountId)], Limit = 500 }, cancellationToken);

    /// <param name="over">What takes the place of what is known; null where that is newer.</param>
    /// <returns>Whether it was newer than what was known.</returns>
    private static async Task<bool> PutAsync<T>(IDocumentSet<T> set, string id, T value, Func<T, T?> over, CancellationToken cancellationToken)
        where T : class
    {
        var isNewer = false;
        while (await set.UpdateAsync(id, known => Noted(over(known)), cancellationToken) is null)
            if (await set.InsertAsync(id, value, cancellationToken) is not null) return true;
        return isNewer;

        T? Noted(T? next)
        {
            isNewer = next is not null;
            return next;
        }
    }
}
