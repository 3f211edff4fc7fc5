using System.Globalization;
using System.Text.RegularExpressions;

namespace FlickStream.Platform.TimedText;

/// <summary>Times as SubRip, WebVTT and ASS write them.</summary>
internal static partial class CueTime
{
    /// <summary>Milliseconds; null for what is no time, or lies beyond a hundred hours.</summary>
    public static long? TryParse(ReadOnlySpan<char> text)
    {
        var match = Time().Match(text.Trim().ToString());
        if (!match.Success) return null;
        var (hours, minutes, seconds) = (Number(match, 2), Number(match, 3), Number(match, 4));
        var fraction = match.Groups[5].Value;
        var milliseconds = fraction.Length == 0 ? 0 : long.Parse(fraction.PadRight(3, '0')[..3], CultureInfo.InvariantCulture);
        var time = (((((hours * 60) + minutes) * 60) + seconds) * 1000) + milliseconds;
        return match.Groups[1].Length > 0 ? -time : time;
    }

    /// <summary>The two times around an arrow and what follows them; null for a line that is no such thing.</summary>
    public static (long Start, long End, string Settings)? TryParseLine(string line)
    {
        var arrow = line.IndexOf("-->", StringComparison.Ordinal);
        if (arrow < 0) return null;
        var end = line[(arrow + 3)..].TrimStart();
        var space = end.AsSpan().IndexOfAny(' ', '\t');
        var rest = space < 0 ? "" : end[space..].Trim();
        return TryParse(line.AsSpan(0, arrow)) is { } from && TryParse(space < 0 ? end : end.AsSpan(0, space)) is { } to ? (from, to, rest) : null;
    }

    public static string Write(long milliseconds) => string.Create(
        CultureInfo.InvariantCulture,
        $"{milliseconds / 3_600_000:00}:{milliseconds / 60_000 % 60:00}:{milliseconds / 1000 % 60:00}.{milliseconds % 1000:000}");

    private static long Number(Match match, int group) =>
        match.Groups[group].Success ? long.Parse(match.Groups[group].ValueSpan, CultureInfo.InvariantCulture) : 0;

    [GeneratedRegex(@"^(-)?(?:([0-9]{1,2}):)?([0-9]{1,2}):([0-9]{1,2})(?:[.,]([0-9]{1,9}))?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Time();
}
