using FlickStream.Platform.Documents;
using Microsoft.Extensions.Caching.Hybrid;

namespace FlickStream.Platform.Access;

/// <summary>The keys of programs.</summary>
public sealed class ApiKeys(IDocuments documents, HybridCache cache, TimeProvider time)
{
    /// <summary>A revocation bites at once in this process and within this time in others.</summary>
    public static readonly TimeSpan RevocationDelay = TimeSpan.FromSeconds(5);

    // Not in the second level: an entry that another process wrote there late would be kept here for its whole time once more.
    private static readonly HybridCacheEntryOptions Cached = new()
    {
        Expiration = RevocationDelay,
        LocalCacheExpiration = RevocationDelay,
        Flags = HybridCacheEntryFlags.DisableDistributedCache,
    };

    private readonly IDocumentSet<ApiKey> _keys = documents.Set(ApiKey.Schema);

    /// <param name="name">Its owner's words for it.</param>
    /// <param name="scopes">Of <see cref="Scopes.All"/>.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public Task<CreatedApiKey> CreateAsync(string name, IReadOnlyCollection<string> scopes, CancellationToken cancellationToken = default) =>
        CreateAsync(name, scopes, null, cancellationToken);

    /// <param name="name">Its owner's words for it.</param>
    /// <param name="scopes">Of <see cref="Scopes.All"/>.</param>
    /// <param name="organisationId">Whose masters and titles it works on; null for one that works on its own.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<CreatedApiKey> CreateAsync(
        string name, IReadOnlyCollection<string> scopes, string? organisationId, CancellationToken cancellationToken)
    {
        if (scopes.Count == 0 || scopes.Except(Scopes.All).Any()) throw new ArgumentException("Not scopes.", nameof(scopes));
        while (true)
        {
            var text = KeyText.Create();
            var key = new ApiKey
            {
                Id = text.Id,
                Name = name,
                SecretSha256 = text.Hash(),
                Scopes = [.. Scopes.All.Intersect(scopes)],
                OrganisationId = organisationId,
                CreatedAt = time.GetUtcNow(),
            };
            if (await _keys.InsertAsync(key.Id, key, cancellationToken) is null) continue; // The id is taken: once in 2^64.
            await cache.RemoveAsync(CacheKey(key.Id), cancellationToken);
            return new CreatedApiKey(key, text.Reveal());
        }
    }

    /// <summary>Makes a key known that somebody else made; one that is known already, be it revoked, stays as it is.</summary>
    internal async Task<ApiKey> AdmitAsync(
        KeyText text, string name, IReadOnlyList<string> scopes, CancellationToken cancellationToken)
    {
        var key = new ApiKey { Id = text.Id, Name = name, SecretSha256 = text.Hash(), Scopes = scopes, CreatedAt = time.GetUtcNow() };
        if (await _keys.InsertAsync(key.Id, key, cancellationToken) is not null) await cache.RemoveAsync(CacheKey(key.Id), cancellationToken);
        return (await _keys.GetAsync(key.Id, cancellationToken))?.Value ?? key;
    }

    /// <summary>The good key that this text is; null for any other text.</summary>
    public async ValueTask<ApiKey?> VerifyAsync(string text, CancellationToken cancellationToken = default)
    {
        if (KeyText.TryParse(text) is not { } parsed) return null;
        var key = await cache.GetOrCreateAsync(
            CacheKey(parsed.Id),
            (_keys, parsed.Id),
            static async (state, stop) => (await state._keys.GetAsync(state.Id, stop))?.Value,
            Cached,
            cancellationToken: cancellationToken);
        return key is { RevokedAt: null } && parsed.Matches(key) ? key : null;
    }

    public async Task<bool> ExistsAsync(string id, CancellationToken cancellationToken = default) => await _keys.GetAsync(id, cancellationToken) is not null;

    /// <summary>The key as it now stands, revoked; null when there is none. Revoking it again changes nothing.</summary>
    public async Task<ApiKey?> RevokeAsync(string id, CancellationToken cancellationToken = default)
    {
        var revoked = await _keys.UpdateAsync(
            id, key => key.RevokedAt is null ? key with { RevokedAt = time.GetUtcNow() } : null, cancellationToken);
        if (revoked is not null) await cache.RemoveAsync(CacheKey(id), cancellationToken);
        return revoked?.Value;
    }

    /// <summary>Newest first, revoked ones too.</summary>
    /// <param name="limit">1..1000.</param>
    /// <param name="after">The next of the page before.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public Task<DocumentPage<ApiKey>> ListAsync(int limit, string? after, CancellationToken cancellationToken = default) =>
        _keys.QueryAsync(new() { Sort = [new("created", Descending: true)], Limit = limit, After = after }, cancellationToken);

    private static string CacheKey(string id) => $"api-key:{id}";
}
