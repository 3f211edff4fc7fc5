using FlickStream.Platform.Documents;
using FlickStream.Platform.Problems;
using FlickStream.Portal.Profiles;
using FlickStream.Portal.Reviews.Words;

namespace FlickStream.Portal.Reviews.Names;

internal sealed class NameStore(IDocuments documents, TimeProvider time)
{
    private readonly IDocumentSet<PublicName> _names = documents.Set(PublicName.Schema);
    private readonly IDocumentSet<RemovedName> _removed = documents.Set(RemovedName.Schema);

    public async Task<string?> OfAsync(string profileId, CancellationToken cancellationToken) => (await FindAsync(profileId, cancellationToken))?.Value.Name;

    public Task<Stored<PublicName>?> FindAsync(string profileId, CancellationToken cancellationToken) => _names.GetAsync(profileId, cancellationToken);

    /// <summary>The names of those profiles that have one.</summary>
    public async Task<IReadOnlyDictionary<string, string>> OfAsync(IReadOnlyCollection<string> profileIds, CancellationToken cancellationToken)
    {
        if (profileIds.Count == 0) return new Dictionary<string, string>();
        var page = await _names.QueryAsync(new() { Filters = [DocumentFilter.In("profile", [.. profileIds])], Limit = 1000 }, cancellationToken);
        return page.Items.ToDictionary(item => item.Id, item => item.Value.Name, StringComparer.Ordinal);
    }

    /// <returns>Null when it is the profile's; else why not: another profile has it, or one that looks like it, or a moderator took such a one.</returns>
    public async Task<Problem?> SetAsync(Profile profile, string name, CancellationToken cancellationToken)
    {
        var wanted = new PublicName { AccountId = profile.AccountId, ProfileId = profile.Id, Name = name, Key = KeyOf(name) };
        while (true)
        {
            if (await IsRemovedAsync(wanted, cancellationToken)) return ReviewProblems.NameRefused;
            var known = await _names.GetAsync(profile.Id, cancellationToken);
            var written = known is null
                ? await _names.InsertAsync(profile.Id, wanted, cancellationToken)
                : await _names.ReplaceAsync(profile.Id, known.Version, wanted, cancellationToken);
            if (written is not null)
            {
                // Whoever takes a name writes that down before: between the look above and the writing it may have been taken.
                if (!await IsRemovedAsync(wanted, cancellationToken)) return null;
                await _names.DeleteAsync(profile.Id, written.Version, cancellationToken);
                return ReviewProblems.NameRefused;
            }

            var same = await _names.QueryAsync(new() { Filters = [DocumentFilter.Equal("key", wanted.Key)], Limit = 1 }, cancellationToken);
            if (same.Items is [var other] && other.Id != profile.Id) return ReviewProblems.NameTaken;
        }
    }

    /// <summary>Takes it, and keeps it from being chosen again. False when it is gone, or another by now.</summary>
    public async Task<bool> RemoveAsync(Stored<PublicName> name, CancellationToken cancellationToken)
    {
        await _removed.InsertAsync(RemovedName.IdOf(name.Value.Key), new(name.Value.Name, time.GetUtcNow()), cancellationToken);
        return await _names.DeleteAsync(name.Id, name.Version, cancellationToken);
    }

    /// <summary>Names that were taken, the latest first.</summary>
    public Task<DocumentPage<RemovedName>> RemovedAsync(int limit, string? after, CancellationToken cancellationToken) =>
        _removed.QueryAsync(new() { Sort = [new("at", Descending: true)], Limit = limit, After = after }, cancellationToken);

    public async Task<RemovedName?> FindRemovedAsync(string id, CancellationToken cancellationToken) => (await _removed.GetAsync(id, cancellationToken))?.Value;

    /// <summary>From now on it may be chosen again.</summary>
    public Task GiveBackAsync(string id, CancellationToken cancellationToken) => _removed.DeleteAsync(id, null, cancellationToken);

    /// <param name="field">account or profile.</param>
    /// <param name="id">Of it.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public Task DeleteAsync(string field, string id, CancellationToken cancellationToken) =>
        _names.DeleteAllAsync(new() { Filters = [DocumentFilter.Equal(field, id)] }, cancellationToken);

    public async Task<IReadOnlyList<PublicName>> OfAccountAsync(string accountId, CancellationToken cancellationToken) =>
        [.. (await _names.QueryAsync(new() { Filters = [DocumentFilter.Equal("account", accountId)] }, cancellationToken)).Items.Select(item => item.Value)];

    private async Task<bool> IsRemovedAsync(PublicName wanted, CancellationToken cancellationToken) =>
        await _removed.GetAsync(RemovedName.IdOf(wanted.Key), cancellationToken) is not null;

    private static string KeyOf(string name) => string.Concat(FoldedText.Words(name, isLeet: true));
}
