using System.Security.Cryptography;
using FlickStream.Platform.Documents;
using FlickStream.Portal.Profiles;
using FlickStream.Portal.Watching.Watchlists;
using Microsoft.Extensions.Options;

namespace FlickStream.Portal.Watching.Lists;

internal sealed class ListStore(IDocuments documents, IOptions<WatchingOptions> options, TimeProvider time)
{
    private readonly IDocumentSet<NamedList> _lists = documents.Set(NamedList.Schema);

    public async Task<NamedList?> GetAsync(string id, CancellationToken cancellationToken) => (await _lists.GetAsync(id, cancellationToken))?.Value;

    /// <summary>Null when the profile has none of this id.</summary>
    public async Task<NamedList?> GetAsync(string profileId, string id, CancellationToken cancellationToken) =>
        await GetAsync(id, cancellationToken) is { } list && list.ProfileId == profileId ? list : null;

    /// <summary>In the order in which they were made.</summary>
    public async Task<IReadOnlyList<NamedList>> OfProfileAsync(string profileId, CancellationToken cancellationToken) =>
    [
        .. (await _lists.QueryAsync(new() { Filters = [DocumentFilter.Equal("profile", profileId)], Limit = 1000 }, cancellationToken)).Items.Select(item => item.Value)
            .OrderBy(list => list.CreatedAt).ThenBy(list => list.Place),
    ];

    /// <summary>Null when the profile has as many as it may.</summary>
    public async Task<NamedList?> AddAsync(Profile profile, string name, CancellationToken cancellationToken)
    {
        while (true)
        {
            var taken = (await OfProfileAsync(profile.Id, cancellationToken)).Select(list => list.Place).ToHashSet();
            if (taken.Count >= options.Value.Lists) return null;
            var list = new NamedList
            {
                Id = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8)), AccountId = profile.AccountId, ProfileId = profile.Id, Name = name,
                Place = Enumerable.Range(1, options.Value.Lists).First(place => !taken.Contains(place)), CreatedAt = time.GetUtcNow(),
            };
            // Whoever is second to a place takes the next one.
            if (await _lists.InsertAsync(list.Id, list, cancellationToken) is not null) return list;
        }
    }

    /// <summary>Null when it is gone.</summary>
    public async Task<NamedList?> RenameAsync(string id, string name, CancellationToken cancellationToken) =>
        (await _lists.UpdateAsync(id, list => list with { Name = name }, cancellationToken))?.Value;

    /// <summary>False when it holds as many as it may. One that is listed keeps its place.</summary>
    public async Task<bool> AddTitleAsync(string id, string titleId, CancellationToken cancellationToken)
    {
        var isFull = false;
        await _lists.UpdateAsync(id, With, cancellationToken);
        return !isFull;

        NamedList? With(NamedList list)
        {
            var isListed = list.Titles.Any(listed => listed.TitleId == titleId);
            isFull = !isListed && list.Titles.Count >= options.Value.WatchlistSize;
            return isListed || isFull ? null : list with { Titles = [new ListedTitle(titleId, time.GetUtcNow()), .. list.Titles] };
        }
    }

    public Task RemoveTitleAsync(string id, string titleId, CancellationToken cancellationToken) => _lists.UpdateAsync(
        id,
        list => list.Titles.Any(listed => listed.TitleId == titleId) ? list with { Titles = [.. list.Titles.Where(listed => listed.TitleId != titleId)] } : null,
        cancellationToken);

    public Task DeleteAsync(string id, CancellationToken cancellationToken) => _lists.DeleteAsync(id, null, cancellationToken);

    /// <param name="field">account or profile.</param>
    /// <param name="id">Of it.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public IAsyncEnumerable<Stored<NamedList>> OfAsync(string field, string id, CancellationToken cancellationToken) =>
        _lists.QueryAllAsync(new() { Filters = [DocumentFilter.Equal(field, id)] }, cancellationToken);

    /// <param name="field">account or profile.</param>
    /// <param name="id">Of it.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public Task DeleteAllAsync(string field, string id, CancellationToken cancellationToken) =>
        _lists.DeleteAllAsync(new() { Filters = [DocumentFilter.Equal(field, id)] }, cancellationToken);
}
