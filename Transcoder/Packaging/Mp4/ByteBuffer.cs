using System.Buffers.Binary;

namespace FlickStream.Transcoder.Packaging.Mp4;

/// <summary>A byte array that grows, is reused, and is written in big-endian fields and nested boxes.</summary>
internal sealed class ByteBuffer
{
    private byte[] _bytes = new byte[4096];

    public int Length { get; private set; }

    public ReadOnlyMemory<byte> Written => _bytes.AsMemory(0, Length);

    public ReadOnlySpan<byte> Span => _bytes.AsSpan(0, Length);

    public void Clear() => Length = 0;

    /// <summary>Adds <paramref name="count"/> bytes and returns them to be filled.</summary>
    public Memory<byte> Reserve(int count)
    {
        var needed = checked(Length + count);
        if (needed > _bytes.Length) Array.Resize(ref _bytes, (int)Math.Min(Array.MaxLength, Math.Max(needed, _bytes.Length * 2L)));
        var added = _bytes.AsMemory(Length, count);
        Length = needed;
        return added;
    }

    public ByteBuffer Bytes(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(Reserve(bytes.Length).Span);
        return this;
    }

    public ByteBuffer Zeros(int count)
    {
        Reserve(count).Span.Clear();
        return this;
    }

    public ByteBuffer U16(int value)
    {
        BinaryPrimitives.WriteUInt16BigEndian(Reserve(2).Span, checked((ushort)value));
        return this;
    }

    public ByteBuffer U32(uint value)
    {
        BinaryPrimitives.WriteUInt32BigEndian(Reserve(4).Span, value);
        return this;
    }

    public ByteBuffer I32(int value) => U32(unchecked((uint)value));

    public ByteBuffer U64(ulong value)
    {
        BinaryPrimitives.WriteUInt64BigEndian(Reserve(8).Span, value);
        return this;
    }

    /// <summary>A box whose size is filled in once <paramref name="body"/> has been written.</summary>
    public ByteBuffer Box(ReadOnlySpan<byte> type, Action<ByteBuffer> body)
    {
        var start = Length;
        U32(0).Bytes(type);
        body(this);
        SetU32(start, (uint)(Length - start));
        return this;
    }

    public ByteBuffer FullBox(ReadOnlySpan<byte> type, byte version, uint flags, Action<ByteBuffer> body) =>
        Box(type, b => body(b.U32(((uint)version << 24) | flags)));

    public void SetU32(int offset, uint value) => BinaryPrimitives.WriteUInt32BigEndian(_bytes.AsSpan(offset, 4), value);

    /// <summary>Drops the first <paramref name="count"/> bytes.</summary>
    public void RemoveFront(int count)
    {
        _bytes.AsSpan(count, Length - count).CopyTo(_bytes);
        Length -= count;
    }
}
