using System.Globalization;
using System.Text;
using System.Xml.Linq;
using FlickStream.Platform.Contracts;
using static FlickStream.Transcoder.Keys.Studio.CpixNames;

namespace FlickStream.Transcoder.Keys.Studio;

/// <summary>Writes the CPIX document of a SPEKE 2.0 request: keys without values, systems with empty elements for what is wanted of each,
/// and the encryption contract, which says what each key is for.</summary>
internal static class CpixRequest
{
    public static byte[] Write(string contentId, IReadOnlyList<WantedKey> wanted, IReadOnlyList<Guid> systems)
    {
        var root = new XElement(
            Cpix + "CPIX",
            new XAttribute(XNamespace.Xmlns + "cpix", Cpix),
            new XAttribute(XNamespace.Xmlns + "pskc", Pskc),
            new XAttribute("contentId", contentId),
            new XAttribute("version", "2.3"),
            new XElement(Cpix + "ContentKeyList", wanted.Select(Key)),
            new XElement(Cpix + "DRMSystemList", wanted.SelectMany(key => systems.Select(system => System(key, system)))),
            new XElement(Cpix + "ContentKeyUsageRuleList", wanted.Select(Rule)));
        return Encoding.UTF8.GetBytes("""<?xml version="1.0" encoding="UTF-8"?>""" + root.ToString(SaveOptions.DisableFormatting));
    }

    private static XElement Key(WantedKey key) => new(
        Cpix + "ContentKey",
        new XAttribute("kid", key.KeyId.ToString("d")),
        new XAttribute("explicitIV", Convert.ToBase64String(key.Iv)),
        new XAttribute("commonEncryptionScheme", "cbcs"));

    private static XElement System(WantedKey key, Guid system)
    {
        var element = new XElement(
            Cpix + "DRMSystem", new XAttribute("kid", key.KeyId.ToString("d")), new XAttribute("systemId", system.ToString("d")));
        if (system != FairPlay) element.Add(new XElement(Cpix + "PSSH"), new XElement(Cpix + "ContentProtectionData"));
        element.Add(
            new XElement(Cpix + "HLSSignalingData", new XAttribute("playlist", "media")),
            new XElement(Cpix + "HLSSignalingData", new XAttribute("playlist", "master")));
        return element;
    }

    private static XElement Rule(WantedKey key) => new(
        Cpix + "ContentKeyUsageRule",
        new XAttribute("kid", key.KeyId.ToString("d")),
        new XAttribute("intendedTrackType", key.Use.ToString().ToUpperInvariant()),
        key.Use == KeyUse.Audio
            ? new XElement(Cpix + "AudioFilter")
            : new XElement(Cpix + "VideoFilter", Pixels("minPixels", key.MinPixels), Pixels("maxPixels", key.MaxPixels)));

    private static XAttribute Pixels(string name, long pixels) => new(name, pixels.ToString(CultureInfo.InvariantCulture));
}
