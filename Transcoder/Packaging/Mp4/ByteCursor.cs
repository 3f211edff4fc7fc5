using System.Buffers.Binary;

namespace FlickStream.Transcoder.Packaging.Mp4;

/// <summary>Reads big-endian fields one after the other; running past the end rejects the chunk.</summary>
internal ref struct ByteCursor(ReadOnlySpan<byte> data)
{
    private ReadOnlySpan<byte> _rest = data;

    public readonly int Left => _rest.Length;

    public byte U8() => Take(1)[0];

    public ushort U16() => BinaryPrimitives.ReadUInt16BigEndian(Take(2));

    public uint U32() => BinaryPrimitives.ReadUInt32BigEndian(Take(4));

    public int I32() => BinaryPrimitives.ReadInt32BigEndian(Take(4));

    public ulong U64() => BinaryPrimitives.ReadUInt64BigEndian(Take(8));

    /// <summary>The version and the 24 flags that begin a full box.</summary>
    public (byte Version, uint Flags) FullBox()
    {
        var word = U32();
        return ((byte)(word >> 24), word & 0xFFFFFF);
    }

    public void Skip(int count) => Take(count);

    public ReadOnlySpan<byte> Take(int count)
    {
        if ((uint)count > (uint)_rest.Length)
        {
            throw new ChunkRejectedException(PackagingProblems.Malformed, "A box ends in the middle of a field.");
        }

        var taken = _rest[..count];
        _rest = _rest[count..];
        return taken;
    }

    public ReadOnlySpan<byte> Rest() => Take(Left);
}
