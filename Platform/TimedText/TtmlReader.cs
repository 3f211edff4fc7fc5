using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;

namespace FlickStream.Platform.TimedText;

/// <summary>TTML and its text profiles (IMSC, EBU-TT-D): paragraphs with their times, breaks, slant, weight and whether they are at the
/// top. A document that is not well formed, has a DTD or nests deeper than any author's is read as one without cues.</summary>
internal static partial class TtmlReader
{
    private const int MaxDepth = 64;

    public static IEnumerable<Cue> Read(string file)
    {
        if (Load(file) is not { Name.LocalName: "tt" } root) return [];
        var clock = TtmlClock.Of(root);
        var named = root.Descendants().Where(e => e.Name.LocalName is "style" or "region")
            .Select(e => (Id: (string?)e.Attribute(XNamespace.Xml + "id"), Element: e)).Where(e => e.Id is not null)
            .DistinctBy(e => e.Id).ToDictionary(e => e.Id!, e => e.Element, StringComparer.Ordinal);
        return root.Elements().Where(e => e.Name.LocalName == "body").SelectMany(body => Paragraphs(body, new TtmlSpan(clock, named)));
    }

    private static IEnumerable<Cue> Paragraphs(XElement element, TtmlSpan outer)
    {
        var span = outer.Inside(element);
        if (element.Name.LocalName != "p") return element.Elements().SelectMany(child => Paragraphs(child, span));
        // Spans with times of their own are what captions that build up are made of.
        return element.Elements().Any(IsTimed)
            ? element.Elements().Where(IsTimed).Select(child => CueOf(child, span.Inside(child)))
            : [CueOf(element, span)];
    }

    private static bool IsTimed(XElement element) => element.Attributes().Any(a => a.Name.LocalName is "begin" or "end" or "dur");

    private static Cue CueOf(XElement element, TtmlSpan span)
    {
        var text = new CueText();
        Add(text, element, span);
        return new Cue(span.Begin, span.End, text.ToString(), span.IsAtTop ? "line:0" : "");
    }

    private static void Add(CueText text, XElement element, TtmlSpan span)
    {
        var isPreserved = span.PreservesSpace;
        foreach (var node in element.Nodes())
        {
            (text.IsBold, text.IsItalic, text.IsUnderlined) = (span.IsBold, span.IsItalic, span.IsUnderlined);
            if (node is XText words) text.Add(isPreserved ? words.Value : Collapse(words.Value));
            if (node is not XElement child) continue;
            if (child.Name.LocalName == "br") text.EndLine();
            if (child.Name.LocalName == "span") Add(text, child, span.Inside(child));
        }
    }

    private static string Collapse(string text) => Space().Replace(text, " ");

    private static XElement? Load(string file)
    {
        var settings = new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, MaxCharactersInDocument = TimedTextFile.MaxBytes };
        try
        {
            using (var check = XmlReader.Create(new StringReader(file), settings))
            {
                while (check.Read())
                {
                    if (check.Depth > MaxDepth) return null;
                }
            }

            using var reader = XmlReader.Create(new StringReader(file), settings);
            return XElement.Load(reader, LoadOptions.PreserveWhitespace);
        }
        catch (XmlException)
        {
            return null;
        }
    }

    [GeneratedRegex("[ \t\r\n]+", RegexOptions.CultureInvariant)]
    private static partial Regex Space();
}
