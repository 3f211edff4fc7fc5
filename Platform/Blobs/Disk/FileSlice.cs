using Microsoft.Win32.SafeHandles;

namespace FlickStream.Platform.Blobs.Disk;

/// <summary>A read-only view of a part of a file; owns the handle.</summary>
internal sealed class FileSlice(SafeFileHandle file, long start, long length) : ReadOnlyStream(length)
{
    public override int Read(Span<byte> buffer)
    {
        var read = RandomAccess.Read(file, buffer[..Cut(buffer.Length)], start + Position);
        Position += read;
        return read;
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = await RandomAccess.ReadAsync(file, buffer[..Cut(buffer.Length)], start + Position, cancellationToken);
        Position += read;
        return read;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) file.Dispose();
        base.Dispose(disposing);
    }
}
