using System.Buffers.Binary;
using System.Text;

namespace FlickStream.Standalone.Tests.Masters;

/// <summary>Cuts that no muxer of ffmpeg writes into an MP4 of one track whose index is at its end.</summary>
internal static class EditList
{
    private const int Entry = 12;

    /// <param name="file">Its edit list has one entry and is of version 0.</param>
    /// <param name="parts">Where each begins, in ticks of the track, and how long it is, in ticks of the file: 1000 a second.</param>
    public static byte[] Replace(byte[] file, params (int Media, int Length)[] parts)
    {
        var entries = new byte[Entry * parts.Length];
        foreach (var (i, (media, length)) in parts.Index())
        {
            // ISO/IEC 14496-12, 8.6.6: segment_duration, media_time, media_rate as 16.16.
            BinaryPrimitives.WriteInt32BigEndian(entries.AsSpan(Entry * i), length);
            BinaryPrimitives.WriteInt32BigEndian(entries.AsSpan((Entry * i) + 4), media);
            BinaryPrimitives.WriteInt32BigEndian(entries.AsSpan((Entry * i) + 8), 1 << 16);
        }

        foreach (var parent in (string[])["moov", "trak", "edts", "elst"])
        {
            var size = file.AsSpan(file.AsSpan().LastIndexOf(Encoding.ASCII.GetBytes(parent)) - 4);
            BinaryPrimitives.WriteInt32BigEndian(size, BinaryPrimitives.ReadInt32BigEndian(size) + entries.Length - Entry);
        }

        var count = file.AsSpan().LastIndexOf("elst"u8) + 8;
        BinaryPrimitives.WriteInt32BigEndian(file.AsSpan(count), parts.Length);
        return [.. file[..(count + 4)], .. entries, .. file[(count + 4 + Entry)..]];
    }
}
