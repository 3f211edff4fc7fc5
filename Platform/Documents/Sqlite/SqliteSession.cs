using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace FlickStream.Platform.Documents.Sqlite;

/// <summary>
/// A connection with its prepared statements. For one user at a time. SQLite's own functions are called, because ADO.NET's commands and readers cost as much
/// as it takes SQLite to find a document.
/// </summary>
internal sealed class SqliteSession : IDisposable
{
    // The statements of our queries are few; lists of many lengths in a filter are what could make them many.
    private const int MaxStatements = 500;

    // Milliseconds that are waited for another process, such as one that makes a backup.
    private const int Patience = 30_000;

    // Bytes, of which SQLite takes two gigabytes at most. What is read through it is neither copied nor asked of the kernel page by page, which a reader
    // does anew after every write of somebody else.
    private const long Mapped = 1L << 36;

    // KiB. The inner pages of the indexes of some millions of documents, which every write goes through.
    private const int WriterCache = 65_536;

    // Pages of the log, after which a commit brings them to where they belong, which everybody who writes waits for: of SQLite's usual thousand for 20 to 50 ms,
    // four times a second while plays begin as fast as they can. p99 of those was 71 to 82 ms so and 57 to 67 ms with a quarter, as many a second.
    private const int LogPages = 250;

    private readonly sqlite3 _database;
    private readonly Dictionary<string, SqliteCursor> _statements = new(StringComparer.Ordinal);

    static SqliteSession() => Batteries_V2.Init();

    public SqliteSession(string file, bool readOnly)
    {
        const int Flags = raw.SQLITE_OPEN_READWRITE | raw.SQLITE_OPEN_CREATE | raw.SQLITE_OPEN_NOMUTEX;
        SqliteException.ThrowExceptionForRC(raw.sqlite3_open_v2(file, out _database, Flags, null), _database);
        raw.sqlite3_busy_timeout(_database, Patience);

        // Else SQLite plans a query anew whenever another LIMIT is bound, be it the same value, and planning takes longer than reading does.
        SqliteException.ThrowExceptionForRC(raw.sqlite3_db_config(_database, raw.SQLITE_DBCONFIG_ENABLE_QPSG, 1, out _), _database);

        // FULL: a commit is on the disk when it returns, also after a power cut (NORMAL would lose the last ones).
        Execute("PRAGMA journal_mode = WAL");
        Execute("PRAGMA synchronous = FULL");
        Execute("PRAGMA journal_size_limit = 67108864");
        if (readOnly)
        {
            Execute("PRAGMA query_only = 1");
            Execute($"PRAGMA mmap_size = {Mapped}");
        }
        else
        {
            Execute($"PRAGMA cache_size = -{WriterCache}");
            Execute($"PRAGMA wal_autocheckpoint = {LogPages}");
        }
    }

    public bool InTransaction => raw.sqlite3_get_autocommit(_database) == 0;

    /// <summary>Runs a statement whose values are <c>$0</c>, <c>$1</c>, ...; returns how many rows it inserted, updated or deleted. Of one that can do none of
    /// these the number means nothing.</summary>
    public int Execute(string sql, params ReadOnlySpan<object?> values)
    {
        using var cursor = Read(sql, values);
        while (cursor.Read()) continue;
        return raw.sqlite3_changes(_database);
    }

    /// <summary>The same of one that finds rows. It must be disposed of before it is run again.</summary>
    public SqliteCursor Read(string sql, params ReadOnlySpan<object?> values)
    {
        if (!_statements.TryGetValue(sql, out var cursor))
        {
            if (_statements.Count >= MaxStatements) DropStatements();
            _statements.Add(sql, cursor = new SqliteCursor(_database, sql));
        }

        cursor.Bind(values);
        return cursor;
    }

    public void Dispose()
    {
        DropStatements();
        _database.Dispose();
    }

    private void DropStatements()
    {
        foreach (var cursor in _statements.Values) cursor.Finish();
        _statements.Clear();
    }
}
