namespace FlickStream.Platform.Documents.Sqlite;

/// <summary>A write in the queue of <see cref="SqliteDatabase"/>, told its end only after the commit.</summary>
internal abstract class SqliteWrite
{
    public abstract bool IsCancelled();

    public abstract void Run(SqliteSession session);

    public abstract void Succeed();

    public abstract void Fail(Exception cause);
}

internal sealed class SqliteWrite<TResult>(Func<SqliteSession, TResult> work, CancellationToken cancellationToken) : SqliteWrite
{
    private readonly TaskCompletionSource<TResult> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TResult _result = default!;

    public Task<TResult> Completion => _completion.Task;

    public override bool IsCancelled() =>
        cancellationToken.IsCancellationRequested && _completion.TrySetCanceled(cancellationToken);

    public override void Run(SqliteSession session) => _result = work(session);

    public override void Succeed() => _completion.SetResult(_result);

    public override void Fail(Exception cause) => _completion.SetException(cause);
}
