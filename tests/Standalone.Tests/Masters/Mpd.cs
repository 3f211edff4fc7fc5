using System.Xml.Linq;

namespace FlickStream.Standalone.Tests.Masters;

/// <summary>What the matrix reads of an MPD, in the words of <see cref="Multivariant"/>.</summary>
/// <param name="Sounds">Language and name of each track once.</param>
/// <param name="Roles">Of the same, besides <c>main</c> for the default.</param>
/// <param name="Texts">Role, language and name.</param>
internal sealed record Mpd(IReadOnlyList<string> Sounds, IReadOnlyList<string> Roles, IReadOnlyList<string> Texts)
{
    private static readonly XNamespace Schema = "urn:mpeg:dash:schema:mpd:2011";

    public static async Task<Mpd> ReadAsync(HttpClient client, string url, CancellationToken cancellationToken)
    {
        var root = XElement.Parse(await client.GetStringAsync(new Uri(url), cancellationToken));
        // Sound around is a set of its own, of the same track.
        var sounds = root.Descendants(Schema + "AdaptationSet").Where(set => (string?)set.Attribute("contentType") == "audio").DistinctBy(NameOf).ToList();
        return new Mpd(
            [.. sounds.Select(NameOf)],
            [.. sounds.Select(set => RoleOf(set) ?? "main")],
            [.. root.Descendants(Schema + "AdaptationSet").Where(set => (string?)set.Attribute("contentType") == "text").Select(set =>
                $"{RoleOf(set) switch { "caption" => "sdh", "forced-subtitle" => "forced", _ => "subtitles" }} {NameOf(set)}")]);
    }

    private static string NameOf(XElement set) => $"{(string?)set.Attribute("lang") ?? "-"} {(string?)set.Element(Schema + "Label")}";

    private static string? RoleOf(XElement set) =>
        set.Elements(Schema + "Role").Select(role => (string?)role.Attribute("value")).FirstOrDefault(role => role != "main");
}
