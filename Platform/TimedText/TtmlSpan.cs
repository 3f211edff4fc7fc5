using System.Xml.Linq;

namespace FlickStream.Platform.TimedText;

/// <summary>What holds inside an element of a TTML body: when it is shown and how it looks, inherited from outside.</summary>
internal sealed record TtmlSpan(TtmlClock Clock, IReadOnlyDictionary<string, XElement> Named)
{
    // A style may name another one, and that the first.
    private const int MaxReferences = 8;

    /// <summary>Milliseconds.</summary>
    public long Begin { get; private init; }

    /// <inheritdoc cref="Begin"/>
    public long End { get; private init; } = TtmlClock.MaxMilliseconds;

    public bool IsBold { get; private init; }

    public bool IsItalic { get; private init; }

    public bool IsUnderlined { get; private init; }

    public bool IsAtTop { get; private init; }

    public bool PreservesSpace { get; private init; }

    /// <summary>Times count from the beginning of the element outside (TTML 2, 12.2.1).</summary>
    public TtmlSpan Inside(XElement element)
    {
        var begin = Begin + (Clock.TryParse(Attribute(element, "begin")) ?? 0);
        var end = Clock.TryParse(Attribute(element, "end")) is { } till ? Begin + till
            : Clock.TryParse(Attribute(element, "dur")) is { } length ? begin + length
            : End;
        return this with
        {
            Begin = begin,
            End = Math.Min(end, End),
            IsBold = Styled(element, "fontWeight") is { } weight ? weight == "bold" : IsBold,
            IsItalic = Styled(element, "fontStyle") is { } style ? style is "italic" or "oblique" : IsItalic,
            IsUnderlined = Styled(element, "textDecoration") is { } line ? line == "underline" : IsUnderlined,
            IsAtTop = Placed(element) is { } place ? place == "before" : IsAtTop,
            PreservesSpace = (string?)element.Attribute(XNamespace.Xml + "space") is { } space ? space == "preserve" : PreservesSpace,
        };
    }

    private string? Placed(XElement element) =>
        Attribute(element, "region") is { } region && Named.TryGetValue(region, out var found)
            ? Styled(found, "displayAlign") ?? found.Elements().Select(e => Attribute(e, "displayAlign")).FirstOrDefault(a => a is not null)
            : null;

    private string? Styled(XElement element, string name, int depth = 0)
    {
        if (Attribute(element, name) is { } own) return own;
        if (depth == MaxReferences) return null;
        foreach (var id in (Attribute(element, "style") ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries).Take(MaxReferences))
        {
            if (Named.TryGetValue(id, out var style) && Styled(style, name, depth + 1) is { } found) return found;
        }

        return null;
    }

    private static string? Attribute(XElement element, string name) => element.Attributes().FirstOrDefault(a => a.Name.LocalName == name)?.Value;
}
