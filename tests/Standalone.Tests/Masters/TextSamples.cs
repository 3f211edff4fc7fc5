using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace FlickStream.Standalone.Tests.Masters;

/// <summary>
/// Tracks of text in MP4 that ffmpeg does not write: one of mov_text whose cues have the right sizes is made, and then its tag and its samples
/// are exchanged.
/// </summary>
internal static class TextSamples
{
    private const int SizeBytes = 2;

    /// <summary>SubRip of words that become samples as large as those that shall be there.</summary>
    public static byte[] Placeholders(IReadOnlyList<(double From, double To, byte[] Data)> samples) => Encoding.ASCII.GetBytes(string.Concat(
        samples.Select((sample, i) => $"{i + 1}\n{Time(sample.From)} --> {Time(sample.To)}\n{Words(i, sample.Data)}\n\n")));

    public static byte[] Exchange(byte[] file, string tag, IReadOnlyList<(double From, double To, byte[] Data)> samples)
    {
        foreach (var (i, (_, _, data)) in samples.Index())
        {
            var size = new byte[SizeBytes];
            BinaryPrimitives.WriteUInt16BigEndian(size, (ushort)(data.Length - SizeBytes));
            data.CopyTo(file, Find(file, [.. size, .. Encoding.ASCII.GetBytes(Words(i, data))]));
        }

        Encoding.ASCII.GetBytes(tag).CopyTo(file, Find(file, "tx3g"u8));
        return file;
    }

    public static byte[] Box(string type, params IEnumerable<byte> data)
    {
        byte[] box = [0, 0, 0, 0, .. Encoding.ASCII.GetBytes(type), .. data];
        BinaryPrimitives.WriteInt32BigEndian(box, box.Length);
        return box;
    }

    private static int Find(byte[] file, ReadOnlySpan<byte> part)
    {
        var at = file.AsSpan().IndexOf(part);
        Assert.True(at >= 0, "A placeholder is not in the file.");
        return at;
    }

    private static string Words(int number, byte[] data) => new((char)('a' + number), data.Length - SizeBytes);

    private static string Time(double seconds) => TimeSpan.FromSeconds(seconds).ToString(@"hh\:mm\:ss\,fff", CultureInfo.InvariantCulture);
}
