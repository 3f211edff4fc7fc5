using System.Buffers.Binary;

namespace FlickStream.Standalone.Tests.Fuzzing;

/// <summary>ISO/IEC 14496-12: four bytes of size, which counts them too, and four of name.</summary>
internal sealed class Boxes : Nesting
{
    protected override byte[] Nestable => "moov"u8.ToArray();

    protected override int? PrefixOf(string name) => name switch
    {
        "moov" or "trak" or "mdia" or "minf" or "stbl" or "dinf" or "edts" or "udta" or "moof" or "traf" or "mvex" => 0,
        "stsd" or "dref" => 8,
        "meta" => 4,
        _ => null,
    };

    protected override (int NameLength, int HeadLength, long Size)? ReadHead(ReadOnlySpan<byte> bytes) =>
        bytes.Length >= 8 && BinaryPrimitives.ReadUInt32BigEndian(bytes) is >= 8 and var size ? (4, 8, size - 8) : null;

    protected override byte[] NameIn(ReadOnlySpan<byte> bytes, int length) => bytes[4..8].ToArray();

    protected override byte[] HeadOf(Part part, int content)
    {
        var head = new byte[8];
        BinaryPrimitives.WriteUInt32BigEndian(head, (uint)(part.Claim ?? (ulong)(content + 8)));
        part.Name.CopyTo(head, 4);
        return head;
    }
}

/// <summary>RFC 8794, EBML: a name and a size, each as long as its first byte says.</summary>
internal sealed class Elements : Nesting
{
    private static readonly HashSet<string> Masters =
    [
        .. ((uint[])[
            0x18538067, 0x1549A966, 0x1654AE6B, 0xAE, 0xE0, 0xE1, 0x1F43B675, 0xA0, 0x1C53BB6B, 0xBB, 0xB7, 0x114D9B74, 0x4DBB, 0x1254C367, 0x7373,
            0x67C8, 0x1941A469, 0x61A7, 0x1043A770, 0x45B9, 0xB6, 0x80]).Select(id => System.Text.Encoding.Latin1.GetString(IdOf(id))),
    ];

    /// <summary>SimpleTag.</summary>
    protected override byte[] Nestable => IdOf(0x67C8);

    public static byte[] IdOf(uint id)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, id);
        return bytes.AsSpan().TrimStart((byte)0).ToArray();
    }

    protected override int? PrefixOf(string name) => Masters.Contains(name) ? 0 : null;

    protected override (int NameLength, int HeadLength, long Size)? ReadHead(ReadOnlySpan<byte> bytes)
    {
        var name = byte.LeadingZeroCount(bytes[0]) + 1;
        if (name > 4 || bytes.Length <= name) return null;
        var sizeLength = byte.LeadingZeroCount(bytes[name]) + 1;
        if (sizeLength > 8 || bytes.Length < name + sizeLength) return null;
        var size = bytes[name] & (0xffL >> sizeLength);
        foreach (var next in bytes.Slice(name + 1, sizeLength - 1)) size = (size << 8) | next;
        return (name, name + sizeLength, size);
    }

    protected override byte[] HeadOf(Part part, int content)
    {
        var head = new byte[part.Name.Length + 8];
        part.Name.CopyTo(head, 0);
        BinaryPrimitives.WriteUInt64BigEndian(head.AsSpan(part.Name.Length), (part.Claim ?? (ulong)content) & 0x00ffffffffffffff | 0x0100000000000000);
        return head;
    }
}

/// <summary>RIFF: four bytes of name, four of size, little-endian and without the head, padded to an even number.</summary>
internal sealed class Chunks : Nesting
{
    protected override byte[] Nestable => "LIST"u8.ToArray();

    protected override int? PrefixOf(string name) => name is "RIFF" or "LIST" ? 4 : null;

    protected override (int NameLength, int HeadLength, long Size)? ReadHead(ReadOnlySpan<byte> bytes) =>
        bytes.Length >= 8 ? (4, 8, BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..])) : null;

    protected override byte[] HeadOf(Part part, int content)
    {
        var head = new byte[8];
        part.Name.CopyTo(head, 0);
        BinaryPrimitives.WriteUInt32LittleEndian(head.AsSpan(4), (uint)(part.Claim ?? (ulong)content));
        return head;
    }

    protected override int PaddingOf(int content) => content & 1;
}
