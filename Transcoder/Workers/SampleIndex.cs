using System.Globalization;
using FlickStream.Platform.Numbers;
using FlickStream.Platform.TimedText;

namespace FlickStream.Transcoder.Workers;

/// <summary>ffmpeg's framecrc of a track beside the bytes of its samples. Pure.</summary>
internal static class SampleIndex
{
    /// <summary>The samples as far as both go; one that does not say how long it stands does so until the next.</summary>
    public static IReadOnlyList<TextSample> Read(IEnumerable<string> lines, ReadOnlyMemory<byte> bytes)
    {
        var at = 0;
        var samples = new List<TextSample>();
        foreach (var (start, end, size) in Entries(lines))
        {
            if (size > bytes.Length - at) break;
            if (samples is [.., { End: long.MaxValue } open]) samples[^1] = open with { End = start };
            samples.Add(new TextSample(start, end, bytes.Slice(at, size)));
            at += size;
        }

        return samples;
    }

    /// <summary>Begin and end of each sample in milliseconds, <see cref="long.MaxValue"/> for one that does not say, and its size in bytes.</summary>
    public static IEnumerable<(long Start, long End, int Size)> Entries(IEnumerable<string> lines)
    {
        var unit = new Rational(1, 1000);
        foreach (var line in lines)
        {
            if (line.StartsWith("#tb 0: ", StringComparison.Ordinal)) unit = Rational.TryParse(line[7..]) ?? unit;
            // Stream, decoding time, presentation time, duration, size, checksum.
            if (line.StartsWith('#') || line.Split(',', StringSplitOptions.TrimEntries) is not [_, _, var pts, var duration, var size, ..]) continue;
            if (!Number(pts, out var start) || !Number(duration, out var length) || !Number(size, out var count) || count is < 0 or > int.MaxValue) break;
            yield return (Milliseconds(start), length > 0 ? Milliseconds(start + length) : long.MaxValue, (int)count);
        }

        long Milliseconds(long time) => (long)Math.Round(time * 1000m * unit.Numerator / unit.Denominator);
    }

    private static bool Number(string text, out long number) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number) && Math.Abs(number) < 1L << 53;
}
