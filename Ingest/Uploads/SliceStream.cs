using System.Threading.Channels;

namespace FlickStream.Ingest.Uploads;

/// <summary>Shows storage one slice of a body at a time: the stream ends where the slice does, and the next slice begins there.</summary>
internal sealed class SliceStream(ChannelReader<Chunk> chunks, TimeProvider time) : Stream
{
    private Chunk _chunk;
    private int _used;
    private bool _hasChunk;
    private long _left;
    private long _begunAt;
    private TimeSpan _most;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    /// <summary>Waits for the next slice's first byte; false when the body has ended.</summary>
    /// <param name="bytes">The longest the slice may get.</param>
    /// <param name="most">The longest it may take.</param>
    public async Task<bool> NextSliceAsync(long bytes, TimeSpan most)
    {
        (_left, _most) = (bytes, Timeout.InfiniteTimeSpan);
        var any = await FillAsync(CancellationToken.None);
        (_begunAt, _most) = (time.GetTimestamp(), most);
        return any;
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (buffer.Length == 0 || !await FillAsync(cancellationToken)) return 0;
        var taken = Ready(buffer.Length);
        taken.CopyTo(buffer);
        Use(taken.Length);
        return taken.Length;
    }

    public override async Task CopyToAsync(Stream destination, int bufferSize, CancellationToken cancellationToken)
    {
        while (await FillAsync(cancellationToken))
        {
            var taken = Ready(int.MaxValue);
            await destination.WriteAsync(taken, cancellationToken);
            Use(taken.Length);
        }
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("Read asynchronously.");

    public override void Flush() => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (_hasChunk) _chunk.Return();
        _hasChunk = false;
        while (chunks.TryRead(out var unread)) unread.Return();
        base.Dispose(disposing);
    }

    private async ValueTask<bool> FillAsync(CancellationToken cancellationToken)
    {
        if (_left == 0 || (_most != Timeout.InfiniteTimeSpan && time.GetElapsedTime(_begunAt) >= _most)) return false;
        while (!_hasChunk)
        {
            if (chunks.TryRead(out _chunk)) (_hasChunk, _used) = (true, 0);
            else if (!await chunks.WaitToReadAsync(cancellationToken)) return false;
        }

        return true;
    }

    private ReadOnlyMemory<byte> Ready(long most) => _chunk.Bytes[_used..][..(int)Math.Min(Math.Min(_left, most), _chunk.Length - _used)];

    private void Use(int bytes)
    {
        _left -= bytes;
        _used += bytes;
        if (_used < _chunk.Length) return;
        _chunk.Return();
        _hasChunk = false;
    }
}
