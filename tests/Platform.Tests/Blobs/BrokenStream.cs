namespace FlickStream.Platform.Tests.Blobs;

public sealed class BrokenContentException() : IOException("The content broke off.");

/// <summary>Gives some bytes and then breaks off, as a client does whose connection dies.</summary>
internal sealed class BrokenStream(byte[] bytes, Action? atTheEnd = null) : MemoryStream(bytes)
{
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var read = await base.ReadAsync(buffer[..Math.Min(buffer.Length, 10_000)], cancellationToken);
        if (read > 0) return read;
        (atTheEnd ?? (static () => throw new BrokenContentException()))();
        cancellationToken.ThrowIfCancellationRequested();
        return read;
    }
}
