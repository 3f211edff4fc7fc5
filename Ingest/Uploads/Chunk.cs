using System.Buffers;

namespace FlickStream.Ingest.Uploads;

/// <summary>A pooled buffer on its way from the connection to storage.</summary>
internal struct Chunk
{
    private readonly byte[] _buffer;

    private Chunk(byte[] buffer) => _buffer = buffer;

    public int Length { get; private set; }

    public readonly bool IsFull => Length == _buffer.Length;

    public readonly ReadOnlyMemory<byte> Bytes => _buffer.AsMemory(0, Length);

    public static Chunk Rent(int size) => new(ArrayPool<byte>.Shared.Rent(size));

    public readonly void Return() => ArrayPool<byte>.Shared.Return(_buffer);

    public int Fill(ReadOnlySpan<byte> bytes)
    {
        var fits = bytes[..Math.Min(bytes.Length, _buffer.Length - Length)];
        fits.CopyTo(_buffer.AsSpan(Length));
        Length += fits.Length;
        return fits.Length;
    }
}
