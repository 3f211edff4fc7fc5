using System.Collections.Concurrent;
using FlickStream.Platform.Documents;

namespace FlickStream.Transcoder.Tests.Board;

/// <summary>Documents that remember what was asked of them, and in which the next few compare-and-sets come too late.</summary>
internal sealed class WatchedDocuments(IDocuments real) : IDocuments
{
    private int _lost;

    public IDocuments Real => real;

    /// <summary>Collection and query of each page that was read.</summary>
    public ConcurrentQueue<(string Collection, DocumentQuery Query)> Pages { get; } = new();

    public ConcurrentQueue<(string Collection, IReadOnlyList<DocumentFilter> Filters)> Counts { get; } = new();

    /// <summary>Calls of any kind.</summary>
    public int Calls { get; private set; }

    public void Lose(int replacements) => Volatile.Write(ref _lost, replacements);

    public void Forget()
    {
        Pages.Clear();
        Counts.Clear();
        Calls = 0;
    }

    public IDocumentSet<T> Set<T>(DocumentSchema<T> schema)
        where T : class => new WatchedSet<T>(this, real.Set(schema), schema.Name);

    private sealed class WatchedSet<T>(WatchedDocuments owner, IDocumentSet<T> set, string name) : IDocumentSet<T>
        where T : class
    {
        public Task<Stored<T>?> GetAsync(string id, CancellationToken cancellationToken = default) => Called().GetAsync(id, cancellationToken);

        public Task<IReadOnlyDictionary<string, Stored<T>>> GetManyAsync(IReadOnlyCollection<string> ids, CancellationToken cancellationToken = default) =>
            Called().GetManyAsync(ids, cancellationToken);

        public Task<Stored<T>?> InsertAsync(string id, T value, CancellationToken cancellationToken = default) =>
            Called().InsertAsync(id, value, cancellationToken);

        public Task<int> InsertManyAsync(
            IReadOnlyCollection<KeyValuePair<string, T>> documents, CancellationToken cancellationToken = default) =>
            Called().InsertManyAsync(documents, cancellationToken);

        public Task<Stored<T>?> ReplaceAsync(string id, long version, T value, CancellationToken cancellationToken = default) =>
            Interlocked.Decrement(ref owner._lost) >= 0
                ? Task.FromResult<Stored<T>?>(null)
                : Called().ReplaceAsync(id, version, value, cancellationToken);

        public Task<bool> DeleteAsync(string id, long? version = null, CancellationToken cancellationToken = default) =>
            Called().DeleteAsync(id, version, cancellationToken);

        public Task<DocumentPage<T>> QueryAsync(DocumentQuery query, CancellationToken cancellationToken = default)
        {
            owner.Pages.Enqueue((name, query));
            return Called().QueryAsync(query, cancellationToken);
        }

        public Task<long> CountAsync(IReadOnlyList<DocumentFilter> filters, CancellationToken cancellationToken = default)
        {
            owner.Counts.Enqueue((name, filters));
            return Called().CountAsync(filters, cancellationToken);
        }

        private IDocumentSet<T> Called()
        {
            owner.Calls++;
            return set;
        }
    }
}
