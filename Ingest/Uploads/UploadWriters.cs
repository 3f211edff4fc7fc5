using System.Collections.Concurrent;
using FlickStream.Platform.Leases;
using Microsoft.Extensions.Options;

namespace FlickStream.Ingest.Uploads;

/// <summary>
/// One writer an upload: within this process by its place here, among processes by a lease. A writer whose connection went silent is asked
/// to stop, or renews its lease no more, so that a client that reconnects is not locked out by its own dead connection. Where leases cannot be
/// counted, the document's version still fences writers of other processes.
/// </summary>
internal sealed class UploadWriters(ILeases leases, TimeProvider time, IOptions<UploadOptions> options)
{
    // Shorter than a request waits by default, so that a killed process locks nobody out.
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(250);

    private readonly ConcurrentDictionary<string, UploadWriter> _writers = new();

    public bool IsWriting(string id) => _writers.ContainsKey(id);

    /// <summary>The place of the upload's only writer until disposed; null when another keeps it although it was waited for.</summary>
    /// <param name="force">Stop the present writer even if bytes are coming. One in another process is not heard of; what it does then comes to
    /// nothing, because the document has changed.</param>
    public async Task<UploadWriter?> EnterAsync(string id, bool force, CancellationToken cancellationToken)
    {
        var since = time.GetTimestamp();
        var mine = new UploadWriter(time, writer => _writers.TryRemove(KeyValuePair.Create(id, writer)));
        var hasEntered = false;
        try
        {
            hasEntered = await EnterHereAsync(id, mine, force, since, cancellationToken) && (force || await LeaseAsync(id, mine, since, cancellationToken));
            return hasEntered ? mine : null;
        }
        finally
        {
            if (!hasEntered) await mine.DisposeAsync();
        }
    }

    private async Task<bool> EnterHereAsync(string id, UploadWriter mine, bool force, long since, CancellationToken cancellationToken)
    {
        while (true)
        {
            var holder = _writers.GetOrAdd(id, mine);
            if (holder == mine) return true;

            var silence = holder.Silence;
            if (force || silence >= options.Value.WriterSilence) holder.Stop();
            var left = options.Value.WriterWait - time.GetElapsedTime(since);
            if (left <= TimeSpan.Zero) return false;
            await WaitAsync(holder, Shorter(left, options.Value.WriterSilence - silence), cancellationToken);
        }
    }

    private async Task<bool> LeaseAsync(string id, UploadWriter mine, long since, CancellationToken cancellationToken)
    {
        while (true)
        {
            mine.Lease = await HeldLease.TryTakeAsync(
                leases, $"upload:{id}", Lease, time, () => mine.Silence < options.Value.WriterSilence, cancellationToken);
            if (mine.Lease is not null) return true;
            if (time.GetElapsedTime(since) >= options.Value.WriterWait) return false;
            await Task.Delay(Look, time, cancellationToken);
        }
    }

    /// <summary>Waits until the writer has left, whose client may be gone, so that the offset read next is the latest: a silent one is ended, one
    /// that has bytes is waited for as long as another may be silent.</summary>
    public async Task SettleAsync(string id, CancellationToken cancellationToken)
    {
        if (!_writers.TryGetValue(id, out var holder)) return;
        var silence = options.Value.WriterSilence;
        if (holder.Silence < silence) await WaitAsync(holder, silence - holder.Silence, cancellationToken);
        if (holder.Silence < silence) return;
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

internal sealed class UploadWriter(TimeProvider time, Action<UploadWriter> leave) : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource _left = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _waitingSince;

    /// <summary>Another request wants the place: keep what came and leave.</summary>
    public CancellationToken Stopping => _stop.Token;

    public Task Left => _left.Task;

    /// <summary>What keeps other processes out.</summary>
    public HeldLease? Lease { get; set; }

    /// <summary>How long it has been waiting for its client; zero while it has bytes to store.</summary>
    public TimeSpan Silence => Interlocked.Read(ref _waitingSince) is var since and not 0 ? time.GetElapsedTime(since) : TimeSpan.Zero;

    public void WaitsForBytes() => Interlocked.Exchange(ref _waitingSince, time.GetTimestamp());

    public void HasBytes() => Interlocked.Exchange(ref _waitingSince, 0);

    public void Stop() => _stop.Cancel();

    // The token source is not disposed: a request that asks for the place may still hold this writer. It has no timer to free.
    public async ValueTask DisposeAsync()
    {
        if (Lease is not null) await Lease.DisposeAsync();
        leave(this);
        _left.TrySetResult();
    }
}
