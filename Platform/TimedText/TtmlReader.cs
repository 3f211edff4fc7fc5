using System.Xml;
using System.Xml.Linq;

namespace FlickStream.Platform.TimedText;

/// <summary>TTML and its text profiles (IMSC, EBU-TT-D): paragraphs with their times, breaks, slant, weight and whether they are at the
/// top. A document that is not well formed, has a DTD or nests deeper than any author's is read as one without cues.</summary>
internal static class TtmlReader
{
    private const int MaxDepth = 64;

    public static IEnumerable<Cue> Read(string file)
    {
        if (Load(file) is not { Name.LocalName: "tt" } root) return [];
        var clock = TtmlClock.Of(root);
        return root.Elements().Where(e => e.Name.LocalName == "body").SelectMany(body => Paragraphs(body, new TtmlSpan(clock, TtmlStyles.In(root))));
    }

    private static IEnumerable<Cue> Paragraphs(XElement element, TtmlSpan outer)
    {
        var span = outer.Inside(element);
        return element.Name.LocalName == "p"
            ? TtmlParagraph.Cues(element, span) : element.Elements().SelectMany(child => Paragraphs(child, span));
    }

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
}
