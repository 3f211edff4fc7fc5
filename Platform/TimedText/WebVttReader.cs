using System.Text.RegularExpressions;

namespace FlickStream.Platform.TimedText;

/// <summary>WebVTT. Of its settings those that place a cue are kept; styles, regions, voices and classes are not.</summary>
internal static partial class WebVttReader
{
    public static IEnumerable<Cue> Read(string file)
    {
        var lines = new TextLines(file);
        while (lines.Next() is { } line)
        {
            if (Other().IsMatch(line))
            {
                lines.RestOfBlock();
                continue;
            }

            if (CueTime.TryParseLine(line) is not var (start, end, settings)) continue;
            yield return CueOf(start, end, settings, lines.RestOfBlock());
        }
    }

    public static Cue CueOf(long start, long end, string settings, string payload)
    {
        var cue = new CueText();
        Markup.AddTo(cue, payload, hasEntities: true);
        return new Cue(start, end, cue.ToString(), string.Join(' ', Setting().Matches(settings).Take(5).Select(m => m.Value)));
    }

    [GeneratedRegex("^(NOTE|STYLE|REGION)([ \t]|\\z)", RegexOptions.CultureInvariant)]
    private static partial Regex Other();

    [GeneratedRegex(
        @"(?<![^ \t])(vertical:(rl|lr)|line:(-?[0-9]{1,3}|[0-9]{1,3}(\.[0-9]{1,3})?%)|position:[0-9]{1,3}(\.[0-9]{1,3})?%"
        + @"|size:[0-9]{1,3}(\.[0-9]{1,3})?%|align:(start|center|end|left|right))(?![^ \t])",
        RegexOptions.CultureInvariant)]
    private static partial Regex Setting();
}
