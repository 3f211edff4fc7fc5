using System.Buffers.Binary;

namespace FlickStream.Ingest.Inspection;

/// <content>MXF.</content>
internal static partial class MissingBytes
{
    // SMPTE ST 377-1, 6.5: bytes of something else before the header partition.
    private const int MaxRunIn = 64 * 1024;

    // A footer may hold the index of the whole file: eleven bytes a picture, of twelve hours at 60 a second 28 MB.
    private const int MaxFooter = 32 << 20;

    private static ReadOnlySpan<byte> Partition => [0x06, 0x0e, 0x2b, 0x34, 0x02, 0x05, 0x01, 0x01, 0x0d, 0x01, 0x02, 0x01, 0x01];

    // SMPTE ST 377-1, 7.1: a header partition that was closed knows where the footer is. One that is open was left so by a writer who
    // cannot go back, or who never came to the end, and then there is no footer.
    private static string? InMxf(Stream file)
    {
        var start = Read(file, 0, MaxRunIn + 128);
        var header = start.AsSpan().IndexOf((ReadOnlySpan<byte>)[.. Partition, 0x02]);
        if (header < 0 || start.Length < header + 64) return null;
        var kind = start[header + 14];
        var fields = header + 16 + 1 + ((start[header + 16] & 0x80) == 0 ? 0 : start[header + 16] & 0x7f);
        if (fields + 32 > start.Length) return null;
        var footer = BinaryPrimitives.ReadInt64BigEndian(start.AsSpan(fields + 24));
        if (footer > 0) return Missing(footer < long.MaxValue - MaxRunIn ? header + footer + Partition.Length : long.MaxValue, file.Length);
        var isOpen = kind is 1 or 3;
        return !isOpen || Read(file, Math.Max(header, file.Length - MaxFooter), MaxFooter).AsSpan().IndexOf((ReadOnlySpan<byte>)[.. Partition, 0x04]) >= 0
            ? null : "Its footer is missing, which is written when a recording ends.";
    }
}
