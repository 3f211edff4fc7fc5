using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace FlickStream.Platform.TimedText;

/// <summary>Time expressions of TTML: clock time with a fraction or frames, and counts of hours down to ticks.</summary>
/// <param name="NominalRate">Frames that a second of the clock has, as it is counted.</param>
/// <param name="FramesPerSecond">As they are shown.</param>
/// <param name="TicksPerSecond">Of its ticks.</param>
/// <param name="Labels">What hours, minutes and seconds count.</param>
internal sealed partial record TtmlClock(double NominalRate, double FramesPerSecond, double TicksPerSecond, TtmlClock.Labelling Labels)
{
    /// <summary>A hundred hours, which is what the other formats can say.</summary>
    public const long MaxMilliseconds = 360_000_000;

    internal enum Labelling
    {
        /// <summary>Seconds of the media.</summary>
        Seconds,

        /// <summary>Frames, without a gap (<c>timeBase="smpte"</c>): at 24000/1001 such a clock loses 3.6 s an hour.</summary>
        Frames,

        /// <summary>Frames, but for two labels a minute, save each tenth, that are left out.</summary>
        DropNtsc,

        /// <summary>Frames, but for four labels every second minute, save each twentieth.</summary>
        DropPal,
    }

    public static TtmlClock Of(XElement root)
    {
        var nominal = Number("frameRate", 30);
        var frames = nominal;
        var multiplier = (Value("frameRateMultiplier") ?? "").Split([' ', ':'], StringSplitOptions.RemoveEmptyEntries);
        if (multiplier is [var over, var under] && Parse(over) is > 0 and var o && Parse(under) is > 0 and var u) frames *= o / u;
        var labels = (Value("timeBase"), Value("dropMode")) switch
        {
            ("smpte", "dropNTSC") => Labelling.DropNtsc,
            ("smpte", "dropPAL") => Labelling.DropPal,
            ("smpte", _) => Labelling.Frames,
            _ => Labelling.Seconds,
        };
        return new TtmlClock(nominal, frames, Number("tickRate", Value("frameRate") is null ? 1 : frames), labels);

        string? Value(string name) => root.Attributes().FirstOrDefault(a => a.Name.LocalName == name)?.Value;
        double Number(string name, double otherwise) => Parse(Value(name)) is > 0 and var number ? number : otherwise;
    }

    /// <summary>Milliseconds; null for what is no time.</summary>
    public long? TryParse(string? text)
    {
        if (text is null) return null;
        var milliseconds = Clock().Match(text) is { Success: true } clock ? OfClock(clock)
            : Offset().Match(text) is { Success: true } offset ? Parse(offset.Groups[1].Value) * Unit(offset.Groups[2].Value)
            : null;
        return milliseconds is >= 0 and <= MaxMilliseconds ? (long)Math.Round(milliseconds.Value) : null;
    }

    private double? OfClock(Match clock)
    {
        var minutes = (Parse(clock.Groups[1].Value) * 60) + Parse(clock.Groups[2].Value);
        var seconds = (minutes * 60) + Parse(clock.Groups[3].Value);
        var frames = clock.Groups[4].Success ? Parse(clock.Groups[4].Value) : 0;
        return Labels == Labelling.Seconds
            ? (seconds + (frames / FramesPerSecond)) * 1000
            : ((seconds * NominalRate) + frames - LeftOut(minutes ?? 0)) / FramesPerSecond * 1000;
    }

    // TTML 2, H.2.2.
    private double LeftOut(double minutes) => Labels switch
    {
        Labelling.DropNtsc => 2 * (minutes - Math.Floor(minutes / 10)),
        Labelling.DropPal => 4 * (Math.Floor(minutes / 2) - Math.Floor(minutes / 20)),
        _ => 0,
    };

    private double Unit(string unit) => unit switch
    {
        "h" => 3_600_000,
        "m" => 60_000,
        "s" => 1000,
        "ms" => 1,
        "f" => 1000 / FramesPerSecond,
        _ => 1000 / TicksPerSecond,
    };

    private static double? Parse(string? text) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) ? number : null;

    [GeneratedRegex(@"^\s*([0-9]{2,3}):([0-9]{2}):([0-9]{2}(?:\.[0-9]{1,9})?)(?:[:;]([0-9]{2,3})(?:\.[0-9]+)?)?\s*\z", RegexOptions.CultureInvariant)]
    private static partial Regex Clock();

    [GeneratedRegex(@"^\s*([0-9]{1,12}(?:\.[0-9]{1,9})?)(h|ms|m|s|f|t)\s*\z", RegexOptions.CultureInvariant)]
    private static partial Regex Offset();
}
