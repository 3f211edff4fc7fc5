using FlickStream.Platform.Documents;

namespace FlickStream.Transcoder.Tests.Board;

/// <summary>Documents that cannot be written any more after a number of writes, as if the process had been killed there.</summary>
internal sealed class FailingDocuments(IDocuments real) : IDocuments
{
    /// <summary>Writes that still work.</summary>
    public int Left { get; set; } = int.MaxValue;

    public IDocumentSet<T> Set<T>(DocumentSchema<T> schema)
        where T : class => new FailingSet<T>(this, real.Set(schema));

    private sealed class FailingSet<T>(FailingDocuments owner, IDocumentSet<T> set) : IDocumentSet<T>
        where T : class
    {
        public Task<Stored<T>?> InsertAsync(string id, T value, CancellationToken cancellationToken = default) =>
            Writable().InsertAsync(id, value, cancellationToken);

        public Task<int> InsertManyAsync(
            IReadOnlyCollection<KeyValuePair<string, T>> documents, CancellationToken cancellationToken = default) =>
            Writable().InsertManyAsync(documents, cancellationToken);

        public Task<Stored<T>?> ReplaceAsync(string id, long version, T value, CancellationToken cancellationToken = default) =>
            Writable().ReplaceAsync(id, version, value, cancellationToken);

        public Task<bool> DeleteAsync(string id, long? version = null, CancellationToken cancellationToken = default) =>
            Writable().DeleteAsync(id, version, cancellationToken);

        public Task<Stored<T>?> GetAsync(string id, CancellationToken cancellationToken = default) => set.GetAsync(id, cancellationToken);

        public Task<DocumentPage<T>> QueryAsync(DocumentQuery query, CancellationToken cancellationToken = default) =>
            set.QueryAsync(query, cancellationToken);

        public Task<long> CountAsync(IReadOnlyList<DocumentFilter> filters, CancellationToken cancellationToken = default) =>
            set.CountAsync(filters, cancellationToken);

        private IDocumentSet<T> Writable() => owner.Left-- > 0 ? set : throw new IOException("Killed.");
    }
}
