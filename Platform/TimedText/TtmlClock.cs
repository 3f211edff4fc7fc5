using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace FlickStream.Platform.TimedText;

/// <summary>Time expressions of TTML 2, 12.3.1: <c>00:01:02.5</c>, <c>00:01:02:12</c>, <c>62.5s</c>, <c>1500ms</c>, <c>48f</c>, <c>900t</c>.</summary>
/// <param name="FramesPerSecond">For frames.</param>
/// <param name="TicksPerSecond">For ticks.</param>
internal sealed partial record TtmlClock(double FramesPerSecond, double TicksPerSecond)
{
    /// <summary>A hundred hours, which is what the other formats can say.</summary>
    public const long MaxMilliseconds = 360_000_000;

    public static TtmlClock Of(XElement root)
    {
        var frames = Number("frameRate", 30);
        var multiplier = (Value("frameRateMultiplier") ?? "").Split([' ', ':'], StringSplitOptions.RemoveEmptyEntries);
        if (multiplier is [var over, var under] && Parse(over) is > 0 and var o && Parse(under) is > 0 and var u) frames *= o / u;
        return new TtmlClock(frames, Number("tickRate", Value("frameRate") is null ? 1 : frames));

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
        var seconds = (((Parse(clock.Groups[1].Value) * 60) + Parse(clock.Groups[2].Value)) * 60) + Parse(clock.Groups[3].Value);
        return clock.Groups[4].Success ? (seconds + (Parse(clock.Groups[4].Value) / FramesPerSecond)) * 1000 : seconds * 1000;
    }

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

    [GeneratedRegex(@"^\s*([0-9]{2,3}):([0-9]{2}):([0-9]{2}(?:\.[0-9]{1,9})?)(?::([0-9]{2,3})(?:\.[0-9]+)?)?\s*\z", RegexOptions.CultureInvariant)]
    private static partial Regex Clock();

    [GeneratedRegex(@"^\s*([0-9]{1,12}(?:\.[0-9]{1,9})?)(h|ms|m|s|f|t)\s*\z", RegexOptions.CultureInvariant)]
    private static partial Regex Offset();
}
