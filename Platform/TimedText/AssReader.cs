using System.Globalization;

namespace FlickStream.Platform.TimedText;

/// <summary>
/// Advanced SubStation Alpha and its predecessor. Words, slant, weight and the nine places are kept; drawings, movement, karaoke and
/// colours are not, because WebVTT has nothing for them.
/// </summary>
internal static class AssReader
{
    public static IEnumerable<Cue> Read(string file)
    {
        var lines = new TextLines(file);
        var styles = new Dictionary<string, AssStyle>(StringComparer.OrdinalIgnoreCase);
        string[] format = [];
        var section = "";
        double height = AssLine.UsualHeight;
        while (lines.Next() is { } line)
        {
            if (line.StartsWith('['))
            {
                section = line.Trim().ToUpperInvariant();
                continue;
            }

            var colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon < 0) continue;
            var (kind, values) = (line[..colon].Trim(), line[(colon + 1)..].TrimStart());
            switch (kind)
            {
                case "PlayResY" when double.TryParse(values, NumberStyles.None, CultureInfo.InvariantCulture, out var rows) && rows > 0:
                    height = rows;
                    break;
                case "Format":
                    format = values.Split(',', StringSplitOptions.TrimEntries);
                    break;
                case "Style" when styles.Count < 1000:
                    var style = Fields(format, values);
                    styles[style.GetValueOrDefault("Name", "").TrimStart('*')] = AssStyle.Of(style, isLegacy: section == "[V4 STYLES]");
                    break;
                case "Dialogue" when CueOf(Fields(format, values), styles, height) is { } cue:
                    yield return cue;
                    break;
                default:
                    break;
            }
        }
    }

    private static Cue? CueOf(Dictionary<string, string> fields, Dictionary<string, AssStyle> styles, double height)
    {
        if (CueTime.TryParse(fields.GetValueOrDefault("Start")) is not { } start) return null;
        if (CueTime.TryParse(fields.GetValueOrDefault("End")) is not { } end) return null;
        var style = styles.GetValueOrDefault(fields.GetValueOrDefault("Style", "").TrimStart('*'), AssStyle.Plain);
        var line = AssLine.Read(fields.GetValueOrDefault("Text", ""), style, height);
        return new Cue(start, end, line.Text, CuePlace.OfNumpad(line.Place));
    }

    /// <summary>The last field may hold commas.</summary>
    private static Dictionary<string, string> Fields(string[] format, string values)
    {
        var fields = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        var parts = values.Split(',', Math.Max(1, format.Length));
        for (var i = 0; i < Math.Min(format.Length, parts.Length); i++) fields[format[i]] = i < format.Length - 1 ? parts[i].Trim() : parts[i];
        return fields;
    }
}

/// <param name="Place">As on a number pad.</param>
internal sealed record AssStyle(bool IsBold, bool IsItalic, bool IsUnderlined, int Place)
{
    public static readonly AssStyle Plain = new(false, false, false, 2);

    public static AssStyle Of(Dictionary<string, string> fields, bool isLegacy)
    {
        var alignment = Number("Alignment");
        return new AssStyle(
            Number("Bold") != 0,
            Number("Italic") != 0,
            Number("Underline") != 0,
            isLegacy ? CuePlace.NumpadOfSsa(alignment) : alignment is >= 1 and <= 9 ? alignment : 2);

        int Number(string field) => int.TryParse(fields.GetValueOrDefault(field), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var n) ? n : 0;
    }
}
