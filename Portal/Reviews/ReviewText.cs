using System.Text;

namespace FlickStream.Portal.Reviews;

/// <summary>What people write for others to read.</summary>
internal static class ReviewText
{
    /// <summary>Without spaces around it; null when nothing is left.</summary>
    public static string? Tidy(string? text) => text?.Trim() is { Length: > 0 } tidied ? tidied : null;

    /// <summary>Whether stores keep it as it is and it changes nothing beside itself: no controls but line ends and tabs, no broken surrogates, nothing
    /// that turns the direction of what follows.</summary>
    public static bool IsText(string text) => text.EnumerateRunes().All(rune =>
        rune != Rune.ReplacementChar && (!Rune.IsControl(rune) || rune.Value is '\n' or '\r' or '\t')
        && rune.Value is not ((>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069)));
}
