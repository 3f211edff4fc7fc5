using System.Text;
using System.Xml;
using System.Xml.Linq;
using FlickStream.Platform.Contracts;
using static FlickStream.Transcoder.Keys.Studio.CpixNames;

namespace FlickStream.Transcoder.Keys.Studio;

/// <summary>Reads what a key server answered. Everything is checked that manifests will carry, so that a fault of the server is told as
/// one and not found by players.</summary>
internal static class CpixResponse
{
    private static readonly XmlReaderSettings Guarded = new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        MaxCharactersInDocument = 1 << 20,
        Async = false,
    };

    /// <exception cref="KeysUnavailableException">It is not what was asked for, or not all of it.</exception>
    public static IReadOnlyList<ContentKey> Read(byte[] body, IReadOnlyList<WantedKey> wanted, IReadOnlyList<Guid> asked)
    {
        var root = Parse(body);
        var keys = root.Element(Cpix + "ContentKeyList")?.Elements(Cpix + "ContentKey").ToList() ?? [];
        var systems = root.Element(Cpix + "DRMSystemList")?.Elements(Cpix + "DRMSystem").ToList() ?? [];
        return [.. wanted.Select(want => Complete(Key(want, keys.FirstOrDefault(key => IdOf(key) == want.KeyId), systems), asked))];
    }

    /// <summary>Players of a system that the server left out, or said nothing of, would be shown a title that they cannot play.</summary>
    private static ContentKey Complete(ContentKey key, IReadOnlyList<Guid> asked)
    {
        foreach (var id in asked)
        {
            if (key.Systems.FirstOrDefault(system => system.SystemId == id) is not { } system)
                throw Not($"lacks the system {id} for the key {key.Wanted.KeyId}");
            if (id != FairPlay && system.Pssh is null) throw Lacking("PSSH");
            if (system.MediaPlaylist.Count == 0) throw Lacking("HLSSignalingData of media playlists");
            if (system.MultivariantPlaylist.Count == 0) throw Lacking("HLSSignalingData of master playlists");

            KeysUnavailableException Lacking(string what) => Not($"lacks the {what} of the system {id} for the key {key.Wanted.KeyId}");
        }

        return key;
    }

    private static XElement Parse(byte[] body)
    {
        try
        {
            using var reader = XmlReader.Create(new MemoryStream(body), Guarded);
            return XDocument.Load(reader).Root is { } root && root.Name == Cpix + "CPIX" ? root : throw Not("is no CPIX document");
        }
        catch (XmlException e)
        {
            throw Not("is not XML that may be read here", e);
        }
    }

    private static ContentKey Key(WantedKey want, XElement? key, List<XElement> systems)
    {
        if (key is null) throw Not($"has no key {want.KeyId}");
        // An encrypted key (pskc:EncryptedValue) is for who sent a certificate to encrypt it to, which this client does not.
        var value = key.Element(Cpix + "Data")?.Element(Pskc + "Secret")?.Element(Pskc + "PlainValue")?.Value;
        var secret = Bytes(value, $"the key {want.KeyId}");
        if (secret.Length != 16) throw Not($"has a key {want.KeyId} of {secret.Length} bytes; 16 are needed");
        var iv = key.Attribute("explicitIV")?.Value is { Length: > 0 } text ? Bytes(text, "explicitIV") : want.Iv;
        if (iv.Length != 16) throw Not($"has an explicitIV of {iv.Length} bytes; 16 are needed");
        var scheme = key.Attribute("commonEncryptionScheme")?.Value;
        if (scheme is not (null or "" or "cbcs")) throw Not($"has a key for {scheme}, not cbcs");
        return new ContentKey(want, iv, secret, [.. systems.Where(s => IdOf(s) == want.KeyId).Select(System)]);
    }

    private static DrmSignal System(XElement system)
    {
        if (!Guid.TryParse(system.Attribute("systemId")?.Value, out var id)) throw Not("has a DRMSystem without systemId");
        var pssh = Text(system, "PSSH") is { } box ? Bytes(box, "PSSH") : null;
        if (pssh is not null && (pssh.Length < 32 || !pssh.AsSpan(4, 4).SequenceEqual("pssh"u8))) throw Not("has a PSSH that is no pssh box");
        var protection = Text(system, "ContentProtectionData") is { } data ? Elements(Utf8(data, "ContentProtectionData")) : null;
        return new DrmSignal(id, pssh, protection, Lines(system, "media", "#EXT-X-KEY:"), Lines(system, "master", "#EXT-X-SESSION-KEY:"));
    }

    private static List<string> Lines(XElement system, string playlist, string tag)
    {
        // Without the attribute it is for media playlists (CPIX 2.3, 4.2.2.1.14).
        var lines = system.Elements(Cpix + "HLSSignalingData")
            .Where(data => (data.Attribute("playlist")?.Value ?? "media") == playlist && data.Value.Trim().Length > 0)
            .SelectMany(data => Utf8(data.Value, "HLSSignalingData").Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            .ToList();
        return lines.Find(line => !line.StartsWith(tag, StringComparison.Ordinal) || line.Any(char.IsControl)) is { } odd
            ? throw Not($"has a line for the {playlist} playlist that does not begin with {tag}: {odd[..Math.Min(40, odd.Length)]}")
            : lines;
    }

    /// <summary>The elements as they will stand in an MPD, each with its own namespaces. Servers leave out the declaration of the prefix
    /// <c>cenc</c>, which AWS's examples do.</summary>
    private static string Elements(string fragment)
    {
        try
        {
            using var reader = XmlReader.Create(
                new StringReader($"""<r xmlns:cenc="urn:mpeg:cenc:2013" xmlns:mspr="urn:microsoft:playready">{fragment}</r>"""), Guarded);
            var root = XDocument.Load(reader).Root!;
            return string.Concat(root.Elements().Select(element => element.ToString(SaveOptions.DisableFormatting)));
        }
        catch (XmlException e)
        {
            throw Not("has ContentProtectionData that is not XML", e);
        }
    }

    private static Guid? IdOf(XElement element) => Guid.TryParse(element.Attribute("kid")?.Value, out var id) ? id : null;

    private static string? Text(XElement parent, string name) =>
        parent.Element(Cpix + name)?.Value.Trim() is { Length: > 0 } text ? text : null;

    private static string Utf8(string base64, string what) => Encoding.UTF8.GetString(Bytes(base64, what));

    private static byte[] Bytes(string? base64, string what)
    {
        if (string.IsNullOrWhiteSpace(base64)) throw Not($"lacks {what}");
        try
        {
            return Convert.FromBase64String(base64);
        }
        catch (FormatException e)
        {
            throw Not($"has {what} that is not base64", e);
        }
    }

    private static KeysUnavailableException Not(string what, Exception? cause = null) => new($"The key server's answer {what}.", cause);
}
