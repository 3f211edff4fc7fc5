using System.Buffers.Binary;
using System.Text;

namespace FlickStream.Transcoder.Packaging.Mp4;

/// <summary>A box in memory (ISO/IEC 14496-12, 4.2).</summary>
/// <param name="type">Four bytes.</param>
/// <param name="body">What follows the header.</param>
/// <param name="whole">Header and body.</param>
internal readonly ref struct Box(ReadOnlySpan<byte> type, ReadOnlySpan<byte> body, ReadOnlySpan<byte> whole)
{
    public ReadOnlySpan<byte> Type { get; } = type;

    public ReadOnlySpan<byte> Body { get; } = body;

    public ReadOnlySpan<byte> Whole { get; } = whole;

    public bool Is(ReadOnlySpan<byte> type) => Type.SequenceEqual(type);
}

/// <summary>The boxes that fill a span, one after the other. A size that does not fit its parent rejects the chunk.</summary>
internal ref struct Boxes(ReadOnlySpan<byte> data)
{
    private ReadOnlySpan<byte> _rest = data;

    public Box Current { get; private set; }

    public readonly Boxes GetEnumerator() => this;

    public bool MoveNext()
    {
        if (_rest.IsEmpty) return false;
        var cursor = new ByteCursor(_rest);
        ulong size = cursor.U32();
        var type = cursor.Take(4);
        if (size == 1) size = cursor.U64();
        var header = _rest.Length - cursor.Left;
        // Size 0 ("to the end of the file") is for a last, top-level box only.
        if (size < (ulong)header || size > (ulong)_rest.Length)
        {
            throw new ChunkRejectedException(PackagingProblems.Malformed, $"The size of box {Name(type)} does not fit its parent.");
        }

        Current = new Box(type, _rest[header..(int)size], _rest[..(int)size]);
        _rest = _rest[(int)size..];
        return true;
    }

    /// <summary>The body of the one box of this type; none or several reject the chunk.</summary>
    public static ReadOnlySpan<byte> Only(ReadOnlySpan<byte> data, ReadOnlySpan<byte> type)
    {
        var found = false;
        ReadOnlySpan<byte> body = default;
        foreach (var box in new Boxes(data))
        {
            if (!box.Is(type)) continue;
            if (found) throw new ChunkRejectedException(PackagingProblems.Malformed, $"There are several boxes {Name(type)}.");
            found = true;
            body = box.Body;
        }

        return found ? body : throw new ChunkRejectedException(PackagingProblems.Malformed, $"There is no box {Name(type)}.");
    }

    public static bool Contains(ReadOnlySpan<byte> data, ReadOnlySpan<byte> type)
    {
        foreach (var box in new Boxes(data))
        {
            if (box.Is(type)) return true;
        }

        return false;
    }

    /// <summary>A type as text that is safe to show.</summary>
    public static string Name(ReadOnlySpan<byte> type)
    {
        Span<byte> shown = stackalloc byte[4];
        for (var i = 0; i < 4; i++) shown[i] = type[i] is >= 0x20 and < 0x7F ? type[i] : (byte)'?';
        return Encoding.ASCII.GetString(shown);
    }

    public static string Name(uint type)
    {
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, type);
        return Name(bytes);
    }
}
