using System.Collections.Concurrent;
using System.Threading.Channels;

namespace FlickStream.Platform.Documents.Sqlite;

/// <summary>
/// One database file: any number of readers, one writer. Writes that wait while another commits share the next commit, because
/// the flush at its end costs far more than the writes in it.
/// </summary>
internal sealed class SqliteDatabase : IAsyncDisposable, IDisposable
{
    // Bounds how long the first write of a group waits for the others.
    private const int MaxGroup = 256;

    private const int MaxIdleReaders = 16;

    private readonly string _file;
    private readonly SqliteSession _writer;
    private readonly SqliteLog _log;
    private readonly ConcurrentStack<SqliteSession> _readers = new();
    private readonly Channel<SqliteWrite> _writes = Channel.CreateUnbounded<SqliteWrite>(new() { SingleReader = true });
    private readonly TaskCompletionSource _written = new(TaskCreationOptions.RunContinuationsAsynchronously);

    // Counted here: of a collection that many threads use, the count is dearer than what is counted.
    private int _idle;

    public SqliteDatabase(string file)
    {
        _file = file;
        _writer = new SqliteSession(file, readOnly: false);
        _log = new SqliteLog(file);
        // Of its own: a thread of the pool that waits for the disk keeps requests waiting, of which a small machine has one thread a core.
        new Thread(WriteAll) { IsBackground = true, Name = "documents" }.UnsafeStart();
    }

    /// <summary>Runs <paramref name="work"/> in a transaction, maybe with others' work; durable when the task ends. It may run
    /// twice (its first transaction rolled back) and leaves no trace when it throws.</summary>
    public Task<TResult> WriteAsync<TResult>(Func<SqliteSession, TResult> work, CancellationToken cancellationToken)
    {
        var write = new SqliteWrite<TResult>(work, cancellationToken);
        ObjectDisposedException.ThrowIf(!_writes.Writer.TryWrite(write), this);
        return write.Completion;
    }

    public TResult Read<TResult>(Func<SqliteSession, TResult> work)
    {
        if (_readers.TryPop(out var reader)) Interlocked.Decrement(ref _idle);
        else reader = new SqliteSession(_file, readOnly: true);
        var reusable = false;
        try
        {
            var result = work(reader);
            reusable = Interlocked.Increment(ref _idle) <= MaxIdleReaders;
            if (!reusable) Interlocked.Decrement(ref _idle);
            return result;
        }
        finally
        {
            // A session whose work threw may be amid a transaction.
            if (reusable) _readers.Push(reader);
            else reader.Dispose();
        }
    }

    public async ValueTask DisposeAsync()
    {
        _writes.Writer.TryComplete();
        await _written.Task;
        while (_readers.TryPop(out var reader)) reader.Dispose();
        _log.Dispose();
        _writer.Dispose();
    }

    public void Dispose() => DisposeAsync().AsTask().GetAwaiter().GetResult();

    private void WriteAll()
    {
        var group = new List<SqliteWrite>(MaxGroup);
        while (_writes.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
        {
            group.Clear();
            while (group.Count < MaxGroup && _writes.Reader.TryRead(out var write))
            {
                if (!write.IsCancelled()) group.Add(write);
            }

            Commit(group);
            _log.Grew(_writer);
        }

        _written.SetResult();
    }

    private void Commit(List<SqliteWrite> group)
    {
        try
        {
            _writer.Execute("BEGIN IMMEDIATE");
            foreach (var write in group) write.Run(_writer);
            _writer.Execute("COMMIT");
        }
        catch (Exception e)
        {
            RollBack();
            if (group.Count == 1) group[0].Fail(e);
            else foreach (var write in group) Commit([write]); // One bad write must not fail its neighbours.
            return;
        }

        foreach (var write in group) write.Succeed();
    }

    private void RollBack()
    {
        // After some errors (a full disk) SQLite has rolled back by itself, and there is nothing left to roll back.
        if (_writer.InTransaction) _writer.Execute("ROLLBACK");
    }
}
