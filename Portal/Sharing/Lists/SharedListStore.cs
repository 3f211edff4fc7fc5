using System.Security.Cryptography;
using FlickStream.Platform.Documents;
using FlickStream.Portal.Profiles;

namespace FlickStream.Portal.Sharing.Lists;

internal sealed class SharedListStore(IDocuments documents, TimeProvider time)
{
    private readonly IDocumentSet<SharedList> _lists = documents.Set(SharedList.Schema);

    /// <summary>Null where nothing is shared under it, or not any more.</summary>
    public async Task<SharedList?> GetAsync(string slug, CancellationToken cancellationToken) => (await _lists.GetAsync(slug, cancellationToken))?.Value;

    public async Task<Stored<SharedList>?> OfProfileAsync(string profileId, CancellationToken cancellationToken) =>
        (await _lists.QueryAsync(new() { Filters = [DocumentFilter.Equal("profile", profileId)], Limit = 1 }, cancellationToken)).Items is [var found] ? found : null;

    /// <summary>One that is shared keeps its link under another name.</summary>
    public async Task<Stored<SharedList>> ShareAsync(Profile profile, string name, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (await OfProfileAsync(profile.Id, cancellationToken) is { } known)
            {
                if (await _lists.UpdateAsync(known.Id, list => list with { Name = name }, cancellationToken) is { } renamed) return renamed;
                continue;
            }

            var shared = new SharedList { AccountId = profile.AccountId, ProfileId = profile.Id, Name = name, Since = time.GetUtcNow() };
            if (await _lists.InsertAsync(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)), shared, cancellationToken) is { } made) return made;
        }
    }

    /// <param name="field">account or profile.</param>
    /// <param name="id">Of it.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public Task TakeBackAsync(string field, string id, CancellationToken cancellationToken) =>
        _lists.DeleteAllAsync(new() { Filters = [DocumentFilter.Equal(field, id)] }, cancellationToken);

    public async Task<IReadOnlyList<Stored<SharedList>>> OfAccountAsync(string accountId, CancellationToken cancellationToken) =>
        (await _lists.QueryAsync(new() { Filters = [DocumentFilter.Equal("account", accountId)] }, cancellationToken)).Items;
}
