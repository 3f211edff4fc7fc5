using System.Text.Json;
using FlickStream.Platform.Json;

namespace FlickStream.Platform.Documents.Sqlite;

internal sealed class SqliteDocumentSet<T> : IDocumentSet<T>
    where T : class
{
    private readonly SqliteDatabase _database;
    private readonly DocumentSchema<T> _schema;
    private readonly string _table;
    private readonly string _get;
    private readonly string _insert;
    private readonly SqliteReplacement _replacement;
    private readonly Lock _lock = new();
    private Task? _opened;

    public SqliteDocumentSet(SqliteDatabase database, DocumentSchema<T> schema)
    {
        DocumentRules.ThrowIfInvalid(schema);
        (_database, _schema, _table) = (database, schema, SqliteQuery.Table(schema.Name));
        var columns = schema.Fields.Select(field => SqliteQuery.Column(field.Name)).ToArray();
        _get = $"SELECT id, version, json FROM {_table} WHERE id = $0";
        _insert = $"INSERT INTO {_table} (version, id, json{string.Concat(columns.Select(c => $", {c}"))}) "
            + $"VALUES (1, $0, $1{string.Concat(columns.Select((_, i) => $", ${i + 2}"))}) ON CONFLICT DO NOTHING";
        _replacement = new SqliteReplacement(_table, columns);
    }

    internal DocumentSchema<T> Schema => _schema;

    public async Task<Stored<T>?> GetAsync(string id, CancellationToken cancellationToken = default)
    {
        if (!DocumentRules.IsId(id)) return null;
        await OpenAsync();
        return _database.Read(session =>
        {
            using var reader = session.Read(_get, id);
            return reader.Read() ? Document(reader) : null;
        });
    }

    public async Task<IReadOnlyDictionary<string, Stored<T>>> GetManyAsync(IReadOnlyCollection<string> ids, CancellationToken cancellationToken = default)
    {
        var wanted = DocumentRules.IdsOf(ids);
        var found = new Dictionary<string, Stored<T>>(wanted.Length, StringComparer.Ordinal);
        if (wanted.Length == 0) return found;
        await OpenAsync();
        return _database.Read(session =>
        {
            // One statement for lists of any length, and one moment and one lock for all of them.
            session.Execute("BEGIN");
            foreach (var id in wanted)
            {
                using var reader = session.Read(_get, id);
                if (reader.Read()) found.Add(id, Document(reader));
            }

            session.Execute("COMMIT");
            return found;
        });
    }

    public async Task<Stored<T>?> InsertAsync(string id, T value, CancellationToken cancellationToken = default)
    {
        var row = Row(id, value);
        await OpenAsync();
        var added = await _database.WriteAsync(session => session.Execute(_insert, row), cancellationToken);
        return added == 0 ? null : new Stored<T>(id, 1, value);
    }

    public async Task<int> InsertManyAsync(
        IReadOnlyCollection<KeyValuePair<string, T>> documents, CancellationToken cancellationToken = default)
    {
        var rows = documents.Select(document => Row(document.Key, document.Value)).ToArray();
        await OpenAsync();
        return await _database.WriteAsync(session => rows.Sum(row => session.Execute(_insert, row)), cancellationToken);
    }

    public async Task<Stored<T>?> ReplaceAsync(string id, long version, T value, CancellationToken cancellationToken = default)
    {
        if (!DocumentRules.IsId(id)) return null;
        var row = Row(id, value);
        await OpenAsync();
        var changed = await _database.WriteAsync(session => _replacement.Run(session, row, version), cancellationToken);
        return changed == 0 ? null : new Stored<T>(id, version + 1, value);
    }

    public async Task<bool> DeleteAsync(string id, long? version = null, CancellationToken cancellationToken = default)
    {
        if (!DocumentRules.IsId(id)) return false;
        await OpenAsync();
        return await _database.WriteAsync(
            session => version is null
                ? session.Execute($"DELETE FROM {_table} WHERE id = $0", id)
                : session.Execute($"DELETE FROM {_table} WHERE id = $0 AND version = $1", id, version),
            cancellationToken) > 0;
    }

    public async Task<DocumentPage<T>> QueryAsync(DocumentQuery query, CancellationToken cancellationToken = default)
    {
        var statements = Plan(query);
        await OpenAsync();
        return _database.Read(session =>
        {
            // What is one statement sees one moment by itself; several are given a transaction for it.
            if (statements is [_]) return ReadPage(session, statements, query);
            session.Execute("BEGIN");
            var page = ReadPage(session, statements, query);
            session.Execute("COMMIT");
            return page;
        });
    }

    public async Task<long> CountAsync(IReadOnlyList<DocumentFilter> filters, CancellationToken cancellationToken = default)
    {
        var (sql, values) = SqliteQuery.Count(_schema.Name, Checked(filters));
        await OpenAsync();
        return _database.Read(session =>
        {
            using var reader = session.Read(sql, values);
            reader.Read();
            return reader.GetInt64(0);
        });
    }

    internal IReadOnlyList<SqliteStatement> Plan(DocumentQuery query)
    {
        DocumentRules.ThrowIfInvalid(query, _schema);
        var after = query.After is null ? null : DocumentCursor.Decode(query.After, query.Sort);

        // One row more tells whether there is a next page.
        return [.. SqliteQuery.Page(_schema.Name, Checked(query.Filters), query.Sort, after, query.Limit + 1)];
    }

    private static DocumentPage<T> ReadPage(SqliteSession session, IReadOnlyList<SqliteStatement> statements, DocumentQuery query)
    {
        var items = new List<Stored<T>>();
        var end = new object?[query.Sort.Count];
        foreach (var (sql, values) in statements)
        {
            using var reader = session.Read(sql, values);
            while (reader.Read())
            {
                if (items.Count == query.Limit)
                    return new DocumentPage<T>(items, DocumentCursor.Encode(query.Sort, end, items[^1].Id));
                items.Add(Document(reader));
                for (var i = 0; i < end.Length; i++) end[i] = reader.GetValue(i + 3);
            }
        }

        return new DocumentPage<T>(items, null);
    }

    private static Stored<T> Document(SqliteCursor reader)
    {
        var id = reader.GetString(0);
        var value = JsonSerializer.Deserialize<T>(reader.GetUtf8(2), PlatformJson.Options)
            ?? throw new JsonException($"The document {id} is null.");
        return new Stored<T>(id, reader.GetInt64(1), value);
    }

    private DocumentFilter[] Checked(IReadOnlyList<DocumentFilter> filters) =>
        [.. filters.Select(filter => DocumentRules.Check(filter, _schema))];

    private object?[] Row(string id, T value) =>
        [id, DocumentRules.Utf8Json(id, value), .. _schema.Fields.Select(field => DocumentRules.Scalar(field.Value(value)))];

    // Opened once; an opening that failed (a full disk) is tried again by the next call.
    private Task OpenAsync()
    {
        lock (_lock)
        {
            if (_opened is null or { IsFaulted: true } or { IsCanceled: true })
                _opened = _database.WriteAsync(new SqliteTable<T>(_schema).Open, CancellationToken.None);
            return _opened;
        }
    }
}
