namespace FlickStream.Platform.Documents;

/// <summary>Named collections of JSON documents; the truth of the system. Nothing here needs transactions over several
/// documents, joins or text search, so that SQLite and MongoDB can both keep the promise.</summary>
public interface IDocuments
{
    /// <summary>Opens a collection; its indexes exist when the first call on it returns. A collection has one schema object a
    /// process: keep it in a static field.</summary>
    IDocumentSet<T> Set<T>(DocumentSchema<T> schema)
        where T : class;
}

/// <summary>One collection. Every write is a single atomic command that is durable when it returns. An id that no document can have
/// finds nothing; inserting under it throws <see cref="ArgumentException"/>.</summary>
/// <typeparam name="T">A record that System.Text.Json can round-trip.</typeparam>
public interface IDocumentSet<T>
    where T : class
{
    Task<Stored<T>?> GetAsync(string id, CancellationToken cancellationToken = default);

    /// <summary>By id those of at most 1000 documents that are there, in one round trip.</summary>
    Task<IReadOnlyDictionary<string, Stored<T>>> GetManyAsync(IReadOnlyCollection<string> ids, CancellationToken cancellationToken = default);

    /// <summary>Adds a document; null when the id or a unique index value is taken.</summary>
    Task<Stored<T>?> InsertAsync(string id, T value, CancellationToken cancellationToken = default);

    /// <summary>Adds many documents as cheaply as the engine can; ids (or unique values) that are taken are passed over.
    /// Not atomic as a whole. Returns how many were added.</summary>
    Task<int> InsertManyAsync(IReadOnlyCollection<KeyValuePair<string, T>> documents, CancellationToken cancellationToken = default);

    /// <summary>Compare-and-set: null when the document is gone, is no longer at <paramref name="version"/>, or the new
    /// value collides on a unique index.</summary>
    Task<Stored<T>?> ReplaceAsync(string id, long version, T value, CancellationToken cancellationToken = default);

    /// <summary>Removes a document; with <paramref name="version"/> only when it is still at that version.</summary>
    Task<bool> DeleteAsync(string id, long? version = null, CancellationToken cancellationToken = default);

    Task<DocumentPage<T>> QueryAsync(DocumentQuery query, CancellationToken cancellationToken = default);

    Task<long> CountAsync(IReadOnlyList<DocumentFilter> filters, CancellationToken cancellationToken = default);
}

/// <param name="Id">1..200 Unicode characters, compared exactly.</param>
/// <param name="Version">1 at insertion, one more at every replacement.</param>
/// <param name="Value">The document.</param>
public sealed record Stored<T>(string Id, long Version, T Value)
    where T : class;

/// <param name="Items">At most the query's limit.</param>
/// <param name="Next">Opaque; null at the end.</param>
public sealed record DocumentPage<T>(IReadOnlyList<Stored<T>> Items, string? Next)
    where T : class;
