using FlickStream.Platform.Cache;
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
        while (true)
        {
            var made = Make(name, scopes, organisationId);
            // Not when the id is taken: once in 2^64.
            if (await TryAddAsync(made, cancellationToken)) return made;
        }
    }

    /// <summary>One that a person of an organisation makes for it; null when it has as many good ones as it may, whoever made them.</summary>
    /// <param name="name">Their words for it.</param>
    /// <param name="scopes">Of <see cref="Scopes.All"/>.</param>
    /// <param name="organisationId">Whose masters and titles it works on.</param>
    /// <param name="maker">The person.</param>
    /// <param name="most">1..1000.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<CreatedApiKey?> CreateAsync(
        string name, IReadOnlyCollection<string> scopes, string organisationId, KeyMaker maker, int most, CancellationToken cancellationToken)
    {
        var goodOnes = new DocumentQuery { Filters = [DocumentFilter.Equal("holder", organisationId)], Limit = most };
        while (true)
        {
            var good = (await _keys.QueryAsync(goodOnes, cancellationToken)).Items;
            if (good.Count >= most) return null;
            var taken = good.Select(key => key.Value.Place).ToHashSet();
            var made = Make(name, scopes, organisationId);
            made = made with { Key = made.Key with { Maker = maker, Place = Enumerable.Range(1, most).First(place => !taken.Contains(place)) } };
            // Whoever is second to a place takes the next one.
            if (await TryAddAsync(made, cancellationToken)) return made;
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
    public async ValueTask<ApiKey?> VerifyAsync(string text)
    {
        if (KeyText.TryParse(text) is not { } parsed) return null;
        var key = await cache.ReadThroughAsync(
            CacheKey(parsed.Id), (_keys, parsed.Id), static async state => (await state._keys.GetAsync(state.Id, CancellationToken.None))?.Value, Cached);
        return key is { RevokedAt: null } && parsed.Matches(key) ? key : null;
    }

    /// <summary>Revoked or not; null when there is none.</summary>
    public async Task<ApiKey?> GetAsync(string id, CancellationToken cancellationToken) => (await _keys.GetAsync(id, cancellationToken))?.Value;

    /// <summary>The key as it now stands, revoked; null when there is none. Revoking it again changes nothing.</summary>
    public async Task<ApiKey?> RevokeAsync(string id, CancellationToken cancellationToken = default)
    {
        var revoked = await _keys.UpdateAsync(
            id, key => key.RevokedAt is null ? key with { RevokedAt = time.GetUtcNow() } : null, cancellationToken);
        if (revoked is not null) await cache.RemoveAsync(CacheKey(id), cancellationToken);
        return revoked?.Value;
    }

    /// <summary>All good ones of an organisation.</summary>
    public async Task RevokeAllAsync(string organisationId, CancellationToken cancellationToken)
    {
        await foreach (var key in _keys.QueryAllAsync(new() { Filters = [DocumentFilter.Equal("holder", organisationId)] }, cancellationToken))
            await RevokeAsync(key.Id, cancellationToken);
    }

    /// <summary>Newest first, revoked ones too.</summary>
    /// <param name="limit">1..1000.</param>
    /// <param name="after">The next of the page before.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public Task<DocumentPage<ApiKey>> ListAsync(int limit, string? after, CancellationToken cancellationToken = default) =>
        _keys.QueryAsync(new() { Sort = [new("created", Descending: true)], Limit = limit, After = after }, cancellationToken);

    /// <summary>Those of an organisation, newest first, revoked ones too.</summary>
    /// <param name="organisationId">Whose.</param>
    /// <param name="limit">1..1000.</param>
    /// <param name="after">The next of the page before.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public Task<DocumentPage<ApiKey>> ListAsync(string organisationId, int limit, string? after, CancellationToken cancellationToken) => _keys.QueryAsync(
        new()
        {
            Filters = [DocumentFilter.Equal("organisation", organisationId)], Sort = [new("created", Descending: true)], Limit = limit, After = after,
        },
        cancellationToken);

    /// <summary>Those that a person made.</summary>
    public IAsyncEnumerable<Stored<ApiKey>> MadeByAsync(string accountId, CancellationToken cancellationToken) =>
        _keys.QueryAllAsync(new() { Filters = [DocumentFilter.Equal("maker", accountId)] }, cancellationToken);

    /// <summary>The key works on; nobody is told any more who made it.</summary>
    public Task ForgetMakerAsync(string id, CancellationToken cancellationToken) => _keys.UpdateAsync(id, key => key with { Maker = null }, cancellationToken);

    private CreatedApiKey Make(string name, IReadOnlyCollection<string> scopes, string? organisationId)
    {
        if (scopes.Count == 0 || scopes.Except(Scopes.All).Any()) throw new ArgumentException("Not scopes.", nameof(scopes));
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
        return new CreatedApiKey(key, text.Reveal());
    }

    private async Task<bool> TryAddAsync(CreatedApiKey made, CancellationToken cancellationToken)
    {
        if (await _keys.InsertAsync(made.Key.Id, made.Key, cancellationToken) is null) return false;
        await cache.RemoveAsync(CacheKey(made.Key.Id), cancellationToken);
        return true;
    }

    private static string CacheKey(string id) => $"api-key:{id}";
}
