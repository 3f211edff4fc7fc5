using System.Buffers.Binary;

namespace FlickStream.Transcoder.Packaging.Mp4;

/// <summary>
/// Reads top-level boxes from a file or pipe. Memory follows the bytes that really arrive, never a size that a header merely
/// claims.
/// </summary>
internal sealed class BoxReader(Stream stream)
{
    private const int Step = 1 << 20;
    private readonly byte[] _header = new byte[16];

    /// <summary>The next box's type, size of body and size of header; null at the end of the stream.</summary>
    public async Task<BoxHeader?> ReadHeaderAsync(CancellationToken ct)
    {
        var got = await stream.ReadAtLeastAsync(_header.AsMemory(0, 8), 8, throwOnEndOfStream: false, ct);
        if (got == 0) return null;
        if (got < 8) throw Cut();
        ulong size = BinaryPrimitives.ReadUInt32BigEndian(_header);
        var type = BinaryPrimitives.ReadUInt32BigEndian(_header.AsSpan(4));
        var header = 8;
        if (size == 1)
        {
            header = 16;
            if (await stream.ReadAtLeastAsync(_header.AsMemory(8, 8), 8, throwOnEndOfStream: false, ct) < 8) throw Cut();
            size = BinaryPrimitives.ReadUInt64BigEndian(_header.AsSpan(8));
        }

        if (size < (ulong)header || size > long.MaxValue)
        {
            throw new ChunkRejectedException(PackagingProblems.Malformed, $"Box {Boxes.Name(type)} has the impossible size {size}.");
        }

        return new BoxHeader(type, header, (long)size - header);
    }

    /// <summary>Reads a box's body into <paramref name="buffer"/>, which grows as needed.</summary>
    public async Task<ReadOnlyMemory<byte>> ReadBodyAsync(BoxHeader box, int limit, ByteBuffer buffer, CancellationToken ct)
    {
        if (box.BodySize > limit)
        {
            throw new ChunkRejectedException(
                PackagingProblems.TooLarge, $"Box {Boxes.Name(box.Type)} claims {box.BodySize} bytes; {limit} are allowed.");
        }

        buffer.Clear();
        for (var left = (int)box.BodySize; left > 0;)
        {
            var part = Math.Min(left, Step);
            if (await stream.ReadAtLeastAsync(buffer.Reserve(part), part, throwOnEndOfStream: false, ct) < part) throw Cut();
            left -= part;
        }

        return buffer.Written;
    }

    public async Task SkipBodyAsync(BoxHeader box, ByteBuffer scratch, CancellationToken ct)
    {
        for (var left = box.BodySize; left > 0;)
        {
            scratch.Clear();
            var part = (int)Math.Min(left, 64 * 1024);
            if (await stream.ReadAtLeastAsync(scratch.Reserve(part), part, throwOnEndOfStream: false, ct) < part) throw Cut();
            left -= part;
        }
    }

    private static ChunkRejectedException Cut() => new(PackagingProblems.Cut, "It ends in the middle of a box.");
}

/// <param name="Type">Four characters as a big-endian number.</param>
/// <param name="HeaderSize">8, or 16 with a 64-bit size.</param>
/// <param name="BodySize">Bytes after the header, as claimed.</param>
internal readonly record struct BoxHeader(uint Type, int HeaderSize, long BodySize)
{
    public const uint Moov = 0x6D6F6F76;
    public const uint Moof = 0x6D6F6F66;
    public const uint Mdat = 0x6D646174;
}
