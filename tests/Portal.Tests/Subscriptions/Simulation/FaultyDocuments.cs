using FlickStream.Platform.Documents;

namespace FlickStream.Portal.Tests.Subscriptions.Simulation;

/// <summary>A node's way to the documents, on which it may be killed before or after each write.</summary>
/// <param name="written">Told each document as it is stored.</param>
/// <param name="each">How likely before each write, and after it.</param>
internal sealed class FaultyDocuments(IDocuments inner, Fate fate, Action<object> written, double each = 0.002) : IDocuments
{
    public IDocumentSet<T> Set<T>(DocumentSchema<T> schema)
        where T : class => new FaultySet<T>(inner.Set(schema), fate, written, each);

    private sealed class FaultySet<T>(IDocumentSet<T> inner, Fate fate, Action<object> written, double each) : IDocumentSet<T>
        where T : class
    {
        public Task<Stored<T>?> GetAsync(string id, CancellationToken cancellationToken) => inner.GetAsync(id, cancellationToken);

        public Task<IReadOnlyDictionary<string, Stored<T>>> GetManyAsync(IReadOnlyCollection<string> ids, CancellationToken cancellationToken) =>
            inner.GetManyAsync(ids, cancellationToken);

        public Task<Stored<T>?> InsertAsync(string id, T value, CancellationToken cancellationToken) =>
            WriteAsync(() => inner.InsertAsync(id, value, cancellationToken), stored => stored);

        public Task<int> InsertManyAsync(IReadOnlyCollection<KeyValuePair<string, T>> documents, CancellationToken cancellationToken) =>
            WriteAsync(() => inner.InsertManyAsync(documents, cancellationToken), _ => null);

        public Task<Stored<T>?> ReplaceAsync(string id, long version, T value, CancellationToken cancellationToken) =>
            WriteAsync(() => inner.ReplaceAsync(id, version, value, cancellationToken), stored => stored);

        public Task<bool> DeleteAsync(string id, long? version, CancellationToken cancellationToken) =>
            WriteAsync(() => inner.DeleteAsync(id, version, cancellationToken), _ => null);

        public Task<DocumentPage<T>> QueryAsync(DocumentQuery query, CancellationToken cancellationToken) => inner.QueryAsync(query, cancellationToken);

        public Task<long> CountAsync(IReadOnlyList<DocumentFilter> filters, CancellationToken cancellationToken) => inner.CountAsync(filters, cancellationToken);

        private async Task<TResult> WriteAsync<TResult>(Func<Task<TResult>> write, Func<TResult, object?> valueOf)
        {
            fate.MayKill(each);
            var result = await write();
            if (valueOf(result) is { } value) written(value);
            fate.MayKill(each);
            return result;
        }
    }
}
