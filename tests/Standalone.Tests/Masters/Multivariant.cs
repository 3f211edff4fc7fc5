using System.Globalization;
using System.Text.RegularExpressions;

namespace FlickStream.Standalone.Tests.Masters;

/// <summary>What the matrix reads of a multivariant playlist: the largest variant of standard range, and its sound.</summary>
/// <param name="Video">Null for sound alone.</param>
/// <param name="Audio">Address of its group's default rendition; null in silence.</param>
/// <param name="Languages">Of its group's renditions, in order.</param>
/// <param name="Sounds">Language and name of the same.</param>
/// <param name="Groups">Channels and address of the default rendition of each group of sound.</param>
/// <param name="TextTracks">Role, language and name of each text.</param>
/// <param name="Texts">The first segment of each.</param>
internal sealed partial record Multivariant(
    Uri? Video, (int Width, int Height) Size, string Rate, Uri? Audio, IReadOnlyList<string> Languages, IReadOnlyList<string> Sounds,
    IReadOnlyList<(int Channels, Uri Address)> Groups, IReadOnlyList<string> TextTracks, IReadOnlyList<string> Texts)
{
    /// <summary>The largest variant of each codec besides H.264.</summary>
    public IReadOnlyList<Variant> Others { get; init; } = [];

    /// <param name="Codec">As its <c>CODECS</c> begins, such as <c>hvc1</c>.</param>
    internal sealed record Variant(string Codec, string Range, (int Width, int Height) Size, Uri Address);

    public static async Task<Multivariant> ReadAsync(HttpClient client, string url, CancellationToken cancellationToken)
    {
        var lines = (await client.GetStringAsync(new Uri(url), cancellationToken)).Split('\n');
        Uri Resolve(string relative) => new(new Uri(url), relative);
        var all = lines.Index()
            .Where(line => line.Item.StartsWith("#EXT-X-STREAM-INF:", StringComparison.Ordinal))
            .Select(line => (Attributes: Attributes(line.Item), Address: lines[line.Index + 1]))
            .ToList();
        var variants = all.Where(variant => variant.Attributes["CODECS"].Contains("avc1", StringComparison.Ordinal) || !variant.Attributes.ContainsKey("RESOLUTION"));
        var (top, address) = variants.MaxBy(variant => SizeOf(variant.Attributes) is var (width, height) ? width * height : 0);
        var allSound = lines.Where(line => line.StartsWith("#EXT-X-MEDIA:TYPE=AUDIO", StringComparison.Ordinal))
            .Select(Attributes)
            .ToList();
        var sound = allSound.FindAll(media => media["GROUP-ID"] == top.GetValueOrDefault("AUDIO"));
        var subtitles = lines.Where(line => line.StartsWith("#EXT-X-MEDIA:TYPE=SUBTITLES", StringComparison.Ordinal)).Select(Attributes).ToList();
        var texts = subtitles
            .Select(media => client.GetStringAsync(Resolve(media["URI"].Replace("media.m3u8", "0.vtt", StringComparison.Ordinal)), cancellationToken));
        return new Multivariant(
            top.ContainsKey("RESOLUTION") ? Resolve(address) : null,
            SizeOf(top),
            top.GetValueOrDefault("FRAME-RATE", ""),
            sound.OrderByDescending(media => media["DEFAULT"] == "YES").Select(media => Resolve(media["URI"])).FirstOrDefault(),
            [.. sound.Select(LanguageOf)],
            [.. sound.Select(NameOf)],
            [.. allSound.Where(media => media["DEFAULT"] == "YES").Select(media => (int.Parse(media["CHANNELS"], CultureInfo.InvariantCulture), Resolve(media["URI"])))],
            [.. subtitles.Select(media => $"{TextRoleOf(media)} {NameOf(media)}")],
            await Task.WhenAll(texts))
        {
            Others =
            [
                .. all.Where(v => v.Attributes.ContainsKey("RESOLUTION"))
                    .Select(v => new Variant(v.Attributes["CODECS"][..4], v.Attributes["VIDEO-RANGE"], SizeOf(v.Attributes), Resolve(v.Address)))
                    .Where(v => v.Codec != "avc1").GroupBy(v => v.Codec).Select(ladder => ladder.MaxBy(v => v.Size.Width * v.Size.Height)!),
            ],
        };
    }

    private static string NameOf(Dictionary<string, string> media) => $"{LanguageOf(media)} {media["NAME"]}";

    // HLS names what DASH leaves out.
    private static string LanguageOf(Dictionary<string, string> media) => media.GetValueOrDefault("LANGUAGE", "und") is var tag and not "und" ? tag : "-";

    private static string TextRoleOf(Dictionary<string, string> media) => media["FORCED"] == "YES" ? "forced"
        : media.GetValueOrDefault("CHARACTERISTICS", "").Contains("describes-music-and-sound", StringComparison.Ordinal) ? "sdh" : "subtitles";

    private static (int Width, int Height) SizeOf(Dictionary<string, string> variant) =>
        variant.GetValueOrDefault("RESOLUTION", "0x0").Split('x').Select(side => int.Parse(side, CultureInfo.InvariantCulture)).ToArray() is [var width, var height]
            ? (width, height) : default;

    private static Dictionary<string, string> Attributes(string line) =>
        Attribute().Matches(line).ToDictionary(match => match.Groups[1].Value, match => match.Groups[2].Value.Trim('"'));

    [GeneratedRegex("([A-Z0-9-]+)=(\"[^\"]*\"|[^,]*)")]
    private static partial Regex Attribute();
}
