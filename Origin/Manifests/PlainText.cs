using System.Globalization;

namespace FlickStream.Origin.Manifests;

/// <summary>Text that comes from the master and goes into manifests: whatever could end a line or cannot be said in XML becomes a
/// space.</summary>
internal static class PlainText
{
    public static string Of(string text) => string.Create(text.Length, text, static (span, from) =>
    {
        for (var i = 0; i < from.Length; i++) span[i] = IsPlain(from, i) ? from[i] : ' ';
    });

    private static bool IsPlain(string text, int i) => char.GetUnicodeCategory(text[i]) switch
    {
        UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator => false,
        UnicodeCategory.Surrogate => char.IsHighSurrogate(text[i])
            ? i + 1 < text.Length && char.IsLowSurrogate(text[i + 1])
            : i > 0 && char.IsHighSurrogate(text[i - 1]),
        _ => text[i] is not ('\uFFFE' or '\uFFFF'),
    };
}
