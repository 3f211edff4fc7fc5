using System.Text.Json;
using FlickStream.Platform.Json;
using Microsoft.Extensions.Logging;
using MongoDB.Bson;
using MongoDB.Driver;

namespace FlickStream.Platform.Documents.Mongo;

/// <summary>
/// Every write is one command under a number of its own. When its answer is lost, the driver sends it once more under the same number
/// and the server answers what the first one did; so null and false always mean that this call changed nothing. An exception tells
/// nothing about it.
/// </summary>
internal sealed class MongoDocumentSet<T> : IDocumentSet<T>
    where T : class
{
    private readonly MongoConnection _connection;
    private readonly DocumentSchema<T> _schema;
    private readonly ILogger _log;
    private readonly IMongoCollection<BsonDocument> _collection;
    private readonly string _declared;
    private readonly Lock _lock = new();
    private Task? _opened;

    public MongoDocumentSet(MongoConnection connection, DocumentSchema<T> schema, ILogger log)
    {
        DocumentRules.ThrowIfInvalid(schema);
        (_connection, _schema, _log) = (connection, schema, log);
        _collection = connection.Database.GetCollection<BsonDocument>(schema.Name);
        _declared = MongoBackfill<T>.DeclaredBy(schema.Fields.Select(field => field.Name));
    }

    internal DocumentSchema<T> Schema => _schema;

    public async Task<Stored<T>?> GetAsync(string id, CancellationToken cancellationToken = default)
    {
        if (!DocumentRules.IsId(id)) return null;
        await OpenAsync(cancellationToken);
        return await Find(MongoQuery.AtVersion(id, null), limit: 1).FirstOrDefaultAsync(cancellationToken) is { } found ? Document(found) : null;
    }

    public async Task<IReadOnlyDictionary<string, Stored<T>>> GetManyAsync(IReadOnlyCollection<string> ids, CancellationToken cancellationToken = default)
    {
        var wanted = DocumentRules.IdsOf(ids);
        if (wanted.Length == 0) return new Dictionary<string, Stored<T>>();
        await OpenAsync(cancellationToken);
        var found = await Find(MongoQuery.AnyOf(wanted), wanted.Length).ToListAsync(cancellationToken);
        return found.Select(Document).ToDictionary(document => document.Id, StringComparer.Ordinal);
    }

    public async Task<Stored<T>?> InsertAsync(string id, T value, CancellationToken cancellationToken = default)
    {
        var row = Row(id, 1, value);
        await OpenAsync(cancellationToken);
        try
        {
            await _collection.InsertOneAsync(row, null, cancellationToken);
            return new Stored<T>(id, 1, value);
        }
        catch (MongoWriteException e) when (IsTaken(e))
        {
            return null;
        }
    }

    public async Task<int> InsertManyAsync(
        IReadOnlyCollection<KeyValuePair<string, T>> documents, CancellationToken cancellationToken = default)
    {
        var rows = documents.Select(document => Row(document.Key, 1, document.Value)).ToArray();
        await OpenAsync(cancellationToken);
        if (rows.Length == 0) return 0;
        try
        {
            await _collection.InsertManyAsync(rows, new InsertManyOptions { IsOrdered = false }, cancellationToken);
            return rows.Length;
        }
        catch (MongoBulkWriteException<BsonDocument> e) when (
            e.WriteConcernError is null && e.UnprocessedRequests.Count == 0 && e.WriteErrors.All(error => error.Category == ServerErrorCategory.DuplicateKey))
        {
            return rows.Length - e.WriteErrors.Count;
        }
    }

    public async Task<Stored<T>?> ReplaceAsync(string id, long version, T value, CancellationToken cancellationToken = default)
    {
        if (!DocumentRules.IsId(id)) return null;
        var row = Row(id, version + 1, value);
        await OpenAsync(cancellationToken);
        try
        {
            var result = await _collection.ReplaceOneAsync(
                MongoQuery.AtVersion(id, version), row, (ReplaceOptions?)null, cancellationToken);
            return result.MatchedCount == 0 ? null : new Stored<T>(id, version + 1, value);
        }
        catch (MongoWriteException e) when (IsTaken(e))
        {
            return null;
        }
    }

    public async Task<bool> DeleteAsync(string id, long? version = null, CancellationToken cancellationToken = default)
    {
        if (!DocumentRules.IsId(id)) return false;
        await OpenAsync(cancellationToken);
        return (await _collection.DeleteOneAsync(MongoQuery.AtVersion(id, version), cancellationToken)).DeletedCount > 0;
    }

    public async Task<DocumentPage<T>> QueryAsync(DocumentQuery query, CancellationToken cancellationToken = default)
    {
        DocumentRules.ThrowIfInvalid(query, _schema);
        var after = query.After is null ? null : DocumentCursor.Decode(query.After, query.Sort);
        var filters = Checked(query.Filters);
        var order = MongoQuery.Order(query.Sort);
        await OpenAsync(cancellationToken);
        var found = new List<BsonDocument>();
        foreach (var filter in MongoQuery.Page(filters, query.Sort, after))
        {
            // One document more tells whether there is a next page.
            found.AddRange(await Find(filter, query.Limit + 1 - found.Count).Sort(order).ToListAsync(cancellationToken));
            if (found.Count > query.Limit) break;
        }

        var items = found.Take(query.Limit).Select(Document).ToArray();
        return new DocumentPage<T>(items, found.Count > query.Limit ? End(query.Sort, found[query.Limit - 1]) : null);
    }

    public async Task<long> CountAsync(IReadOnlyList<DocumentFilter> filters, CancellationToken cancellationToken = default)
    {
        var filter = MongoQuery.Filter(Checked(filters));
        await OpenAsync(cancellationToken);
        return await _collection.CountDocumentsAsync(filter, new CountOptions { MaxTime = _connection.CommandTimeout }, cancellationToken);
    }

    // All of a page in one answer: the server would end its first one after 101 documents.
    private IFindFluent<BsonDocument, BsonDocument> Find(BsonDocument filter, int limit) =>
        _collection.Find(filter, new FindOptions { BatchSize = limit, MaxTime = _connection.CommandTimeout }).Limit(limit);

    private static bool IsTaken(MongoWriteException e) =>
        e.WriteError?.Category == ServerErrorCategory.DuplicateKey && e.WriteConcernError is null;

    private static string End(IReadOnlyList<DocumentSort> sort, BsonDocument last)
    {
        var fields = last[MongoQuery.Fields].AsBsonDocument;
        return DocumentCursor.Encode(
            sort, sort.Select(key => BsonTypeMapper.MapToDotNetValue(fields.GetValue(key.Field, BsonNull.Value))), last[MongoQuery.Id].AsString);
    }

    private static Stored<T> Document(BsonDocument row)
    {
        var id = row[MongoQuery.Id].AsString;
        var value = JsonSerializer.Deserialize<T>(row[MongoQuery.Json].AsString, PlatformJson.Options)
            ?? throw new JsonException($"The document {id} is null.");
        return new Stored<T>(id, row[MongoQuery.Version].AsInt64, value);
    }

    private DocumentFilter[] Checked(IReadOnlyList<DocumentFilter> filters) =>
        [.. filters.Select(filter => DocumentRules.Check(filter, _schema))];

    private BsonDocument Row(string id, long version, T value)
    {
        var fields = _schema.Fields.Select(field => KeyValuePair.Create(field.Name, DocumentRules.Scalar(field.Value(value))));
        return MongoQuery.Document(id, version, _declared, DocumentRules.Json(id, value), fields);
    }

    // Opened once; an opening that failed is tried again by the next call. No caller's cancellation ends it for the others.
    private Task OpenAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
        {
            if (_opened is null or { IsFaulted: true } or { IsCanceled: true })
                _opened = MongoCollection.OpenAsync(_connection, _schema, _log);
            return _opened.IsCompletedSuccessfully ? _opened : _opened.WaitAsync(cancellationToken);
        }
    }
}
