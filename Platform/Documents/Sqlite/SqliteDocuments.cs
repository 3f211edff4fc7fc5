using System.Collections.Concurrent;

namespace FlickStream.Platform.Documents.Sqlite;

internal sealed class SqliteDocuments(string file) : IDocuments, IAsyncDisposable, IDisposable
{
    private readonly SqliteDatabase _database = new(file);
    private readonly ConcurrentDictionary<string, object> _sets = new(StringComparer.Ordinal);

    internal SqliteDatabase Database => _database;

    public IDocumentSet<T> Set<T>(DocumentSchema<T> schema)
        where T : class
    {
        var set = _sets.GetOrAdd(schema.Name, _ => new SqliteDocumentSet<T>(_database, schema));

        // Two ideas of one table would undo each other's indexes.
        return set is SqliteDocumentSet<T> known && known.Schema == schema ? known : throw DocumentRules.OtherSchema(schema.Name);
    }

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    public void Dispose() => _database.Dispose();
}
