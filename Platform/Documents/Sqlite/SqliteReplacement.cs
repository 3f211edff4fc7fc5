using System.Collections.Concurrent;

namespace FlickStream.Platform.Documents.Sqlite;

/// <summary>
/// Compare-and-set of a row. Only the columns whose values differ are written: SQLite makes the entries of an index anew whenever one of its columns
/// is assigned, be it the same value, and most writes change few of what a document is found by.
/// </summary>
internal sealed class SqliteReplacement(string table, IReadOnlyList<string> columns)
{
    private readonly string _known = $"SELECT {string.Join(", ", columns.Prepend("version"))} FROM {table} WHERE id = $0 AND version = $1";
    private readonly ConcurrentDictionary<string, string> _updates = new(StringComparer.Ordinal);

    /// <param name="session">In a transaction, so that nobody writes in between.</param>
    /// <param name="row">Id, JSON and the columns.</param>
    /// <param name="version">That the row must have.</param>
    /// <returns>0 where it is not there at that version, or collides on a unique index; else 1.</returns>
    public int Run(SqliteSession session, object?[] row, long version)
    {
        if (ChangedOf(session, row, version) is not { } changed) return 0;
        object?[] values = [row[0], row[1], .. changed.Select(column => row[column + 2])];
        return session.Execute(_updates.GetOrAdd(string.Join(',', changed), _ => Update(changed)), values);
    }

    private List<int>? ChangedOf(SqliteSession session, object?[] row, long version)
    {
        using var reader = session.Read(_known, row[0], version);
        if (!reader.Read()) return null;
        var changed = new List<int>();
        for (var column = 0; column < columns.Count; column++)
            if (!Equals(reader.GetValue(column + 1), row[column + 2])) changed.Add(column);
        return changed;
    }

    private string Update(IReadOnlyList<int> changed) =>
        $"UPDATE OR IGNORE {table} SET version = version + 1, json = $1{string.Concat(changed.Select((column, i) => $", {columns[column]} = ${i + 2}"))} WHERE id = $0";
}
