using System.Runtime.InteropServices;
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

    // SQLITE_DBSTATUS_CACHE_WRITE
    private const int PagesWrittenStatus = 9;

    // SQLITE_FCNTL_FILE_POINTER; of sqlite3_io_methods xSync comes after the version and four others; SQLITE_SYNC_NORMAL.
    private const int FilePointer = 7, PlaceOfSync = 5, SyncNormal = 2;

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
            Execute("PRAGMA wal_autocheckpoint = 0"); // SqliteLog does it.
        }
    }

    /// <summary>Pages that were written to the log through this session, modulo 2^31.</summary>
    public int PagesWritten
    {
        get
        {
            SqliteException.ThrowExceptionForRC(raw.sqlite3_db_status(_database, PagesWrittenStatus, out var pages, out _, 0), _database);
            return pages;
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

    /// <summary>Writes the log's pages to where they belong, without waiting for who reads or writes. False if another session is at it, or if the disk
    /// is full: they are as safe in the log, and who writes on learns it from the next commit. A disk that fails otherwise throws, see <see cref="Flush"/>.</summary>
    /// <param name="pages">In the log.</param>
    public bool TryBringHome(out int pages)
    {
        var code = raw.sqlite3_wal_checkpoint_v2(_database, null, raw.SQLITE_CHECKPOINT_PASSIVE, out pages, out _);
        if ((code & 0xFF) == raw.SQLITE_IOERR) SqliteException.ThrowExceptionForRC(code, _database);
        return code == raw.SQLITE_OK;
    }

    /// <summary>Has the disk take what was brought home. Through SQLite's own handle: to close another of the same file would undo its locks
    /// (https://www.sqlite.org/howtocorrupt.html, 2.2). Throws where the disk fails: Linux says so once and takes the pages for written, so that only a start
    /// anew, which reads the whole log again, is safe.</summary>
    public void Flush()
    {
        SqliteException.ThrowExceptionForRC(ControlFile(_database, null, FilePointer, out var file), _database);
        var sync = Marshal.GetDelegateForFunctionPointer<SyncFile>(Marshal.ReadIntPtr(Marshal.ReadIntPtr(file), PlaceOfSync * nint.Size));
        SqliteException.ThrowExceptionForRC(sync(file, SyncNormal), _database);
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

    [DllImport("e_sqlite3", EntryPoint = "sqlite3_file_control", CallingConvention = CallingConvention.Cdecl)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.AssemblyDirectory | DllImportSearchPath.SafeDirectories)]
    private static extern int ControlFile(sqlite3 database, string? name, int code, out nint result);

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    private delegate int SyncFile(nint file, int flags);
}
