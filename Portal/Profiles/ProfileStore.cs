using System.Security.Cryptography;
using FlickStream.Platform.Access;
using FlickStream.Platform.Access.Sessions;
using FlickStream.Platform.Cache;
using FlickStream.Platform.Documents;
using FlickStream.Portal.Subscriptions;
using Microsoft.Extensions.Caching.Hybrid;
using Microsoft.Extensions.Options;

namespace FlickStream.Portal.Profiles;

internal sealed class ProfileStore(IDocuments documents, HybridCache cache, IEntitlements entitlements, IOptions<ProfileOptions> options, TimeProvider time)
{
    // As for sessions: what is changed holds at once here and soon in other processes.
    private static readonly HybridCacheEntryOptions Cached = new()
    {
        Expiration = ApiKeys.RevocationDelay, LocalCacheExpiration = ApiKeys.RevocationDelay, Flags = HybridCacheEntryFlags.DisableDistributedCache,
    };

    // After what is cached is gone everywhere, what was begun with it may still be written.
    private static readonly TimeSpan LongestWrite = ApiKeys.RevocationDelay + TimeSpan.FromMinutes(2);

    private static readonly Profile Gone = new()
    {
        Id = "", AccountId = "", Place = 0, Content = new ProfileContent { MaximumAge = 0, IsKids = true }, CreatedAt = DateTimeOffset.UnixEpoch,
    };

    private readonly IDocumentSet<Profile> _profiles = documents.Set(Profile.Schema);

    /// <summary>Of an account, in the order in which they were made; the first is made when it is first asked for.</summary>
    public async Task<IReadOnlyList<Profile>> ListAsync(string accountId, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (await ReadAsync(accountId, cancellationToken) is { Count: > 0 } all) return all;
            await InsertAsync(accountId, 1, ProfileRules.Tidy(new ProfileContent { Name = "Me" }, out _)!, cancellationToken);
        }
    }

    /// <summary>Null when there is none of this id in the account.</summary>
    public async Task<Profile?> GetAsync(string accountId, string id, CancellationToken cancellationToken) =>
        await _profiles.GetAsync(id, cancellationToken) is { Value: { GoneAt: null } profile } && profile.AccountId == accountId ? profile : null;

    /// <summary>Those of at most 1000 that are not gone, as they are kept at this moment.</summary>
    public async Task<IReadOnlySet<string>> StayingAsync(IReadOnlyCollection<string> ids, CancellationToken cancellationToken) =>
        (await _profiles.GetManyAsync(ids, cancellationToken)).Values.Where(profile => profile.Value.GoneAt is null).Select(profile => profile.Id).ToHashSet(StringComparer.Ordinal);

    /// <summary>Which profile a session acts as; null when it has chosen none. In place of one that is gone stands one with every limit: no child is
    /// shown more for it.</summary>
    public async ValueTask<Profile?> ActingAsync(Session? session)
    {
        if (session?.ProfileId is not { } id) return null;
        var profile = await cache.ReadThroughAsync(
            CacheKey(id), (_profiles, id), static async state => (await state._profiles.GetAsync(state.id, CancellationToken.None))?.Value, Cached);
        return profile is { GoneAt: null } && profile.AccountId == session.AccountId ? profile : Gone;
    }

    /// <summary>Null when the account has as many as it may.</summary>
    public async Task<Profile?> AddAsync(string accountId, ProfileContent content, CancellationToken cancellationToken)
    {
        var most = await MostAsync(accountId, cancellationToken);
        while (true)
        {
            var taken = (await ListAsync(accountId, cancellationToken)).Select(profile => profile.Place).ToHashSet();
            var free = Enumerable.Range(1, most).Where(place => !taken.Contains(place)).ToList();
            // After a smaller plan there may be more than it allows.
            if (free.Count == 0 || taken.Count >= most) return null;
            // Whoever is second to a place takes the next one.
            if (await InsertAsync(accountId, free[0], content, cancellationToken) is { } added) return added;
        }
    }

    /// <summary>The profile as it now stands; null when it is gone.</summary>
    public async Task<Profile?> ChangeAsync(string id, Func<Profile, Profile> change, CancellationToken cancellationToken)
    {
        var changed = await _profiles.UpdateAsync(id, known => known.GoneAt is null ? change(known) : null, cancellationToken);
        await cache.RemoveAsync(CacheKey(id), CancellationToken.None);
        return changed?.Value is { GoneAt: null } profile ? profile : null;
    }

    /// <summary>From now on nobody finds it here, and soon nowhere; it is kept until what is written meanwhile was removed.</summary>
    public Task LeaveAsync(string id, CancellationToken cancellationToken) => ChangeAsync(id, known => known with { GoneAt = time.GetUtcNow() }, cancellationToken);

    /// <summary>Those that nobody anywhere acts as any more.</summary>
    public IAsyncEnumerable<Stored<Profile>> LeftAsync(CancellationToken cancellationToken) => _profiles.QueryAllAsync(
        new() { Filters = [DocumentFilter.AtMost("gone", time.GetUtcNow() - LongestWrite)], Sort = [new("gone")], Limit = 500 }, cancellationToken);

    public async Task RemoveAsync(string id, CancellationToken cancellationToken)
    {
        await _profiles.DeleteAsync(id, null, cancellationToken);
        await cache.RemoveAsync(CacheKey(id), CancellationToken.None);
    }

    /// <summary>Without making one.</summary>
    public async Task<IReadOnlyList<Profile>> ReadAsync(string accountId, CancellationToken cancellationToken)
    {
        var page = await _profiles.QueryAsync(
            new() { Filters = [DocumentFilter.Equal("account", accountId)], Sort = [new("place")] }, cancellationToken);
        return [.. page.Items.Select(item => item.Value)];
    }

    /// <summary>How many profiles an account may have: as its plan says, and without one as the option does.</summary>
    public async ValueTask<int> MostAsync(string accountId, CancellationToken cancellationToken) =>
        (await entitlements.OfAsync(accountId, cancellationToken))?.Profiles ?? options.Value.PerAccount;

    private async Task<Profile?> InsertAsync(string accountId, int place, ProfileContent content, CancellationToken cancellationToken)
    {
        var profile = new Profile
        {
            Id = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8)), AccountId = accountId, Place = place, Content = content, CreatedAt = time.GetUtcNow(),
        };
        return (await _profiles.InsertAsync(profile.Id, profile, cancellationToken))?.Value;
    }

    private static string CacheKey(string id) => $"profile:{id}";
}
