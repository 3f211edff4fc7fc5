using System.Text.Json;
using FlickStream.Platform.Json;

namespace FlickStream.Platform.Documents.Sqlite;

/// <summary>
/// The table of a collection: id, version, json and a column a declared field. Opening brings a table of an earlier release to
/// the schema of this one: new fields are filled from the documents, indexes come and go.
/// </summary>
internal sealed class SqliteTable<T>(DocumentSchema<T> schema)
    where T : class
{
    private const int BackfillBatch = 500;

    private readonly string _table = SqliteQuery.Table(schema.Name);

    public int Open(SqliteSession session)
    {
        session.Execute("CREATE TABLE IF NOT EXISTS collections (name TEXT PRIMARY KEY, fields TEXT NOT NULL)");

        // Columns have no type, so that SQLite keeps and compares values as they are bound.
        session.Execute($"CREATE TABLE IF NOT EXISTS {_table} (id TEXT NOT NULL PRIMARY KEY, version INTEGER NOT NULL, json TEXT NOT NULL)");
        var columns = Texts(session, "SELECT name FROM pragma_table_info($0)", $"d_{schema.Name}");
        foreach (var field in schema.Fields.Where(field => !columns.Contains($"f_{field.Name}")))
        {
            session.Execute($"ALTER TABLE {_table} ADD COLUMN {SqliteQuery.Column(field.Name)}");
        }

        // Indexes that are no longer declared go before the back-fill, the new ones come after it.
        var declared = schema.Indexes.ToDictionary(NameOf);
        var existing = Texts(session, "SELECT name FROM pragma_index_list($0) WHERE origin = 'c'", $"d_{schema.Name}");
        foreach (var name in existing.Where(name => !declared.ContainsKey(name))) session.Execute($"DROP INDEX \"{name}\"");
        Backfill(session);
        foreach (var (name, index) in declared.Where(index => !existing.Contains(index.Key))) CreateIndex(session, name, index);
        return declared.Count;
    }

    private static HashSet<string> Texts(SqliteSession session, string sql, string value)
    {
        using var reader = session.Read(sql, value);
        var texts = new HashSet<string>(StringComparer.Ordinal);
        while (reader.Read()) texts.Add(reader.GetString(0));
        return texts;
    }

    private string NameOf(DocumentIndex index) =>
        $"ix_{schema.Name}{(index.Unique ? "_unique" : index.IsSparse ? "_sparse" : "")}__{string.Join("__", index.Fields)}";

    // SQLite's unique indexes take any number of rows in which some column is null, which is just what the contract asks for.
    private void CreateIndex(SqliteSession session, string name, DocumentIndex index)
    {
        var columns = string.Join(", ", index.Fields.Select(SqliteQuery.Column));
        var given = string.Join(" AND ", index.Fields.Select(field => $"{SqliteQuery.Column(field)} IS NOT NULL"));
        session.Execute(index.Unique
            ? $"CREATE UNIQUE INDEX \"{name}\" ON {_table} ({columns})"
            : $"CREATE INDEX \"{name}\" ON {_table} ({columns}, id){(index.IsSparse ? $" WHERE {given}" : "")}");
    }

    // A field that was once declared, then not, then again has a stale column: what counts is the list of the last opening.
    private void Backfill(SqliteSession session)
    {
        var fields = string.Join(',', schema.Fields.Select(field => field.Name));
        var filled = Texts(session, "SELECT fields FROM collections WHERE name = $0", schema.Name).FirstOrDefault("").Split(',');
        var missing = schema.Fields.Where(field => !filled.Contains(field.Name)).ToArray();
        if (missing.Length > 0)
        {
            var assignments = string.Join(", ", missing.Select((field, i) => $"{SqliteQuery.Column(field.Name)} = ${i + 1}"));
            for (var page = NextBatch(session, ""); page.Count > 0; page = NextBatch(session, page[^1].Id))
            {
                foreach (var (id, json) in page) Fill(session, assignments, missing, id, json);
            }
        }

        session.Execute("INSERT INTO collections VALUES ($0, $1) ON CONFLICT (name) DO UPDATE SET fields = $1", schema.Name, fields);
    }

    private void Fill(SqliteSession session, string assignments, DocumentField<T>[] missing, string id, string json)
    {
        var value = JsonSerializer.Deserialize<T>(json, PlatformJson.Options)
            ?? throw new JsonException($"The document {id} of {schema.Name} is null.");
        object?[] values = [id, .. missing.Select(field => DocumentRules.Scalar(field.Value(value)))];
        session.Execute($"UPDATE {_table} SET {assignments} WHERE id = $0", values);
    }

    private List<(string Id, string Json)> NextBatch(SqliteSession session, string after)
    {
        using var reader = session.Read($"SELECT id, json FROM {_table} WHERE id > $0 ORDER BY id LIMIT {BackfillBatch}", after);
        var page = new List<(string, string)>();
        while (reader.Read()) page.Add((reader.GetString(0), reader.GetString(1)));
        return page;
    }
}
