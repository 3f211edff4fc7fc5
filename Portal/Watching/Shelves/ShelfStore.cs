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
        foreach (var play in await plays.OpenAsync(profileId, cancellationToken))
            if (await KeepAsync(play, isLast: false, cancellationToken) && await plays.GetAsync(play.Id, cancellationToken) is null)
                await TakeBackAsync(play, cancellationToken);
    }

    /// <summary>Of several plays of one title the one that moved last holds: a page that stands open and still takes nobody's place back. One that
    /// never moved changes nothing.</summary>
    public Task KeepAsync(Play play, CancellationToken cancellationToken) => KeepAsync(play, isLast: false, cancellationToken);

    /// <summary>Keeps a play and ends it. In this order: one that a process left in between is still open, so that the next look or the sweep finds it.</summary>
    public async Task EndAsync(Play play, CancellationToken cancellationToken)
    {
        for (var known = play; !known.IsOver;)
        {
            await KeepAsync(known, isLast: true, cancellationToken);
            if (await plays.CloseAsync(known, cancellationToken) is not { } next)
            {
                await TakeBackAsync(known, cancellationToken);
                return;
            }

            known = next;
        }
    }

    // Of the last word it is looked whether all followed: a process may have been killed after it had kept one before.
    private async Task<bool> KeepAsync(Play play, bool isLast, CancellationToken cancellationToken)
    {
        if (play.MovedAt is null) return false;
        var (progress, wasWatched) = (Progress.Of(play), false);
        var isNew = await PutAsync(_progress, Progress.IdOf(play.ProfileId, play.TitleId), progress, Over, cancellationToken);
        if (play.Kind == Kinds.Extra) return isNew;
        if (wasWatched && isLast) await _watched.CatchUpAsync(play.ProfileId, play.WorkId, cancellationToken);
        else if (progress.HasBeenWatched && !wasWatched) await _watched.FollowAsync(play.ProfileId, play.WorkId, cancellationToken);
        var entry = ShelfEntry.Of(play, options.Value.ContinuedFrom);
        isNew |= await PutAsync(
            _shelves, Progress.IdOf(play.ProfileId, play.WorkId), entry, known => known.Last.WatchedAt < entry.Last.WatchedAt ? entry : null, cancellationToken);
        if (isNew) await pages.DropAsync(play.ProfileId);
        return isNew;

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
    public async Task ForgetAsync(Profile profile, string titleId, CancellationToken cancellationToken)
    {
        await plays.DeleteAsync(PlayQueries.OfTitle(profile.AccountId, profile.Id, titleId), cancellationToken);
        if (await FindAsync(profile.Id, titleId, cancellationToken) is { } progress) await TakeOutAsync(progress, cancellationToken);
    }

    /// <summary>For a play that was deleted while it was kept: whoever deleted it may have looked for what is kept before it was.</summary>
    private async Task TakeBackAsync(Play play, CancellationToken cancellationToken)
    {
        // What is newer is of another play.
        if (await FindAsync(play.ProfileId, play.TitleId, cancellationToken) is { } known && known.WatchedAt > play.MovedAt) return;
        await TakeOutAsync(Progress.Of(play), cancellationToken);
    }

    /// <summary>The progress last: by it whoever asks again finds what a process that was killed left undone.</summary>
    private async Task TakeOutAsync(Progress progress, CancellationToken cancellationToken)
    {
        await StepBackAsync(progress, cancellationToken);
        await _progress.DeleteAsync(Progress.IdOf(progress.ProfileId, progress.TitleId), null, cancellationToken);
        await _watched.FollowAsync(progress.ProfileId, progress.WorkId, cancellationToken);
        await pages.DropAsync(progress.ProfileId);
    }

    /// <summary>Where a title was what was watched last of its movie or series, what was before it is.</summary>
    private async Task StepBackAsync(Progress from, CancellationToken cancellationToken)
    {
        var (id, isChanged) = (Progress.IdOf(from.ProfileId, from.WorkId), false);
        while (await _shelves.GetAsync(id, cancellationToken) is { } kept && kept.Value.Last.TitleId == from.TitleId)
        {
            isChanged |= await BeforeAsync() is { } before
                ? await _shelves.ReplaceAsync(id, kept.Version, kept.Value with { Last = before }, cancellationToken) is not null
                : await _shelves.DeleteAsync(id, kept.Version, cancellationToken);
        }

        // Another episode that was kept meanwhile may not have been in what was read, and was compared with the entry as it was.
        if (!isChanged || await BeforeAsync() is not { } last) return;
        var entry = new ShelfEntry { AccountId = last.AccountId, ProfileId = last.ProfileId, WorkId = last.WorkId, Last = last, IsWaiting = true };
        await PutAsync(_shelves, id, entry, known => known.Last.WatchedAt < last.WatchedAt ? entry : null, cancellationToken);

        async Task<Progress?> BeforeAsync()
        {
            var page = await _progress.QueryAsync(
                new()
                {
                    Filters = [DocumentFilter.Equal("profile", from.ProfileId), DocumentFilter.Equal("work", from.WorkId)],
                    Sort = [new("watched", Descending: true)], Limit = 2,
                },
                cancellationToken);
            return page.Items.Select(item => item.Value).FirstOrDefault(progress => progress.TitleId != from.TitleId);
        }
    }

    /// <summary>Forgets all that an account or a profile watched.</summary>
    /// <param name="accountId">Of it.</param>
    /// <param name="profileId">One of its profiles; null: all.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task ForgetAllAsync(string accountId, string? profileId, CancellationToken cancellationToken)
    {
        await plays.DeleteAsync(profileId is null ? PlayQueries.OfAccount(accountId) : PlayQueries.OfProfile(accountId, profileId), cancellationToken);
        var all = new DocumentQuery { Filters = [profileId is null ? DocumentFilter.Equal("account", accountId) : DocumentFilter.Equal("profile", profileId)], Limit = 500 };
        await _progress.DeleteAllAsync(all, cancellationToken);
        await _shelves.DeleteAllAsync(all, cancellationToken);
        await (profileId is null ? _watched.DeleteAllAsync(accountId, cancellationToken) : _watched.DeleteAsync(profileId, cancellationToken));
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
