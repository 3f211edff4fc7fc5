using FlickStream.Platform.Access;
using FlickStream.Platform.Documents;
using Microsoft.Extensions.Caching.Hybrid;

namespace FlickStream.Portal.Reviews.Words;

internal sealed class WordStore(IDocuments documents, HybridCache cache)
{
    private const string CacheKey = "review-words";

    // As for profiles: what is changed holds at once here and soon in other processes.
    private static readonly HybridCacheEntryOptions Cached = new()
    {
        Expiration = ApiKeys.RevocationDelay, LocalCacheExpiration = ApiKeys.RevocationDelay, Flags = HybridCacheEntryFlags.DisableDistributedCache,
    };

    private readonly IDocumentSet<ForbiddenWords> _words = documents.Set(ForbiddenWords.Schema);
    private (long Revision, WordList List) _made = (0, WordList.Of([]));

    public async Task<ForbiddenWords> ReadAsync(CancellationToken cancellationToken) =>
        (await _words.GetAsync(ForbiddenWords.Id, cancellationToken))?.Value ?? ForbiddenWords.None;

    /// <summary>As of some seconds ago.</summary>
    public async ValueTask<WordList> ListAsync(CancellationToken cancellationToken)
    {
        var words = await cache.GetOrCreateAsync(CacheKey, this, static async (store, stop) => await store.ReadAsync(stop), Cached, cancellationToken: cancellationToken);
        lock (_words)
        {
            if (_made.Revision != words.Revision) _made = (words.Revision, WordList.Of(words.Words));
            return _made.List;
        }
    }

    /// <summary>Null when the list is no longer of that revision.</summary>
    /// <param name="revision">That was seen; null for any.</param>
    /// <param name="words">All of them.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<ForbiddenWords?> PutAsync(long? revision, IReadOnlyList<string> words, CancellationToken cancellationToken)
    {
        while (true)
        {
            var known = await _words.GetAsync(ForbiddenWords.Id, cancellationToken);
            var next = new ForbiddenWords { Words = words, Revision = (known?.Value.Revision ?? 0) + 1 };
            if (revision is not null && revision != next.Revision - 1) return null;
            var written = known is null
                ? await _words.InsertAsync(ForbiddenWords.Id, next, cancellationToken) : await _words.ReplaceAsync(ForbiddenWords.Id, known.Version, next, cancellationToken);
            if (written is null) continue;
            await cache.RemoveAsync(CacheKey, CancellationToken.None);
            return next;
        }
    }
}
