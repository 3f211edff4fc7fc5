using System.Globalization;
using System.Text.RegularExpressions;
using FlickStream.Platform.Numbers;

namespace FlickStream.Ingest.Inspection;

/// <summary>Where a master's first picture stands on the programme's time, as MOV's timecode track, MXF's package or a tag says it (SMPTE ST 12).</summary>
internal static partial class StartTimecode
{
    /// <summary>Seconds as a clock would show the label, which is what text in hours, minutes and seconds is written by; null where there is none.</summary>
    public static double? Of(FfprobeHeader header, FfprobeStream video)
    {
        var tags = new[] { video.Tags, header.Format?.Tags ?? new Dictionary<string, string>() }.Concat((header.Streams ?? []).Where(s => s.CodecType == "data").Select(s => s.Tags));
        var label = tags.SelectMany(list => list).FirstOrDefault(tag => tag.Key.Equals("timecode", StringComparison.OrdinalIgnoreCase)).Value;
        if (label is null || Label().Match(label) is not { Success: true } match) return null;
        int Part(int group) => int.Parse(match.Groups[group].ValueSpan, CultureInfo.InvariantCulture);
        var nominal = Rational.TryParse(video.RFrameRate) is { Numerator: > 0 } rate ? Math.Round(rate.Value) : 0;
        return (Part(1) * 3600) + (Part(2) * 60) + Part(3) + (nominal > Part(4) ? Part(4) / nominal : 0);
    }

    [GeneratedRegex(@"^(\d{2}):([0-5]\d):([0-5]\d)[:;.](\d{2,3})\z", RegexOptions.CultureInvariant)]
    private static partial Regex Label();
}
