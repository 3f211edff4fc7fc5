using FlickStream.Platform.Access;
using FlickStream.Platform.Cache;
using FlickStream.Platform.Documents;

namespace FlickStream.Portal.Reviews.Words;

internal sealed class WordStore
{
    private readonly IDocumentSet<ForbiddenWords> _words;
    private readonly Remembered<WordList> _list;

    public WordStore(IDocuments documents, TimeProvider time)
    {
        _words = documents.Set(ForbiddenWords.Schema);
        // As for sessions: what is changed holds at once here and soon in other processes.
        _list = new(async stop => WordList.Of((await ReadAsync(stop)).Words), ApiKeys.RevocationDelay, time);
    }

    public async Task<ForbiddenWords> ReadAsync(CancellationToken cancellationToken) =>
        (await _words.GetAsync(ForbiddenWords.Id, cancellationToken))?.Value ?? ForbiddenWords.None;

    /// <summary>As of some seconds ago.</summary>
    public ValueTask<WordList> ListAsync(CancellationToken cancellationToken) => _list.GetAsync(cancellationToken);

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
                ? await _words.InsertAsync(ForbiddenWords.Id, next, cancellationToken)
                : await _words.ReplaceAsync(ForbiddenWords.Id, known.Version, next, cancellationToken);
            if (written is null) continue;
            _list.Forget();
            return next;
        }
    }
}
