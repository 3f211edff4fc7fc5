using System.IO.Pipelines;
using System.Security.Cryptography;
using System.Threading.Channels;

namespace FlickStream.Ingest.Uploads;

/// <summary>
/// Carries a body from its connection through the hashes to storage, as three stages that overlap over a fixed number of pooled
/// buffers: memory stays the same however long the body is, and reading goes on while the disk flushes.
/// </summary>
internal sealed class BodyPipeline(PipeReader body, UploadWriter writer, TimeProvider time) : IAsyncDisposable
{
    private const int BufferSize = 256 << 10;
    private const int BuffersBeforeHash = 8;

    // 8 MiB: the connection goes on being read while the disk flushes a slice. With 2 MiB an upload waits for every flush and was
    // measured a quarter slower.
    private const int BuffersBeforeStorage = 32;

    private readonly Channel<Chunk> _received = NewStage(BuffersBeforeHash);
    private readonly Channel<Chunk> _hashed = NewStage(BuffersBeforeStorage);
    private readonly CancellationTokenSource _abandoned = new();
    private Task _stages = Task.CompletedTask;

    /// <summary>How receiving ended; complete once the last byte is on its way to storage.</summary>
    public Task<ReceiveEnd> End { get; private set; } = Task.FromResult(ReceiveEnd.Whole);

    /// <summary>Bytes that the hashes were fed; final once <see cref="DisposeAsync"/> returned.</summary>
    public long HashedBytes { get; private set; }

    /// <summary>What storage reads.</summary>
    public ChannelReader<Chunk> Output => _hashed.Reader;

    /// <param name="limit">Bytes the body may have.</param>
    /// <param name="stallTimeout">A connection silent for this long counts as broken.</param>
    /// <param name="stopping">Ends reading; what came is still passed on.</param>
    /// <param name="hashes">Each is fed every byte. The caller may use them again once <see cref="DisposeAsync"/> returned.</param>
    public void Start(long limit, TimeSpan stallTimeout, CancellationToken stopping, params IReadOnlyList<IncrementalHash> hashes)
    {
        End = Task.Run(() => ReceiveAsync(limit, stallTimeout, stopping), CancellationToken.None);
        _stages = Task.WhenAll(End, Task.Run(() => HashAsync(hashes), CancellationToken.None));
    }

    /// <summary>Gives up what storage did not read, and waits for the stages to end.</summary>
    public async ValueTask DisposeAsync()
    {
        await _abandoned.CancelAsync();
        await _stages;
        _abandoned.Dispose();
    }

    private async Task<ReceiveEnd> ReceiveAsync(long limit, TimeSpan stallTimeout, CancellationToken stopping)
    {
        using var stall = new CancellationTokenSource(Timeout.InfiniteTimeSpan, time);
        using var wait = CancellationTokenSource.CreateLinkedTokenSource(stopping, stall.Token, _abandoned.Token);
        await using var waking = wait.Token.Register(body.CancelPendingRead);
        var chunk = Chunk.Rent(BufferSize);
        try
        {
            while (true)
            {
                if (!body.TryRead(out var read))
                {
                    if (chunk.Length > 0) chunk = await PassOnAsync(chunk);
                    stall.CancelAfter(stallTimeout);
                    writer.WaitsForBytes();
                    read = await body.ReadAsync(CancellationToken.None);
                    writer.HasBytes();
                    stall.CancelAfter(Timeout.InfiniteTimeSpan);
                }

                limit -= read.Buffer.Length;
                if (limit < 0)
                {
                    body.AdvanceTo(read.Buffer.Start);
                    return ReceiveEnd.TooLong;
                }

                try
                {
                    foreach (var memory in read.Buffer)
                    {
                        for (var rest = memory; rest.Length > 0;)
                        {
                            rest = rest[chunk.Fill(rest.Span)..];
                            if (chunk.IsFull) chunk = await PassOnAsync(chunk);
                        }
                    }
                }
                finally
                {
                    // A read in progress, or ended by a token, would keep Kestrel from reading what is left of the body: it would cut the
                    // connection, and the client would never see the answer.
                    body.AdvanceTo(read.Buffer.End);
                }

                if (read.IsCompleted) return ReceiveEnd.Whole;
                if (wait.IsCancellationRequested) return EndOfWait();
            }
        }
        catch (OperationCanceledException)
        {
            return EndOfWait();
        }
        catch (IOException)
        {
            return ReceiveEnd.Broken;
        }
        finally
        {
            writer.HasBytes();
            await PassOnLastAsync(chunk);
            _received.Writer.Complete();
        }

        ReceiveEnd EndOfWait() => stopping.IsCancellationRequested ? ReceiveEnd.Stopped : ReceiveEnd.Broken;
    }

    private async Task<Chunk> PassOnAsync(Chunk chunk)
    {
        await _received.Writer.WriteAsync(chunk, _abandoned.Token);
        return Chunk.Rent(BufferSize);
    }

    private async Task PassOnLastAsync(Chunk chunk)
    {
        try
        {
            if (chunk.Length > 0) await _received.Writer.WriteAsync(chunk, _abandoned.Token);
            else chunk.Return();
        }
        catch (OperationCanceledException)
        {
            chunk.Return();
        }
    }

    private async Task HashAsync(IReadOnlyList<IncrementalHash> hashes)
    {
        try
        {
            await foreach (var chunk in _received.Reader.ReadAllAsync(_abandoned.Token))
            {
                foreach (var hash in hashes) hash.AppendData(chunk.Bytes.Span);
                HashedBytes += chunk.Length;
                await _hashed.Writer.WriteAsync(chunk, _abandoned.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // Storage failed and reads no more; the caller knows from it.
        }
        finally
        {
            _hashed.Writer.Complete();
        }
    }

    private static Channel<Chunk> NewStage(int buffers) =>
        Channel.CreateBounded<Chunk>(new BoundedChannelOptions(buffers) { SingleReader = true, SingleWriter = true });
}

internal enum ReceiveEnd
{
    Whole,

    /// <summary>The connection broke or went silent.</summary>
    Broken,

    /// <summary>Asked to stop, by another request or by the server's end.</summary>
    Stopped,

    TooLong,
}
