using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace FlickStream.Platform.TimedText;

/// <summary>A paragraph of TTML as cues: one from each change of what it shows to the next. Words without times of their own stand as long
/// as the paragraph; spans with times come and go beside them, which is what captions that build up are made of.</summary>
internal static partial class TtmlParagraph
{
    // A cue takes no more words than these hold; a hostile paragraph has a hundred thousand.
    private const int MostPieces = 500;

    // Of one piece; a cue is cut long before.
    private const int MostCharacters = 8 * CueText.MaxCharacters;

    public static IEnumerable<Cue> Cues(XElement paragraph, TtmlSpan span)
    {
        List<Piece> pieces = [.. Pieces(paragraph, span).Where(piece => piece.Span.End > piece.Span.Begin)];
        var coming = new Queue<int>(Enumerable.Range(0, pieces.Count).OrderBy(i => pieces[i].Span.Begin));
        var going = new Queue<int>(Enumerable.Range(0, pieces.Count).OrderBy(i => pieces[i].Span.End));
        var shown = new SortedSet<int>();
        Cue? last = null;
        var changes = pieces.SelectMany(piece => (long[])[piece.Span.Begin, piece.Span.End]).Distinct().Order().ToList();
        foreach (var (from, to) in changes.Zip(changes.Skip(1)))
        {
            while (coming.TryPeek(out var next) && pieces[next].Span.Begin <= from) shown.Add(coming.Dequeue());
            while (going.TryPeek(out var next) && pieces[next].Span.End <= from) shown.Remove(going.Dequeue());
            var cue = CueOf(from, to, shown.Take(MostPieces).Select(i => pieces[i]));
            if (last is not null && last.Text == cue.Text && last.Settings == cue.Settings)
            {
                last = last with { End = to };
                continue;
            }

            if (last is not null) yield return last;
            last = cue.Text.Length > 0 ? cue : null;
        }

        if (last is not null) yield return last;
    }

    private static IEnumerable<Piece> Pieces(XElement element, TtmlSpan span)
    {
        foreach (var node in element.Nodes())
        {
            if (node is XText words) yield return new Piece(WordsOf(words.Value, span), span);
            if (node is not XElement child) continue;
            if (child.Name.LocalName == "br") yield return new Piece(null, span);
            if (child.Name.LocalName != "span") continue;
            foreach (var piece in Pieces(child, span.Inside(child))) yield return piece;
        }
    }

    private static string WordsOf(string text, TtmlSpan span)
    {
        var words = span.PreservesSpace ? text : Space().Replace(text, " ");
        return words.Length > MostCharacters ? words[..MostCharacters] : words;
    }

    private static Cue CueOf(long from, long to, IEnumerable<Piece> pieces)
    {
        var text = new CueText();
        var (isAtTop, endsInSpace) = (false, false);
        foreach (var (piece, span) in pieces)
        {
            // What stood between two spaces may be hidden now.
            var words = endsInSpace && !span.PreservesSpace ? piece?.TrimStart(' ') : piece;
            (text.IsBold, text.IsItalic, text.IsUnderlined) = (span.IsBold, span.IsItalic, span.IsUnderlined);
            if (words is null) text.EndLine();
            else text.Add(words);
            if (words is not "") endsInSpace = words?.EndsWith(' ') ?? false;
            isAtTop |= span.IsAtTop && !string.IsNullOrWhiteSpace(words);
        }

        return new Cue(from, to, text.ToString(), isAtTop ? "line:0" : "");
    }

    /// <param name="Words">Null for the end of a line.</param>
    private readonly record struct Piece(string? Words, TtmlSpan Span);

    [GeneratedRegex("[ \t\r\n]+", RegexOptions.CultureInvariant)]
    private static partial Regex Space();
}
