namespace FlickStream.Platform.Media;

/// <summary>A run's output as its reader sees it. Time counts against the run only while the reader waits for it, and not while the reader
/// stores what it got.</summary>
internal sealed class AwaitedOutput(Stream output, Action waits, Action got) : Stream
{
    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        waits();
        try
        {
            return await output.ReadAsync(buffer, cancellationToken);
        }
        finally
        {
            got();
        }
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count)
    {
        waits();
        try
        {
            return output.Read(buffer, offset, count);
        }
        finally
        {
            got();
        }
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
