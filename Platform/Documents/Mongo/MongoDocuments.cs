using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace FlickStream.Platform.Documents.Mongo;

internal sealed class MongoDocuments(MongoOptions options, ILogger<MongoDocuments> log) : IDocuments, IDisposable
{
    private readonly MongoConnection _connection = new(options);
    private readonly ConcurrentDictionary<string, object> _sets = new(StringComparer.Ordinal);

    internal MongoConnection Connection => _connection;

    public IDocumentSet<T> Set<T>(DocumentSchema<T> schema)
        where T : class
    {
        var set = _sets.GetOrAdd(schema.Name, _ => new MongoDocumentSet<T>(_connection, schema, log));
        return set is MongoDocumentSet<T> known && known.Schema == schema ? known : throw DocumentRules.OtherSchema(schema.Name);
    }

    /// <summary>Makes sure, when the process starts, that there is a server which can keep the documents' promises.</summary>
    /// <exception cref="MongoStartException">There is none.</exception>
    public async Task CheckAsync(CancellationToken cancellationToken)
    {
        var server = await MongoStart.CheckAsync(_connection, options, cancellationToken);
        log.LogInformation("Documents are in the database {Database} of MongoDB, {Server}", options.Database, server);
    }

    public void Dispose() => _connection.Dispose();
}
