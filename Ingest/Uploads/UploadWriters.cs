using System.Collections.Concurrent;
using Microsoft.Extensions.Options;

namespace FlickStream.Ingest.Uploads;

/// <summary>
/// One writer an upload within this process; the document's version fences writers of other processes. A writer whose connection
/// went silent is asked to stop, so that a client that reconnects is not locked out by its own dead connection.
/// </summary>
internal sealed class UploadWriters(TimeProvider time, IOptions<UploadOptions> options)
{
    private readonly ConcurrentDictionary<string, UploadWriter> _writers = new();

    public bool IsWriting(string id) => _writers.ContainsKey(id);

    /// <summary>The place of the upload's only writer until disposed; null when another keeps it although it was waited for.</summary>
    /// <param name="force">Stop the present writer even if bytes are coming.</param>
    public async Task<UploadWriter?> EnterAsync(string id, bool force, CancellationToken cancellationToken)
    {
        var mine = new UploadWriter(time, writer => _writers.TryRemove(KeyValuePair.Create(id, writer)));
        var since = time.GetTimestamp();
        while (true)
        {
            var holder = _writers.GetOrAdd(id, mine);
            if (holder == mine) return mine;

            var silence = holder.Silence;
            if (force || silence >= options.Value.WriterSilence) holder.Stop();
            var left = options.Value.WriterWait - time.GetElapsedTime(since);
            if (left <= TimeSpan.Zero)
            {
                mine.Dispose();
                return null;
            }

            await WaitAsync(holder, Shorter(left, options.Value.WriterSilence - silence), cancellationToken);
        }
    }

    /// <summary>Ends a silent writer and waits for its last bytes to be kept, so that the offset read next is the latest.</summary>
    public async Task SettleAsync(string id, CancellationToken cancellationToken)
    {
        if (!_writers.TryGetValue(id, out var holder) || holder.Silence < options.Value.WriterSilence) return;
        holder.Stop();
        await WaitAsync(holder, options.Value.WriterWait, cancellationToken);
    }

    private async Task WaitAsync(UploadWriter holder, TimeSpan most, CancellationToken cancellationToken)
    {
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await Task.WhenAny(holder.Left, Task.Delay(most, time, enough.Token));
        await enough.CancelAsync();
        cancellationToken.ThrowIfCancellationRequested();
    }

    private static TimeSpan Shorter(TimeSpan left, TimeSpan untilSilent) =>
        untilSilent > TimeSpan.Zero && untilSilent < left ? untilSilent : left;
}

internal sealed class UploadWriter(TimeProvider time, Action<UploadWriter> leave) : IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource _left = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _waitingSince;

    /// <summary>Another request wants the place: keep what came and leave.</summary>
    public CancellationToken Stopping => _stop.Token;

    public Task Left => _left.Task;

    /// <summary>How long it has been waiting for its client; zero while it has bytes to store.</summary>
    public TimeSpan Silence => Interlocked.Read(ref _waitingSince) is var since and not 0 ? time.GetElapsedTime(since) : TimeSpan.Zero;

    public void WaitsForBytes() => Interlocked.Exchange(ref _waitingSince, time.GetTimestamp());

    public void HasBytes() => Interlocked.Exchange(ref _waitingSince, 0);

    public void Stop() => _stop.Cancel();

    // The token source is not disposed: a request that asks for the place may still hold this writer. It has no timer to free.
    public void Dispose()
    {
        leave(this);
        _left.TrySetResult();
    }
}
