using System.Globalization;

namespace FlickStream.Portal.Accounts;

/// <summary>An address that mail can be sent to, as its owner writes it, and the key that makes it one account whatever the case.</summary>
/// <param name="Text">As written, the domain in ASCII (IDNA).</param>
/// <param name="Key">Lower case. Mail servers may tell case apart in front of the @ (RFC 5321, 2.4); none that people use does.</param>
internal readonly record struct EmailAddress(string Text, string Key)
{
    // RFC 5321, 4.5.3.1.
    private const int MostCharacters = 254;
    private const int MostBeforeAt = 64;

    public static EmailAddress? TryParse(string? text)
    {
        text = text?.Trim() ?? "";
        var at = text.LastIndexOf('@');
        if (at is < 1 or > MostBeforeAt || text.Length > MostCharacters || DomainOf(text[(at + 1)..]) is not { } domain) return null;
        var local = text[..at];
        // Quoted names are legal and nobody has one; what could end a header or start another address is none.
        if (local.Any(c => char.IsControl(c) || char.IsWhiteSpace(c) || "\"(),:;<>@[\\]".Contains(c))) return null;
        if (local[0] == '.' || local[^1] == '.' || local.Contains("..", StringComparison.Ordinal)) return null;
        var whole = $"{local}@{domain}";
        return new EmailAddress(whole, whole.ToLowerInvariant());
    }

    /// <summary>What the keys of addresses begin with that begin like this; null of what no address begins with.</summary>
    public static string? KeyPrefixOf(string text) => text.Trim() is { Length: > 0 and <= MostCharacters } prefix && !prefix.Any(char.IsControl) ? prefix.ToLowerInvariant() : null;

    private static string? DomainOf(string text)
    {
        try
        {
            var domain = new IdnMapping { UseStd3AsciiRules = true }.GetAscii(text).ToLowerInvariant();
            return domain.Contains('.') && domain[^1] != '.' ? domain : null;
        }
        catch (ArgumentException)
        {
            return null;
        }
    }
}
