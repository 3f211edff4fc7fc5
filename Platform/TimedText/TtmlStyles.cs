using System.Xml.Linq;

namespace FlickStream.Platform.TimedText;

/// <summary>A document's styles and regions by their names. Each is resolved once, whatever names it and however often: styles that name
/// each other eightfold would else be visited millions of times for a word.</summary>
internal sealed class TtmlStyles
{
    // Styles that one names, and styles of styles. A chain longer than any author's must not fill the stack.
    private const int MaxReferences = 8;

    private readonly Dictionary<string, XElement> _elements;
    private readonly Dictionary<string, TtmlStyle> _styles = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string?> _places = new(StringComparer.Ordinal);

    private TtmlStyles(Dictionary<string, XElement> elements) => _elements = elements;

    public static TtmlStyles In(XElement root) => new(root.Descendants().Where(e => e.Name.LocalName is "style" or "region")
        .Select(e => (Id: (string?)e.Attribute(XNamespace.Xml + "id"), Element: e)).Where(e => e.Id is not null)
        .DistinctBy(e => e.Id).ToDictionary(e => e.Id!, e => e.Element, StringComparer.Ordinal));

    public static string? Attribute(XElement element, string name) => element.Attributes().FirstOrDefault(a => a.Name.LocalName == name)?.Value;

    /// <summary>What an element says itself, and for the rest the last of the styles that it names that says it (TTML 2, 8.4.4.2).</summary>
    public TtmlStyle Of(XElement element) => Of(element, 0);

    /// <summary><c>displayAlign</c> of a region, said by itself, its styles or its children; null where nothing says it.</summary>
    public string? PlaceOf(string region)
    {
        if (_places.TryGetValue(region, out var known)) return known;
        var place = _elements.TryGetValue(region, out var found)
            ? Of(found).Place ?? found.Elements().Select(e => Attribute(e, "displayAlign")).FirstOrDefault(a => a is not null)
            : null;
        return _places[region] = place;
    }

    private TtmlStyle Of(XElement element, int depth)
    {
        var style = new TtmlStyle(
            Attribute(element, "fontWeight"), Attribute(element, "fontStyle"), Attribute(element, "textDecoration"), Attribute(element, "displayAlign"));
        if (depth == MaxReferences || Attribute(element, "style") is not { } names) return style;
        foreach (var name in names.Split(' ', StringSplitOptions.RemoveEmptyEntries).TakeLast(MaxReferences).Reverse()) style = style.Else(Named(name, depth + 1));
        return style;
    }

    private TtmlStyle Named(string name, int depth)
    {
        if (_styles.TryGetValue(name, out var known)) return known;
        // While it is resolved, it adds nothing to itself.
        _styles[name] = new TtmlStyle();
        return _elements.TryGetValue(name, out var element) ? _styles[name] = Of(element, depth) : _styles[name];
    }
}

/// <summary>Values as they are written; null where nothing is said.</summary>
internal readonly record struct TtmlStyle(string? Weight, string? Slant, string? Line, string? Place)
{
    public TtmlStyle Else(TtmlStyle other) =>
        new(Weight ?? other.Weight, Slant ?? other.Slant, Line ?? other.Line, Place ?? other.Place);
}
