using Amazon.S3;

namespace FlickStream.Platform.Blobs.S3;

/// <summary>
/// A blob or a range of it, read by one request as it comes. A connection that breaks or stalls is replaced by a request for what is
/// left of the same blob; a seek replaces it as well, unless what is skipped comes faster.
/// </summary>
internal sealed class S3ReadStream(S3Bucket bucket, S3Calls calls, string key, string tag, long start, long length, Stream? body) : ReadOnlyStream(length)
{
    // What a new request costs in time, a connection brings in bytes.
    private const int CheaperThanARequest = 1 << 20;

    private Stream? _body = body;
    private long _bodyAt;

    // For readers that know no other way, such as header parsers.
    public override int Read(Span<byte> buffer)
    {
        var copy = new byte[buffer.Length];
        var read = ReadAsync(copy, CancellationToken.None).AsTask().GetAwaiter().GetResult();
        copy.AsSpan(0, read).CopyTo(buffer);
        return read;
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (Cut(buffer.Length) == 0) return 0;
        try
        {
            var read = await calls.RunAsync($"read {key}", stop => AttemptAsync(buffer, stop), cancellationToken);
            _bodyAt = Position += read;
            return read;
        }
        catch (AmazonS3Exception fault)
        {
            throw new IOException($"The blob {key} went away while it was read: {S3Faults.Describe(fault)}.", fault);
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) DropBody();
        base.Dispose(disposing);
    }

    private async Task<int> AttemptAsync(Memory<byte> buffer, CancellationToken stop)
    {
        var isAlive = false;
        try
        {
            await MoveAsync(buffer, stop);
            var read = await _body!.ReadAsync(buffer[..Cut(buffer.Length)], stop);
            isAlive = read > 0;
            return isAlive ? read : throw new EndOfStreamException("The connection ended before the blob.");
        }
        finally
        {
            if (!isAlive) DropBody();
        }
    }

    private async Task MoveAsync(Memory<byte> scratch, CancellationToken stop)
    {
        if (Position < _bodyAt || Position - _bodyAt > CheaperThanARequest) DropBody();
        if (_body is null)
        {
            _body = (await bucket.OpenAsync(key, tag, start + Position, Length - Position, stop)).Content;
            _bodyAt = Position;
        }

        while (_bodyAt < Position)
        {
            var skipped = await _body.ReadAsync(scratch[..(int)Math.Min(scratch.Length, Position - _bodyAt)], stop);
            if (skipped == 0) throw new EndOfStreamException("The connection ended before the blob.");
            _bodyAt += skipped;
        }
    }

    private void DropBody()
    {
        _body?.Dispose();
        _body = null;
    }
}
