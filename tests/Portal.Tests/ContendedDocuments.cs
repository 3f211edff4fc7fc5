using FlickStream.Platform.Documents;

namespace FlickStream.Portal.Tests;

/// <summary>Documents of which somebody else writes just before one is inserted or replaced.</summary>
internal sealed class ContendedDocuments(IDocuments inner) : IDocuments
{
    private (Type Of, Func<Task> Do)? _before;

    /// <summary>What is done, once, before the next replacement of one of these.</summary>
    public void BeforeReplacement<T>(Func<Task> what) => _before = (typeof(T), what);

    /// <summary>What is done after each reading of one by its id, before it is given back.</summary>
    public Func<Type, Task>? AfterReading { get; set; }

    /// <summary>What is done before each insertion.</summary>
    public Func<object, Task>? BeforeInsertion { get; set; }

    /// <summary>What is done before each deletion of one.</summary>
    public Func<Type, Task>? BeforeDeletion { get; set; }

    /// <summary>What is done before each query.</summary>
    public Func<Type, DocumentQuery, Task>? BeforeQuery { get; set; }

    public IDocumentSet<T> Set<T>(DocumentSchema<T> schema)
        where T : class => new ContendedSet<T>(inner.Set(schema), this);

    private async Task MeddleAsync<T>()
    {
        if (_before is not { } before || before.Of != typeof(T)) return;
        _before = null;
        await before.Do();
    }

    private sealed class ContendedSet<T>(IDocumentSet<T> inner, ContendedDocuments of) : IDocumentSet<T>
        where T : class
    {
        public async Task<Stored<T>?> GetAsync(string id, CancellationToken cancellationToken)
        {
            var read = await inner.GetAsync(id, cancellationToken);
            if (of.AfterReading is { } act) await act(typeof(T));
            return read;
        }

        public Task<IReadOnlyDictionary<string, Stored<T>>> GetManyAsync(IReadOnlyCollection<string> ids, CancellationToken cancellationToken) =>
            inner.GetManyAsync(ids, cancellationToken);

        public async Task<Stored<T>?> InsertAsync(string id, T value, CancellationToken cancellationToken)
        {
            if (of.BeforeInsertion is { } act) await act(value);
            return await inner.InsertAsync(id, value, cancellationToken);
        }

        public Task<int> InsertManyAsync(IReadOnlyCollection<KeyValuePair<string, T>> documents, CancellationToken cancellationToken) =>
            inner.InsertManyAsync(documents, cancellationToken);

        public async Task<Stored<T>?> ReplaceAsync(string id, long version, T value, CancellationToken cancellationToken)
        {
            await of.MeddleAsync<T>();
            return await inner.ReplaceAsync(id, version, value, cancellationToken);
        }

        public async Task<bool> DeleteAsync(string id, long? version, CancellationToken cancellationToken)
        {
            if (of.BeforeDeletion is { } act) await act(typeof(T));
            return await inner.DeleteAsync(id, version, cancellationToken);
        }

        public async Task<DocumentPage<T>> QueryAsync(DocumentQuery query, CancellationToken cancellationToken)
        {
            if (of.BeforeQuery is { } act) await act(typeof(T), query);
            return await inner.QueryAsync(query, cancellationToken);
        }

        public Task<long> CountAsync(IReadOnlyList<DocumentFilter> filters, CancellationToken cancellationToken) => inner.CountAsync(filters, cancellationToken);
    }
}
