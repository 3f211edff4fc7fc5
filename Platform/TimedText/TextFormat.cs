using System.Text.RegularExpressions;

namespace FlickStream.Platform.TimedText;

/// <summary>The formats of text that can be read.</summary>
public enum TextFormat
{
    SubRip,
    Ass,
    WebVtt,
    Ttml,
}

public static partial class TimedTextFile
{
    /// <summary>Bytes of the largest file that is read. A feature film's subtitles have about 100 kB.</summary>
    public const int MaxBytes = 8 << 20;

    /// <summary>What a file is by its content, whatever it is called; null for none of them.</summary>
    public static TextFormat? Recognise(string file)
    {
        var start = file.AsSpan().TrimStart()[..Math.Min(file.AsSpan().TrimStart().Length, 64 * 1024)];
        if (start.StartsWith("WEBVTT", StringComparison.Ordinal)) return TextFormat.WebVtt;
        if (start.StartsWith("[Script Info]", StringComparison.OrdinalIgnoreCase)) return TextFormat.Ass;
        if (start.StartsWith("<", StringComparison.Ordinal)) return TtmlRoot().IsMatch(start) ? TextFormat.Ttml : null;
        foreach (var line in start.EnumerateLines())
        {
            if (CueTime.TryParseLine(line.ToString()) is not null) return TextFormat.SubRip;
        }

        return null;
    }

    /// <summary>The cues of a file as they stand in it; broken ones are passed over.</summary>
    public static IEnumerable<Cue> Read(string file, TextFormat format) => format switch
    {
        TextFormat.SubRip => SubRipReader.Read(file),
        TextFormat.Ass => AssReader.Read(file),
        TextFormat.WebVtt => WebVttReader.Read(file),
        TextFormat.Ttml => TtmlReader.Read(file),
        _ => throw new ArgumentOutOfRangeException(nameof(format)),
    };

    [GeneratedRegex("<([A-Za-z0-9_]+:)?tt[ \t\r\n>]", RegexOptions.CultureInvariant)]
    private static partial Regex TtmlRoot();
}
