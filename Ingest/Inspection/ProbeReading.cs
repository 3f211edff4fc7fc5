using System.Globalization;
using System.Text.RegularExpressions;
using FlickStream.Platform.Media;

namespace FlickStream.Ingest.Inspection;

/// <summary>What one sample showed, in the order of <see cref="ProbeArguments"/>.</summary>
/// <param name="Points">Each size and quality.</param>
/// <param name="Scaling">SSIM of each size.</param>
internal sealed partial record ProbeReading(IReadOnlyList<PointReading> Points, IReadOnlyList<double> Scaling)
{
    /// <summary>Null when a figure is missing, as of a master of too few frames.</summary>
    /// <param name="packets">framecrc's lines: track, dts, pts, duration, bytes, checksum.</param>
    /// <param name="log">ffmpeg's log with the SSIM filters' results.</param>
    /// <param name="points">How many points there are.</param>
    /// <param name="sizes">How many sizes there are.</param>
    public static ProbeReading? TryRead(string packets, string log, int points, int sizes)
    {
        var bits = Packet().Matches(packets).ToLookup(
            line => int.Parse(line.Groups[1].ValueSpan, CultureInfo.InvariantCulture),
            line => 8 * double.Parse(line.Groups[2].ValueSpan, CultureInfo.InvariantCulture));
        var ssims = FilterScores.Ssim(log);
        if (ssims.Count != points + sizes || Enumerable.Range(0, points).Any(i => bits[i].Count() < 2)) return null;
        return new ProbeReading(
            [.. Enumerable.Range(0, points).Select(i => new PointReading(bits[i].First(), bits[i].Skip(1).Average(), ssims[i]))],
            [.. ssims.Skip(points)]);
    }

    [GeneratedRegex(@"^(\d{1,4})(?:, *-?\d{1,19}){3}, *(\d{1,12}),", RegexOptions.CultureInvariant | RegexOptions.Multiline)]
    private static partial Regex Packet();
}

/// <param name="KeyBits">Of the first picture.</param>
/// <param name="FrameBits">Of each that follows, on average.</param>
/// <param name="Ssim">Of luma at the largest size, 0 to 1.</param>
internal readonly record struct PointReading(double KeyBits, double FrameBits, double Ssim);
