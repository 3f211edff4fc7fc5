using System.Text.RegularExpressions;

namespace FlickStream.Platform.TimedText;

/// <summary>SubRip, as it is found: commas or points, numbers or none, ASS's places in braces.</summary>
internal static partial class SubRipReader
{
    public static IEnumerable<Cue> Read(string file)
    {
        var lines = new TextLines(file);
        while (lines.Next() is { } line)
        {
            if (CueTime.TryParseLine(line) is not var (start, end, _)) continue;
            var text = lines.RestOfBlock();
            var place = Place().Match(text);
            var cue = new CueText();
            Markup.AddTo(cue, Braces().Replace(text, ""), hasEntities: false);
            yield return new Cue(start, end, cue.ToString(), place.Success ? CuePlace.OfNumpad(place.ValueSpan[^1] - '0') : "");
        }
    }

    [GeneratedRegex(@"\{\\an[1-9]", RegexOptions.CultureInvariant)]
    private static partial Regex Place();

    [GeneratedRegex(@"\{\\[^{}]{0,300}\}", RegexOptions.CultureInvariant)]
    private static partial Regex Braces();
}
