using System.Buffers.Binary;
using System.Globalization;

namespace FlickStream.Ingest.Inspection;

/// <summary>
/// Compares the length that a container declares with the bytes that came. ffmpeg reads a cut file as far as it goes without
/// an error, so a broken upload would become a title that ends early.
/// </summary>
internal static partial class MissingBytes
{
    // A title of a day in fragments of a second has two boxes a fragment.
    private const int MaxBoxes = 250_000;

    /// <summary>What is missing, as a sentence; null when the container does not tell.</summary>
    public static string? Find(Stream file)
    {
        var start = Read(file, 0, 64);
        if (start.Length < 12) return null;
        if (IsBoxType(start.AsSpan(4, 4)) && Box.Read(file, 0) is { Type: "ftyp" or "moov" or "mdat" or "wide" or "free" or "skip" or "styp" })
        {
            return InBoxes(file);
        }

        return (Word(start, 0), Word(start, 8)) switch
        {
            ("RIFF", "AVI ") => Missing(8L + BinaryPrimitives.ReadUInt32LittleEndian(start.AsSpan(4)), file.Length),
            ("RIFF" or "RF64" or "BW64", "WAVE") => InWave(file),
            ("FORM", "AIFF" or "AIFC") => InAiff(file),
            ("fLaC", _) => InFlac(file),
            _ when start.AsSpan().StartsWith("FLV"u8) => InFlv(file),
            _ when BinaryPrimitives.ReadUInt32BigEndian(start) == Ebml.Header => InEbml(file, start),
            _ => InMxf(file),
        };
    }

    // ISO/IEC 14496-12, 4.2: size 1 means that a 64-bit size follows, size 0 that the box reaches the end of the file.
    private static string? InBoxes(Stream file)
    {
        var (offset, index) = (0L, false);
        for (var boxes = 0; boxes < MaxBoxes && Box.Read(file, offset) is { } box; boxes++)
        {
            if (box.Type is "moov" or "moof" or "mdat" or "sidx" && Missing(offset + box.Size, file.Length) is { } missing) return missing;
            index |= box.Type == "moov";
            offset += box.Size;
        }

        return index ? null : "Its index (the moov box) is missing.";
    }

    // RFC 8794: after the EBML header comes the Segment; a size of all ones means that it was not known when it was written.
    private static string? InEbml(Stream file, byte[] start)
    {
        if (Ebml.Size(start, 4) is not ({ } header, var headerBytes)) return null;
        var offset = 4 + headerBytes + header;
        var segment = Read(file, offset, 12);
        if (segment.Length < 12 || BinaryPrimitives.ReadUInt32BigEndian(segment) != Ebml.Segment) return null;
        return Ebml.Size(segment, 4) is ({ } size, var sizeBytes) ? Missing(offset + 4 + sizeBytes + size, file.Length) : null;
    }

    private static string? Missing(long declared, long came) => declared <= came ? null : string.Create(
        CultureInfo.InvariantCulture, $"It should have at least {declared} bytes and has {came}.");

    private static string Word(ReadOnlySpan<byte> bytes, int at) => System.Text.Encoding.Latin1.GetString(bytes.Slice(at, 4));

    private static bool IsBoxType(ReadOnlySpan<byte> type) => type.IndexOfAnyExceptInRange((byte)' ', (byte)'~') < 0;

    private static byte[] Read(Stream file, long offset, int count)
    {
        file.Position = Math.Clamp(offset, 0, file.Length);
        var bytes = new byte[Math.Min(count, file.Length - file.Position)];
        return bytes[..file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false)];
    }

    private sealed record Box(string Type, long Size)
    {
        public static Box? Read(Stream file, long offset)
        {
            var bytes = MissingBytes.Read(file, offset, 16);
            if (bytes.Length < 8 || !IsBoxType(bytes.AsSpan(4, 4))) return null;
            var size = BinaryPrimitives.ReadUInt32BigEndian(bytes) switch
            {
                0 => file.Length - offset,
                1 => bytes.Length < 16 ? 0 : BinaryPrimitives.ReadInt64BigEndian(bytes.AsSpan(8)),
                var small => small,
            };
            return size < 8 || size > long.MaxValue - offset
                ? null : new Box(System.Text.Encoding.ASCII.GetString(bytes, 4, 4), size);
        }
    }

    private static class Ebml
    {
        public const uint Header = 0x1A45DFA3;
        public const uint Segment = 0x18538067;

        /// <summary>A variable-length size; its value is null when unknown.</summary>
        public static (long? Value, int Bytes) Size(ReadOnlySpan<byte> bytes, int at)
        {
            var length = byte.LeadingZeroCount(bytes[at]) + 1;
            if (length > 8 || at + length > bytes.Length) return (null, length);
            var value = bytes[at] & (0xffL >> length);
            for (var i = 1; i < length; i++) value = (value << 8) | bytes[at + i];
            return (value == (1L << (7 * length)) - 1 ? null : value, length);
        }
    }
}
