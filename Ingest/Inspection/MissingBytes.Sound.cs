using System.Buffers.Binary;
using System.Globalization;

namespace FlickStream.Ingest.Inspection;

/// <content>WAV, AIFF and FLAC.</content>
internal static partial class MissingBytes
{
    private const int MaxChunks = 1000;

    // Writers that count their own header too, at most that of an extensible WAV.
    private const int Miscounted = 128;

    // Who writes to a pipe does not know the size, and states the largest of 31 or 32 bits or a little less, so that readers find room.
    private static bool IsStated(long size) => size is > 0 and (< 0x7fff_0000 or > 0x8001_0000) and < 0xffff_0000;

    // EBU Tech 3306: a size of all ones stands in the chunk ds64.
    private static string? InWave(Stream file)
    {
        long? large = null;
        foreach (var (name, at, size) in Chunks(file, head => BinaryPrimitives.ReadUInt32LittleEndian(head.AsSpan(4))))
        {
            if (name == "ds64" && Read(file, at, 16) is { Length: 16 } sizes) large = BinaryPrimitives.ReadInt64LittleEndian(sizes.AsSpan(8));
            if (name != "data") continue;
            var stated = size == uint.MaxValue && large is > 0 ? large : IsStated(size) ? size : null;
            return stated is { } bytes && bytes < long.MaxValue - at ? Missing(at + bytes - Miscounted, file.Length) : null;
        }

        return null;
    }

    private static string? InAiff(Stream file)
    {
        foreach (var (name, at, size) in Chunks(file, head => BinaryPrimitives.ReadUInt32BigEndian(head.AsSpan(4))))
        {
            if (name == "SSND") return IsStated(size) ? Missing(at + size, file.Length) : null;
        }

        return null;
    }

    /// <summary>Of EA IFF 85: a name, a size, and as many bytes, made even.</summary>
    private static IEnumerable<(string Name, long At, long Size)> Chunks(Stream file, Func<byte[], uint> sizeOf)
    {
        var at = 12L;
        for (var chunks = 0; chunks < MaxChunks && Read(file, at, 8) is { Length: 8 } head; chunks++)
        {
            var size = sizeOf(head);
            yield return (Word(head, 0), at + 8, size);
            at += 8 + size + (size & 1);
        }
    }

    // RFC 9639: STREAMINFO, always first, counts the samples, 0 being unknown; each frame's header says which of them it has.
    private static string? InFlac(Stream file)
    {
        const int Tail = 1 << 20;
        var info = Read(file, 8, 34);
        if (info.Length < 34) return null;
        var block = BinaryPrimitives.ReadUInt16BigEndian(info.AsSpan(2));
        var total = BinaryPrimitives.ReadInt64BigEndian(info.AsSpan(10)) & 0xf_ffff_ffff;
        if (total == 0) return null;
        // A frame of silence is shorter than the longest header.
        byte[] tail = [.. Read(file, Math.Max(42, file.Length - Tail), Tail), .. new byte[FlacFrame.MaxHeader]];
        var last = 0L;
        for (var i = 0; i + FlacFrame.MaxHeader <= tail.Length; i++)
        {
            // What looks like a header by chance claims any sample: none beyond the total counts.
            if (FlacFrame.EndOf(tail.AsSpan(i), block) is { } end && end <= total) last = Math.Max(last, end);
        }

        return last == 0 || last >= total ? null : string.Create(CultureInfo.InvariantCulture, $"It should have {total} samples and ends at {last}.");
    }
}
