using System.Net;
using System.Text.RegularExpressions;

namespace FlickStream.Platform.TimedText;

/// <summary>Text with tags in angle brackets, as SubRip and WebVTT have it: bold, italic and underlined are kept, all else goes.</summary>
internal static partial class Markup
{
    /// <param name="to">Where it is added.</param>
    /// <param name="text">Lines of one cue.</param>
    /// <param name="hasEntities">WebVTT escapes; SubRip does not.</param>
    public static void AddTo(CueText to, string text, bool hasEntities)
    {
        var at = 0;
        foreach (var tag in Tag().EnumerateMatches(text))
        {
            AddPlain(text[at..tag.Index]);
            at = tag.Index + tag.Length;
            Switch(to, text.AsSpan(tag.Index + 1, tag.Length - 2));
        }

        AddPlain(text[at..]);

        void AddPlain(string plain) => to.Add(hasEntities ? WebUtility.HtmlDecode(plain) : plain);
    }

    private static void Switch(CueText to, ReadOnlySpan<char> tag)
    {
        var isOpening = tag[0] != '/';
        var name = tag.TrimStart('/');
        var end = name.IndexOfAny(" \t\n.");
        switch ((end < 0 ? name : name[..end]).ToString())
        {
            case "b" or "B":
                to.IsBold = isOpening;
                break;
            case "i" or "I":
                to.IsItalic = isOpening;
                break;
            case "u" or "U":
                to.IsUnderlined = isOpening;
                break;
            default:
                break;
        }
    }

    // "<3" and "a < b" are text; "<00:01.000>" is when the next word of a karaoke line is sung.
    [GeneratedRegex("</?[A-Za-z][^<>]{0,300}>|<[0-9:.]{5,20}>", RegexOptions.CultureInvariant)]
    private static partial Regex Tag();
}
