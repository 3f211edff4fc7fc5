using System.Globalization;
using System.Text;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace FlickStream.Platform.Documents.Sqlite;

/// <summary>A prepared statement of a <see cref="SqliteSession"/>, with what it finds.</summary>
internal sealed class SqliteCursor : IDisposable
{
    // Bytes; ids and what documents are found by are shorter.
    private const int ShortText = 512;

    // SQLITE_STMTSTATUS_REPREPARE.
    private const int TimesPlannedAnew = 5;

    private readonly sqlite3 _database;
    private readonly sqlite3_stmt _statement;

    // By number of the value: SQLite counts them as the text names them first.
    private readonly int[] _places;

    /// <exception cref="SqliteException">It cannot be understood.</exception>
    public SqliteCursor(sqlite3 database, string sql)
    {
        _database = database;
        SqliteException.ThrowExceptionForRC(raw.sqlite3_prepare_v3(database, sql, raw.SQLITE_PREPARE_PERSISTENT, out _statement), database);
        _places = new int[raw.sqlite3_bind_parameter_count(_statement)];
        for (var i = 0; i < _places.Length; i++) _places[i] = raw.sqlite3_bind_parameter_index(_statement, string.Create(CultureInfo.InvariantCulture, $"${i}"));
    }

    /// <summary>How often SQLite planned it anew.</summary>
    public int Replannings => raw.sqlite3_stmt_status(_statement, TimesPlannedAnew, 0);

    /// <param name="values">For <c>$0</c>, <c>$1</c>, ...: <c>string</c>, <c>long</c>, null, or a text as its bytes in UTF-8.</param>
    public void Bind(ReadOnlySpan<object?> values)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(values.Length, _places.Length);
        for (var i = 0; i < values.Length; i++) SqliteException.ThrowExceptionForRC(Bind(_places[i], values[i]), _database);
    }

    /// <summary>Goes to the next row; false behind the last one.</summary>
    public bool Read()
    {
        var code = raw.sqlite3_step(_statement);
        if (code == raw.SQLITE_ROW) return true;
        if (code != raw.SQLITE_DONE) SqliteException.ThrowExceptionForRC(code, _database);
        return false;
    }

    public string GetString(int column) => raw.sqlite3_column_text(_statement, column).utf8_to_string();

    public long GetInt64(int column) => raw.sqlite3_column_int64(_statement, column);

    /// <summary>A text as its bytes in UTF-8, until the next row: a string in between costs as much as reading a document does.</summary>
    public ReadOnlySpan<byte> GetUtf8(int column) => raw.sqlite3_column_blob(_statement, column);

    /// <summary><c>string</c>, <c>long</c> or null.</summary>
    public object? GetValue(int column) => raw.sqlite3_column_type(_statement, column) switch
    {
        raw.SQLITE_NULL => null,
        raw.SQLITE_INTEGER => GetInt64(column),
        _ => GetString(column),
    };

    /// <summary>Ends the reading; the statement can be run again.</summary>
    public void Dispose() => raw.sqlite3_reset(_statement);

    /// <summary>Gives the statement up.</summary>
    public void Finish() => _statement.Dispose();

    private int Bind(int place, object? value)
    {
        switch (value)
        {
            case null:
                return raw.sqlite3_bind_null(_statement, place);
            case long number:
                return raw.sqlite3_bind_int64(_statement, place, number);
            case byte[] utf8:
                return raw.sqlite3_bind_text(_statement, place, utf8);
            case string text when text.Length > 0 && Encoding.UTF8.GetMaxByteCount(text.Length) <= ShortText:
                Span<byte> bytes = stackalloc byte[ShortText];
                return raw.sqlite3_bind_text(_statement, place, bytes[..Encoding.UTF8.GetBytes(text, bytes)]);
            case string text:
                return raw.sqlite3_bind_text(_statement, place, text);
            default:
                throw new ArgumentException($"SQLite is given no {value.GetType().Name}.", nameof(value));
        }
    }
}
