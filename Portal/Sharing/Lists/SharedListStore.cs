using System.Security.Cryptography;
using FlickStream.Platform.Documents;
using FlickStream.Portal.Profiles;
using FlickStream.Portal.Sharing.Lists.Reports;

namespace FlickStream.Portal.Sharing.Lists;

internal sealed class SharedListStore(IDocuments documents, ListReportStore reports, TimeProvider time)
{
    private readonly IDocumentSet<SharedList> _lists = documents.Set(SharedList.Schema);

    /// <summary>Null where nothing is shared under it, or not any more.</summary>
    public async Task<SharedList?> GetAsync(string slug, CancellationToken cancellationToken) =>
        await FindForModeratorAsync(slug, cancellationToken) is { TakenBackAt: null } list ? list : null;

    /// <summary>The same, and what was taken back while it waited for a moderator.</summary>
    public async Task<SharedList?> FindForModeratorAsync(string slug, CancellationToken cancellationToken) => (await _lists.GetAsync(slug, cancellationToken))?.Value;

    /// <param name="profileId">Whose.</param>
    /// <param name="listId">Which; null: the watchlist.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<Stored<SharedList>?> FindAsync(string profileId, string? listId, CancellationToken cancellationToken) =>
        (await _lists.QueryAsync(Of(profileId, listId), cancellationToken)).Items is [var found] ? found : null;

    /// <summary>One that is shared keeps its link under another name.</summary>
    public async Task<Stored<SharedList>> ShareAsync(Profile profile, string? listId, string name, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (await FindAsync(profile.Id, listId, cancellationToken) is { } known)
            {
                if (await _lists.UpdateAsync(known.Id, list => list with { Name = name }, cancellationToken) is { } renamed) return renamed;
                continue;
            }

            var shared = new SharedList { AccountId = profile.AccountId, ProfileId = profile.Id, ListId = listId, Name = name, Since = time.GetUtcNow() };
            if (await _lists.InsertAsync(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)), shared, cancellationToken) is { } made) return made;
        }
    }

    /// <summary>By a moderator: the link is gone, and so is another under which its owner shares the list by now.</summary>
    public async Task RemoveAsync(string slug, SharedList list, CancellationToken cancellationToken)
    {
        while (await FindAsync(list.ProfileId, list.ListId, cancellationToken) is { } shared) await DeleteAsync(shared.Id, cancellationToken);
        await DeleteAsync(slug, cancellationToken);
    }

    /// <summary>By its owner.</summary>
    public async Task TakeBackAsync(string profileId, string? listId, CancellationToken cancellationToken)
    {
        while (await FindAsync(profileId, listId, cancellationToken) is { } shared)
        {
            if (shared.Value.ReportedSince is not null)
                await _lists.ReplaceAsync(shared.Id, shared.Version, shared.Value with { TakenBackAt = time.GetUtcNow() }, cancellationToken);
            else if (await _lists.DeleteAsync(shared.Id, shared.Version, cancellationToken))
                await reports.DeleteOfListAsync(shared.Id, cancellationToken);
        }
    }

    /// <summary>Those that wait for a moderator, for longest first.</summary>
    /// <param name="limit">1..1000.</param>
    /// <param name="after">The next of the page before.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public Task<DocumentPage<SharedList>> ReportedAsync(int limit, string? after, CancellationToken cancellationToken) => _lists.QueryAsync(
        new() { Filters = [DocumentFilter.AtMost("reported", time.GetUtcNow())], Sort = [new("reported")], Limit = limit, After = after }, cancellationToken);

    /// <summary>A moderator has decided about its reports.</summary>
    /// <param name="slug">Of it.</param>
    /// <param name="until">The latest of these.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>As it then is; null where it is gone.</returns>
    public async Task<SharedList?> SettleAsync(string slug, DateTimeOffset until, CancellationToken cancellationToken)
    {
        if (await _lists.UpdateAsync(slug, list => list.SettledUntil >= until ? null : list with { SettledUntil = until, ReportedSince = null }, cancellationToken) is null)
            return null;
        var settled = await reports.CountAsync(slug, cancellationToken);
        // Nothing is left to be decided about, and its link opens nothing.
        if (settled is { TakenBackAt: not null, ReportedSince: null }) await DeleteAsync(slug, cancellationToken);
        return settled;
    }

    /// <param name="field">account or profile.</param>
    /// <param name="id">Of it.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task TakeAllBackAsync(string field, string id, CancellationToken cancellationToken)
    {
        var all = new DocumentQuery { Filters = [DocumentFilter.Equal(field, id)], Limit = 500 };
        foreach (var list in await _lists.QueryAllAsync(all, cancellationToken).ToListAsync(cancellationToken)) await DeleteAsync(list.Id, cancellationToken);
    }

    public IAsyncEnumerable<Stored<SharedList>> OfAccountAsync(string accountId, CancellationToken cancellationToken) =>
        _lists.QueryAllAsync(new() { Filters = [DocumentFilter.Equal("account", accountId)] }, cancellationToken);

    private async Task DeleteAsync(string slug, CancellationToken cancellationToken)
    {
        await _lists.DeleteAsync(slug, null, cancellationToken);
        await reports.DeleteOfListAsync(slug, cancellationToken);
    }

    private static DocumentQuery Of(string profileId, string? listId) =>
        new() { Filters = [DocumentFilter.Equal("profile", profileId), DocumentFilter.Equal("list", listId ?? "")], Limit = 1 };
}
