using System.Buffers.Binary;

namespace FlickStream.Ingest.Inspection;

/// <summary>The header of a frame of FLAC (RFC 9639, 9.1).</summary>
internal static class FlacFrame
{
    public const int MaxHeader = 16;

    /// <summary>The first sample behind the frame; null where no frame begins.</summary>
    /// <param name="bytes">At least <see cref="MaxHeader"/>.</param>
    /// <param name="block">Samples of each frame but the last, where they are all alike.</param>
    public static long? EndOf(ReadOnlySpan<byte> bytes, int block)
    {
        if (bytes[0] != 0xff || (bytes[1] & 0xfe) != 0xf8 || (bytes[3] & 1) != 0) return null;
        var (size, rate) = (bytes[2] >> 4, bytes[2] & 15);
        if (size == 0 || rate == 15 || bytes[3] >> 4 > 10) return null;
        if (Number(bytes[4..]) is not var (number, at)) return null;
        at += 4;
        var samples = size switch
        {
            1 => 192,
            <= 5 => 576 << (size - 2),
            6 => bytes[at++] + 1,
            7 => BinaryPrimitives.ReadUInt16BigEndian(bytes[at..(at += 2)]) + 1,
            _ => 256 << (size - 8),
        };
        at += rate switch { 12 => 1, 13 or 14 => 2, _ => 0 };
        var isCounted = (bytes[1] & 1) == 0;
        return at < MaxHeader && Checksum(bytes[..at]) == bytes[at] ? (isCounted ? number * block : number) + samples : null;
    }

    // As UTF-8 writes characters, on to 36 bits.
    private static (long Value, int Bytes)? Number(ReadOnlySpan<byte> bytes)
    {
        var length = byte.LeadingZeroCount((byte)~bytes[0]);
        if (length == 0) return (bytes[0], 1);
        if (length is 1 or > 7) return null;
        var value = bytes[0] & (0x7fL >> length);
        for (var i = 1; i < length; i++)
        {
            if ((bytes[i] & 0xc0) != 0x80) return null;
            value = (value << 6) | (bytes[i] & 0x3fL);
        }

        return (value, length);
    }

    private static byte Checksum(ReadOnlySpan<byte> bytes)
    {
        var sum = 0;
        foreach (var one in bytes)
        {
            sum ^= one;
            for (var bit = 0; bit < 8; bit++) sum = (sum & 0x80) != 0 ? (sum << 1) ^ 0x107 : sum << 1;
        }

        return (byte)sum;
    }
}
