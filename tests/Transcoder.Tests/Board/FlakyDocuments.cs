using FlickStream.Platform.Documents;

namespace FlickStream.Transcoder.Tests.Board;

/// <summary>Documents that cannot be reached for the next few compare-and-sets.</summary>
internal sealed class FlakyDocuments(IDocuments real) : IDocuments
{
    private int _failures;

    public int Failures
    {
        get => Volatile.Read(ref _failures);
        set => Volatile.Write(ref _failures, value);
    }

    public IDocumentSet<T> Set<T>(DocumentSchema<T> schema)
        where T : class => new FlakySet<T>(this, real.Set(schema));

    private sealed class FlakySet<T>(FlakyDocuments owner, IDocumentSet<T> set) : IDocumentSet<T>
        where T : class
    {
        public Task<Stored<T>?> ReplaceAsync(string id, long version, T value, CancellationToken cancellationToken = default) =>
            Interlocked.Decrement(ref owner._failures) >= 0
                ? throw new IOException("The documents cannot be reached.")
                : set.ReplaceAsync(id, version, value, cancellationToken);

        public Task<Stored<T>?> GetAsync(string id, CancellationToken cancellationToken = default) => set.GetAsync(id, cancellationToken);

        public Task<IReadOnlyDictionary<string, Stored<T>>> GetManyAsync(IReadOnlyCollection<string> ids, CancellationToken cancellationToken = default) =>
            set.GetManyAsync(ids, cancellationToken);

        public Task<Stored<T>?> InsertAsync(string id, T value, CancellationToken cancellationToken = default) =>
            set.InsertAsync(id, value, cancellationToken);

        public Task<int> InsertManyAsync(
            IReadOnlyCollection<KeyValuePair<string, T>> documents, CancellationToken cancellationToken = default) =>
            set.InsertManyAsync(documents, cancellationToken);

        public Task<bool> DeleteAsync(string id, long? version = null, CancellationToken cancellationToken = default) =>
            set.DeleteAsync(id, version, cancellationToken);

        public Task<DocumentPage<T>> QueryAsync(DocumentQuery query, CancellationToken cancellationToken = default) =>
            set.QueryAsync(query, cancellationToken);

        public Task<long> CountAsync(IReadOnlyList<DocumentFilter> filters, CancellationToken cancellationToken = default) =>
            set.CountAsync(filters, cancellationToken);
    }
}
