namespace FlickStream.Platform.Documents.Sqlite;

/// <summary>
/// Brings what a database's log holds to where it belongs, beside the writer. SQLite has the commit do it that finds a thousand pages there, and for that time,
/// 20 to 50 ms, everybody who writes waits.
/// </summary>
internal sealed class SqliteLog : IDisposable
{
    // Pages.
    private const int Share = 250;

    // The log begins anew only when all of it is at home and nobody wrote meanwhile. Where somebody always writes, the writer does the rest: little by then.
    private const int Most = 2000;

    private readonly SqliteSession _session;
    private readonly AutoResetEvent _due = new(initialState: false);
    private readonly Thread _thread;
    private int _seen;
    private volatile int _pages;
    private volatile bool _isEnded;

    public SqliteLog(string file)
    {
        _session = new SqliteSession(file, readOnly: false);
        _thread = new Thread(BringHome) { IsBackground = true, Name = "documents log" };
        _thread.UnsafeStart();
    }

    /// <summary>Told by the writer after each commit, when those who waited for it have been answered.</summary>
    public void Grew(SqliteSession writer)
    {
        var written = writer.PagesWritten;
        if (((written - _seen) & int.MaxValue) < Share) return;
        _seen = written;
        if (_pages < Most) _due.Set();
        else if (writer.TryBringHome(out _)) _pages = 0;
    }

    public void Dispose()
    {
        _isEnded = true;
        _due.Set();
        _thread.Join();
        _session.Dispose();
        _due.Dispose();
    }

    // A disk that fails ends the process, as nobody could tell any more what is on it.
    private void BringHome()
    {
        while (_due.WaitOne() && !_isEnded)
        {
            if (!_session.TryBringHome(out var pages)) continue;
            // SQLite flushes only when nobody wrote meanwhile.
            _session.Flush();
            _pages = pages;
        }
    }
}
