using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace FlickStream.Platform.Documents.Sqlite;

/// <summary>A connection with its prepared statements. For one user at a time.</summary>
internal sealed class SqliteSession : IDisposable
{
    // The statements of our queries are few; lists of many lengths in a filter are what could make them many.
    private const int MaxStatements = 500;

    private readonly SqliteConnection _connection;
    private readonly Dictionary<string, SqliteCommand> _statements = new(StringComparer.Ordinal);

    public SqliteSession(string file, bool readOnly)
    {
        var settings = new SqliteConnectionStringBuilder { DataSource = file, Pooling = false };
        _connection = new SqliteConnection(settings.ConnectionString);
        _connection.Open();

        // FULL: a commit is on the disk when it returns, also after a power cut (NORMAL would lose the last ones).
        Execute("PRAGMA journal_mode = WAL");
        Execute("PRAGMA synchronous = FULL");
        Execute("PRAGMA journal_size_limit = 67108864");
        if (readOnly) Execute("PRAGMA query_only = 1");
    }

    public bool InTransaction => raw.sqlite3_get_autocommit(_connection.Handle) == 0;

    /// <summary>Runs a statement whose values are <c>$0</c>, <c>$1</c>, ...; returns how many rows it changed.</summary>
    public int Execute(string sql, params ReadOnlySpan<object?> values) => Prepared(sql, values).ExecuteNonQuery();

    public SqliteDataReader Read(string sql, params ReadOnlySpan<object?> values) => Prepared(sql, values).ExecuteReader();

    public void Dispose()
    {
        DropStatements();
        _connection.Dispose();
    }

    private SqliteCommand Prepared(string sql, ReadOnlySpan<object?> values)
    {
        if (!_statements.TryGetValue(sql, out var command))
        {
            if (_statements.Count >= MaxStatements) DropStatements();
            command = _connection.CreateCommand();
            command.CommandText = sql;
            for (var i = 0; i < values.Length; i++) command.Parameters.Add(new SqliteParameter { ParameterName = $"${i}" });
            _statements.Add(sql, command);
        }

        for (var i = 0; i < values.Length; i++) command.Parameters[i].Value = values[i] ?? DBNull.Value;
        return command;
    }

    private void DropStatements()
    {
        foreach (var command in _statements.Values) command.Dispose();
        _statements.Clear();
    }
}
