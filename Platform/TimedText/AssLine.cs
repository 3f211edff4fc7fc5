using System.Globalization;
using System.Text.RegularExpressions;

namespace FlickStream.Platform.TimedText;

/// <summary>The text field of one ASS dialogue line: words with override tags in braces.</summary>
/// <param name="Text">WebVTT cue text.</param>
/// <param name="Place">As on a number pad.</param>
internal sealed partial record AssLine(string Text, int Place)
{
    // Looking for the end of a brace that has none takes the square of this.
    private const int MaxLength = 10_000;

    /// <summary>Of a script that does not say its own.</summary>
    public const double UsualHeight = 288;

    /// <param name="field">The line's text.</param>
    /// <param name="style">The line's style.</param>
    /// <param name="height">Of the script's picture, in its own units.</param>
    public static AssLine Read(string field, AssStyle style, double height)
    {
        if (field.Length > MaxLength) field = field[..MaxLength];
        var cue = new CueText();
        Reset(cue, style);
        var (place, spot, isDrawing, at) = (style.Place, 0, false, 0);
        foreach (var braces in Braces().EnumerateMatches(field))
        {
            AddWords(field[at..braces.Index]);
            at = braces.Index + braces.Length;
            foreach (Match tag in Tag().Matches(field.Substring(braces.Index, braces.Length)))
                Apply(tag.Groups["name"].Value, tag.Groups["value"].Value);
        }

        AddWords(field[at..]);
        return new AssLine(cue.ToString(), spot > 0 ? spot : place);

        void AddWords(string words)
        {
            if (isDrawing) return;
            cue.Add(words.Replace("\\N", "\n", StringComparison.Ordinal).Replace("\\n", "\n", StringComparison.Ordinal)
                .Replace("\\h", "\u00A0", StringComparison.Ordinal));
        }

        void Apply(string name, string value)
        {
            var number = int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? n : -1;
            switch (name)
            {
                case "i":
                    cue.IsItalic = number < 0 ? style.IsItalic : number > 0;
                    break;
                case "b":
                    // 1, or a weight from 100 to 900.
                    cue.IsBold = number < 0 ? style.IsBold : number is 1 or >= 600;
                    break;
                case "u":
                    cue.IsUnderlined = number < 0 ? style.IsUnderlined : number > 0;
                    break;
                case "an" when number is >= 1 and <= 9:
                    place = number;
                    break;
                case "a":
                    place = CuePlace.NumpadOfSsa(number);
                    break;
                case "pos":
                    // Where exactly depends on the script's font; the picture's lower part is kept free of what stands in the upper.
                    spot = number < height / 3 ? 8 : 2;
                    break;
                case "p":
                    isDrawing = number > 0;
                    break;
                case "r":
                    Reset(cue, style);
                    break;
                default:
                    break;
            }
        }
    }

    private static void Reset(CueText cue, AssStyle style) =>
        (cue.IsBold, cue.IsItalic, cue.IsUnderlined) = (style.IsBold, style.IsItalic, style.IsUnderlined);

    [GeneratedRegex(@"\{[^}]*\}", RegexOptions.CultureInvariant)]
    private static partial Regex Braces();

    // A letter after the digits makes it another tag (\be, \bord, \pos, \alpha, \iclip); after \r it is a style's name.
    [GeneratedRegex(@"\\(?<name>an|i|b|u|a|p)(?<value>[0-9]*)(?=[\\} ]|\z)|\\(?<name>pos)\([0-9.]+, ?(?<value>[0-9]+)|\\(?<name>r)[^\\}]*", RegexOptions.CultureInvariant)]
    private static partial Regex Tag();
}
