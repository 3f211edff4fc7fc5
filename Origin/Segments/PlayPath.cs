using FlickStream.Origin.Keys;
using FlickStream.Origin.Manifests;

namespace FlickStream.Origin.Segments;

internal enum PlayKind
{
    Multivariant,
    Mpd,
    Thumbnails,
    Images,
    Chapters,
    AppleChapters,
    Poster,
    Sprite,
    Media,
    IFrames,
    Init,
    Segment,
    WholeText,
    TextSegment,
    PeriodKey,
    ContentKey,
    ClearKey,
}

/// <summary>What a path under <c>/play/</c> names. Nothing of it is used in a blob's key but numbers and the names of renditions that
/// exist.</summary>
/// <param name="Kind">What is asked for.</param>
/// <param name="Token">Where the token lies in the path.</param>
/// <param name="Rendition">Where the rendition's name lies, or a content key's id; empty for what belongs to the whole title.</param>
/// <param name="Number">Of a segment, a sprite sheet or a key's period.</param>
internal readonly record struct PlayPath(PlayKind Kind, Range Token, Range Rendition, int Number)
{
    public const string Root = "/play/";

    /// <summary>False for a path that names nothing, whatever the token.</summary>
    public static bool TryParse(ReadOnlySpan<char> path, out PlayPath parsed)
    {
        parsed = default;
        var rest = path[Root.Length..];
        var slash = rest.IndexOf('/');
        if (slash <= 0) return false;
        var token = Root.Length..(Root.Length + slash);
        rest = rest[(slash + 1)..];
        slash = rest.IndexOf('/');
        if (slash < 0)
        {
            parsed = new PlayPath(OfTitle(rest), token, default, 0);
            return (int)parsed.Kind >= 0;
        }

        var number = 0;
        var folder = rest[..slash];
        var name = rest[(slash + 1)..];
        var start = path.Length - rest.Length;
        if (path.Slice(start, slash + 1).SequenceEqual(KeyNames.Folder))
        {
            var id = start + slash + 1;
            parsed = new PlayPath(PlayKind.ContentKey, token, id..(path.Length - KeyNames.Extension.Length), 0);
            return name.EndsWith(KeyNames.Extension, StringComparison.Ordinal);
        }

        var kind = path.Slice(start, slash + 1).SequenceEqual(ManifestNames.Sprites)
            ? (TryNumber(name, ".jpg", out number) ? PlayKind.Sprite : (PlayKind)(-1))
            : name switch
            {
                ManifestNames.Media => PlayKind.Media,
                ManifestNames.IFrames => PlayKind.IFrames,
                ManifestNames.Init => PlayKind.Init,
                ManifestNames.WholeText => PlayKind.WholeText,
                _ => TryNumber(name, ManifestNames.Segment, out number) ? PlayKind.Segment
                    : TryNumber(name, ManifestNames.TextSegment, out number) ? PlayKind.TextSegment
                    : TryNumber(name, KeyNames.Extension, out number) ? PlayKind.PeriodKey
                    : (PlayKind)(-1),
            };
        parsed = new PlayPath(kind, token, start..(start + slash), number);
        return (int)kind >= 0;
    }

    private static PlayKind OfTitle(ReadOnlySpan<char> name) => name switch
    {
        ManifestNames.Multivariant => PlayKind.Multivariant,
        ManifestNames.Mpd => PlayKind.Mpd,
        ManifestNames.Thumbnails => PlayKind.Thumbnails,
        ManifestNames.Images => PlayKind.Images,
        ManifestNames.Chapters => PlayKind.Chapters,
        ManifestNames.AppleChapters => PlayKind.AppleChapters,
        ManifestNames.Poster => PlayKind.Poster,
        KeyNames.ClearKey => PlayKind.ClearKey,
        _ => (PlayKind)(-1),
    };

    /// <summary>One spelling a number: no sign, no leading zero, at most seven digits.</summary>
    private static bool TryNumber(ReadOnlySpan<char> name, string extension, out int number)
    {
        number = 0;
        if (!name.EndsWith(extension, StringComparison.Ordinal)) return false;
        var digits = name[..^extension.Length];
        if (digits.Length is 0 or > 7 || (digits[0] == '0' && digits.Length > 1)) return false;
        foreach (var digit in digits)
        {
            if (!char.IsAsciiDigit(digit)) return false;
            number = (number * 10) + (digit - '0');
        }

        return true;
    }
}
