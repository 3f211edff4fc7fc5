using FlickStream.Platform.Documents;

namespace FlickStream.Portal.Tests.Subscriptions.Simulation;

/// <summary>Of a provider elsewhere, whose events no node of ours can see.</summary>
internal sealed class EmptyDocuments : IDocuments
{
    public IDocumentSet<T> Set<T>(DocumentSchema<T> schema)
        where T : class => new Nothing<T>();

    private sealed class Nothing<T> : IDocumentSet<T>
        where T : class
    {
        public Task<Stored<T>?> GetAsync(string id, CancellationToken cancellationToken) => Task.FromResult<Stored<T>?>(null);

        public Task<IReadOnlyDictionary<string, Stored<T>>> GetManyAsync(IReadOnlyCollection<string> ids, CancellationToken cancellationToken) =>
            Task.FromResult<IReadOnlyDictionary<string, Stored<T>>>(new Dictionary<string, Stored<T>>());

        public Task<Stored<T>?> InsertAsync(string id, T value, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<int> InsertManyAsync(IReadOnlyCollection<KeyValuePair<string, T>> documents, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<Stored<T>?> ReplaceAsync(string id, long version, T value, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<bool> DeleteAsync(string id, long? version, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<DocumentPage<T>> QueryAsync(DocumentQuery query, CancellationToken cancellationToken) => Task.FromResult(new DocumentPage<T>([], null));

        public Task<long> CountAsync(IReadOnlyList<DocumentFilter> filters, CancellationToken cancellationToken) => Task.FromResult(0L);
    }
}
