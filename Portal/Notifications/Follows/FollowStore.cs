using FlickStream.Platform.Documents;
using FlickStream.Portal.Profiles;
using Microsoft.Extensions.Options;

namespace FlickStream.Portal.Notifications.Follows;

internal sealed class FollowStore(IDocuments documents, IOptions<NotificationOptions> options, TimeProvider time)
{
    private readonly IDocumentSet<Follow> _follows = documents.Set(Follow.Schema);

    /// <summary>False when the profile follows as much as it may. Following again changes nothing.</summary>
    public async Task<bool> AddAsync(Profile profile, FollowType type, string targetId, CancellationToken cancellationToken)
    {
        var id = Follow.IdOf(profile.Id, type, targetId);
        if (await _follows.GetAsync(id, cancellationToken) is not null) return true;
        if (await CountAsync() >= options.Value.FollowsPerProfile) return false;
        var follow = new Follow { AccountId = profile.AccountId, ProfileId = profile.Id, Type = type, TargetId = targetId, Since = time.GetUtcNow() };
        if (await _follows.InsertAsync(id, follow, cancellationToken) is not { } added) return true;
        // Each of several at once counts them all: the last places may then be nobody's, but none is beyond the limit.
        if (await CountAsync() <= options.Value.FollowsPerProfile) return true;
        await _follows.DeleteAsync(id, added.Version, cancellationToken);
        return false;

        Task<long> CountAsync() => _follows.CountAsync([DocumentFilter.Equal("profile", profile.Id)], cancellationToken);
    }

    public Task RemoveAsync(string profileId, FollowType type, string targetId, CancellationToken cancellationToken) =>
        _follows.DeleteAsync(Follow.IdOf(profileId, type, targetId), null, cancellationToken);

    /// <summary>The latest first.</summary>
    public Task<DocumentPage<Follow>> ListAsync(string profileId, int limit, string? after, CancellationToken cancellationToken) => _follows.QueryAsync(
        new() { Filters = [DocumentFilter.Equal("profile", profileId)], Sort = [new("since", Descending: true)], Limit = limit, After = after }, cancellationToken);

    /// <summary>All who follow it.</summary>
    /// <param name="target">By <see cref="Follow.TargetOf"/>.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public IAsyncEnumerable<Stored<Follow>> OfTargetAsync(string target, CancellationToken cancellationToken) =>
        _follows.QueryAllAsync(new() { Filters = [DocumentFilter.Equal("target", target)], Limit = 500 }, cancellationToken);

    public IAsyncEnumerable<Stored<Follow>> OfAccountAsync(string accountId, CancellationToken cancellationToken) =>
        _follows.QueryAllAsync(new() { Filters = [DocumentFilter.Equal("account", accountId)], Limit = 500 }, cancellationToken);

    /// <param name="field">account or profile.</param>
    /// <param name="id">Of it.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public Task DeleteAllAsync(string field, string id, CancellationToken cancellationToken) =>
        _follows.DeleteAllAsync(new() { Filters = [DocumentFilter.Equal(field, id)], Limit = 500 }, cancellationToken);
}
