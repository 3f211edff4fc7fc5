using FlickStream.Platform.Documents;
using FlickStream.Portal.Profiles;
using Microsoft.Extensions.Options;

namespace FlickStream.Portal.Watching.Watchlists;

internal sealed class WatchlistStore(IDocuments documents, IOptions<WatchingOptions> options, TimeProvider time)
{
    private readonly IDocumentSet<Watchlist> _lists = documents.Set(Watchlist.Schema);

    public async Task<IReadOnlyList<ListedTitle>> ReadAsync(string profileId, CancellationToken cancellationToken) =>
        (await _lists.GetAsync(profileId, cancellationToken))?.Value.Titles ?? [];

    public async Task<bool> HasAsync(string profileId, string titleId, CancellationToken cancellationToken) =>
        (await ReadAsync(profileId, cancellationToken)).Any(listed => listed.TitleId == titleId);

    /// <summary>False when it holds as many as it may. One that is listed keeps its place.</summary>
    public async Task<bool> AddAsync(Profile profile, string titleId, CancellationToken cancellationToken)
    {
        while (true)
        {
            var isFull = false;
            if (await _lists.UpdateAsync(profile.Id, With, cancellationToken) is not null) return !isFull;
            if (await _lists.InsertAsync(profile.Id, With(new Watchlist { AccountId = profile.AccountId })!, cancellationToken) is not null) return true;

            Watchlist? With(Watchlist list)
            {
                var isListed = list.Titles.Any(listed => listed.TitleId == titleId);
                isFull = !isListed && list.Titles.Count >= options.Value.WatchlistSize;
                return isListed || isFull ? null : list with { Titles = [new(titleId, time.GetUtcNow()), .. list.Titles] };
            }
        }
    }

    public Task RemoveAsync(string profileId, string titleId, CancellationToken cancellationToken) => _lists.UpdateAsync(
        profileId,
        list => list.Titles.Any(listed => listed.TitleId == titleId) ? list with { Titles = [.. list.Titles.Where(listed => listed.TitleId != titleId)] } : null,
        cancellationToken);

    public Task DeleteAsync(string profileId, CancellationToken cancellationToken) => _lists.DeleteAsync(profileId, null, cancellationToken);

    public async Task<IReadOnlyList<Stored<Watchlist>>> OfAccountAsync(string accountId, CancellationToken cancellationToken) =>
        (await _lists.QueryAsync(new() { Filters = [DocumentFilter.Equal("account", accountId)] }, cancellationToken)).Items;

    public IAsyncEnumerable<Stored<Watchlist>> EveryAsync(CancellationToken cancellationToken) => _lists.QueryAllAsync(new() { Limit = 500 }, cancellationToken);

    public Task DeleteAllAsync(string accountId, CancellationToken cancellationToken) =>
        _lists.DeleteAllAsync(new() { Filters = [DocumentFilter.Equal("account", accountId)] }, cancellationToken);
}
