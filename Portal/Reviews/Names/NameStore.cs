using FlickStream.Platform.Documents;
using FlickStream.Portal.Profiles;
using FlickStream.Portal.Reviews.Words;

namespace FlickStream.Portal.Reviews.Names;

internal sealed class NameStore(IDocuments documents)
{
    private readonly IDocumentSet<PublicName> _names = documents.Set(PublicName.Schema);

    public async Task<string?> OfAsync(string profileId, CancellationToken cancellationToken) => (await FindAsync(profileId, cancellationToken))?.Value.Name;

    public Task<Stored<PublicName>?> FindAsync(string profileId, CancellationToken cancellationToken) => _names.GetAsync(profileId, cancellationToken);

    /// <summary>The names of those profiles that have one.</summary>
    public async Task<IReadOnlyDictionary<string, string>> OfAsync(IReadOnlyCollection<string> profileIds, CancellationToken cancellationToken)
    {
        if (profileIds.Count == 0) return new Dictionary<string, string>();
        var page = await _names.QueryAsync(new() { Filters = [DocumentFilter.In("profile", [.. profileIds])], Limit = 1000 }, cancellationToken);
        return page.Items.ToDictionary(item => item.Id, item => item.Value.Name, StringComparer.Ordinal);
    }

    /// <summary>False when another profile has it, or one that looks like it.</summary>
    public async Task<bool> SetAsync(Profile profile, string name, CancellationToken cancellationToken)
    {
        var wanted = new PublicName { AccountId = profile.AccountId, ProfileId = profile.Id, Name = name, Key = KeyOf(name) };
        while (true)
        {
            var known = await _names.GetAsync(profile.Id, cancellationToken);
            var written = known is null
                ? await _names.InsertAsync(profile.Id, wanted, cancellationToken)
                : await _names.ReplaceAsync(profile.Id, known.Version, wanted, cancellationToken);
            if (written is not null) return true;
            var same = await _names.QueryAsync(new() { Filters = [DocumentFilter.Equal("key", wanted.Key)], Limit = 1 }, cancellationToken);
            if (same.Items is [var other] && other.Id != profile.Id) return false;
        }
    }

    /// <summary>False when it is gone, or another by now.</summary>
    public Task<bool> RemoveAsync(Stored<PublicName> name, CancellationToken cancellationToken) => _names.DeleteAsync(name.Id, name.Version, cancellationToken);

    /// <param name="field">account or profile.</param>
    /// <param name="id">Of it.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public Task DeleteAsync(string field, string id, CancellationToken cancellationToken) =>
        _names.DeleteAllAsync(new() { Filters = [DocumentFilter.Equal(field, id)] }, cancellationToken);

    public async Task<IReadOnlyList<PublicName>> OfAccountAsync(string accountId, CancellationToken cancellationToken) =>
        [.. (await _names.QueryAsync(new() { Filters = [DocumentFilter.Equal("account", accountId)] }, cancellationToken)).Items.Select(item => item.Value)];

    private static string KeyOf(string name) => string.Concat(FoldedText.Words(name, isLeet: true));
}
