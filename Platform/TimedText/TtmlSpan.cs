using System.Xml.Linq;

namespace FlickStream.Platform.TimedText;

/// <summary>What holds inside an element of a TTML body: when it is shown and how it looks, inherited from outside.</summary>
internal sealed record TtmlSpan(TtmlClock Clock, TtmlStyles Styles)
{
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
        var style = Styles.Of(element);
        return this with
        {
            Begin = begin,
            End = Math.Min(end, End),
            IsBold = style.Weight is { } weight ? weight == "bold" : IsBold,
            IsItalic = style.Slant is { } slant ? slant is "italic" or "oblique" : IsItalic,
            IsUnderlined = style.Line is { } line ? line == "underline" : IsUnderlined,
            IsAtTop = Attribute(element, "region") is { } region && Styles.PlaceOf(region) is { } place ? place == "before" : IsAtTop,
            PreservesSpace = (string?)element.Attribute(XNamespace.Xml + "space") is { } space ? space == "preserve" : PreservesSpace,
        };
    }

    private static string? Attribute(XElement element, string name) => TtmlStyles.Attribute(element, name);
}
