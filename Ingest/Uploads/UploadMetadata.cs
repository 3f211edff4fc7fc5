using System.Globalization;
using System.Text;
using FlickStream.Platform.Contracts;

namespace FlickStream.Ingest.Uploads;

/// <summary>What the client says about a file. All of it is text to show, never a path.</summary>
/// <param name="Raw">The header as it came, for HEAD.</param>
/// <param name="FileName">The client's name for the file.</param>
/// <param name="Title">The title it asks for.</param>
/// <param name="Sha256">Lower-case hex that the whole file must have; null when not declared.</param>
internal sealed record UploadMetadata(string? Raw, string FileName, string Title, string? Sha256)
{
    /// <summary>The id of the asset whose master it shall be; null for a new asset.</summary>
    public string? Replaces { get; init; }

    /// <summary>How the asset shall be encoded otherwise than others; null when it says nothing of that.</summary>
    public EncodingWishes? Encoding { get; init; }

    private const int MaxTextLength = 255;
    private static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);

    /// <summary>Reads <c>Upload-Metadata</c>; <paramref name="fault"/> says what is wrong with it when the result is null.</summary>
    public static UploadMetadata? TryParse(string? header, out string? fault)
    {
        fault = null;
        if (ReadPairs(header, out fault) is not { } pairs) return null;

        var fileName = ReadText(pairs, "filename", ref fault) ?? "upload";
        var title = ReadText(pairs, "title", ref fault) ?? TitleOf(fileName);
        var sha256 = ReadText(pairs, "sha256", ref fault)?.ToLowerInvariant();
        if (sha256 is not null && !(sha256.Length == 64 && sha256.All(char.IsAsciiHexDigit)))
            fault ??= "sha256 must be 64 hexadecimal digits.";

        var replaces = ReadText(pairs, "replaces", ref fault);
        var encoding = ReadEncoding(pairs, ref fault);
        return fault is null ? new UploadMetadata(header, fileName, title, sha256) { Replaces = replaces, Encoding = encoding } : null;
    }

    private static EncodingWishes? ReadEncoding(Dictionary<string, string> pairs, ref string? fault)
    {
        if (ReadText(pairs, "encoding", ref fault) is not { } json) return null;
        var wishes = EncodingWishes.TryRead(json, out var wrong);
        if (wrong is not null) fault ??= $"encoding: {wrong}";
        return wishes;
    }

    private static Dictionary<string, string>? ReadPairs(string? header, out string? fault)
    {
        var pairs = new Dictionary<string, string>(StringComparer.Ordinal);
        fault = null;
        if (string.IsNullOrWhiteSpace(header)) return pairs;

        foreach (var pair in header.Split(','))
        {
            var words = pair.Trim(' ').Split(' ');
            if (words.Length > 2 || !words[0].All(c => c is > ' ' and < '\x7f') || words[0].Length == 0)
                fault = "Each entry is a key of visible ASCII characters, a space and a value in Base64.";
            else if (!pairs.TryAdd(words[0], words.Length == 2 ? words[1] : ""))
                fault = "A key comes twice.";
            if (fault is not null) return null;
        }

        return pairs;
    }

    private static string? ReadText(Dictionary<string, string> pairs, string key, ref string? fault)
    {
        if (!pairs.TryGetValue(key, out var encoded)) return null;
        var bytes = new byte[(encoded.Length / 4 * 3) + 3];
        if (!Convert.TryFromBase64String(encoded, bytes, out var length))
        {
            fault ??= $"The value of {key} is not Base64.";
            return null;
        }

        try
        {
            var text = StrictUtf8.GetString(bytes, 0, length).Trim();
            if (text.Any(IsUnshowable)) fault ??= $"The value of {key} has control characters.";
            else if (text.Length > MaxTextLength) fault ??= $"The value of {key} is longer than {MaxTextLength} characters.";
            return text.Length == 0 ? null : text;
        }
        catch (DecoderFallbackException)
        {
            fault ??= $"The value of {key} is not UTF-8.";
            return null;
        }
    }

    // Bidirectional overrides (U+202A..U+202E, U+2066..U+2069) can make a name read as another one.
    private static bool IsUnshowable(char c) =>
        char.GetUnicodeCategory(c) is UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
        || c is (>= '\u202a' and <= '\u202e') or (>= '\u2066' and <= '\u2069');

    private static string TitleOf(string fileName)
    {
        var name = fileName[(fileName.AsSpan().LastIndexOfAny('/', '\\') + 1)..];
        var dot = name.LastIndexOf('.');
        var title = (dot > 0 ? name[..dot] : name).Trim();
        return title.Length == 0 ? fileName : title;
    }
}
