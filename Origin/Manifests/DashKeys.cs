using System.Xml.Linq;
using FlickStream.Origin.Keys;
using FlickStream.Origin.Presentations;
using FlickStream.Platform.Contracts;

namespace FlickStream.Origin.Manifests;

/// <summary>ContentProtection of an adaptation set (ISO/IEC 23009-1, 5.8.4.1; DASH-IF's guidelines, part 6).</summary>
internal static class DashKeys
{
    private static readonly XNamespace Cenc = "urn:mpeg:cenc:2013";
    private static readonly XNamespace DashIf = "https://dashif.org/CPS";

    /// <param name="mpd">The MPD's namespace.</param>
    /// <param name="view">The title.</param>
    /// <param name="use">What of it the adaptation set holds.</param>
    /// <param name="folder">The grant's own folder, absolute: players take a licence server's address as it stands.</param>
    public static IEnumerable<XElement> Of(XNamespace mpd, PresentationView view, KeyUse use, string folder)
    {
        if (view.Keys is not { } title || title.Find(use) is not { } key) yield break;
        yield return new XElement(
            mpd + "ContentProtection",
            new XAttribute("schemeIdUri", "urn:mpeg:dash:mp4protection:2011"),
            new XAttribute("value", "cbcs"),
            new XAttribute(XNamespace.Xmlns + "cenc", Cenc),
            new XAttribute(Cenc + "default_KID", key.KeyId.ToString("d")));
        if (title.IsDelivered)
        {
            yield return new XElement(
                mpd + "ContentProtection",
                new XAttribute("schemeIdUri", "urn:uuid:e2719d58-a985-b3c9-781a-b030af78d30e"),
                new XAttribute("value", "ClearKey1.0"),
                new XElement(
                    DashIf + "Laurl",
                    new XAttribute(XNamespace.Xmlns + "dashif", DashIf),
                    new XAttribute("licenseType", "EME-1.0"),
                    folder + KeyNames.ClearKey));
        }

        foreach (var system in key.Systems) yield return Of(mpd, system);
    }

    private static XElement Of(XNamespace mpd, DrmSignal system)
    {
        var element = new XElement(mpd + "ContentProtection", new XAttribute("schemeIdUri", $"urn:uuid:{system.SystemId:d}"));
        if (system.ContentProtection is { } given) element.Add(XElement.Parse($"<r>{given}</r>").Elements());
        if (system.Pssh is { } pssh && !element.Elements(Cenc + "pssh").Any())
            element.Add(new XElement(Cenc + "pssh", new XAttribute(XNamespace.Xmlns + "cenc", Cenc), Convert.ToBase64String(pssh)));
        return element;
    }
}
