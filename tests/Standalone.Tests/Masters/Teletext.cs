using System.Buffers.Binary;

namespace FlickStream.Standalone.Tests.Masters;

/// <summary>Makes teletext of a transport stream's last track, which ffmpeg can only write as private data.</summary>
internal static class Teletext
{
    private const int Packet = 188;
    private const int MapId = 0x1000;

    // ETSI EN 300 468, 6.2.43: German, a subtitle page, magazine 1, page 0.
    private static readonly byte[] Descriptor = [0x56, 5, .. "ger"u8, (2 << 3) | 1, 0];

    public static byte[] Describe(byte[] file)
    {
        for (var at = 0; at < file.Length; at += Packet)
        {
            if ((BinaryPrimitives.ReadUInt16BigEndian(file.AsSpan(at + 1)) & 0x1fff) == MapId) Describe(file.AsSpan(at + 5, Packet - 5));
        }

        return file;
    }

    // ISO/IEC 13818-1, 2.4.4.8: the section's length counts what follows it, at its end a CRC of all before, and before that the last track's
    // descriptors, of which there are none.
    private static void Describe(Span<byte> section)
    {
        var length = BinaryPrimitives.ReadUInt16BigEndian(section[1..]) & 0xfff;
        var end = 3 + length - 4;
        BinaryPrimitives.WriteUInt16BigEndian(section[1..], (ushort)(0xb000 | (length + Descriptor.Length)));
        BinaryPrimitives.WriteUInt16BigEndian(section[(end - 2)..], (ushort)(0xf000 | Descriptor.Length));
        Descriptor.CopyTo(section[end..]);
        end += Descriptor.Length;
        BinaryPrimitives.WriteUInt32BigEndian(section[end..], Crc(section[..end]));
    }

    private static uint Crc(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var value in bytes)
        {
            crc ^= (uint)value << 24;
            for (var bit = 0; bit < 8; bit++) crc = (crc << 1) ^ ((crc & 0x80000000) != 0 ? 0x04c11db7u : 0);
        }

        return crc;
    }
}
