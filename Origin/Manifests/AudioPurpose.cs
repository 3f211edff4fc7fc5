using System.Xml.Linq;
using FlickStream.Platform.Contracts;

namespace FlickStream.Origin.Manifests;

/// <summary>What a sound track is for, in the words of an MPD: roles (ISO/IEC 23009-1, 5.8.5.5) and TV-Anytime's purposes, which
/// DVB-DASH has receivers look at.</summary>
internal static class AudioPurpose
{
    public static IEnumerable<XElement> Of(XNamespace mpd, AudioTrack track)
    {
        var purpose = track.Role switch { AudioRole.Description => "1", AudioRole.ClearSpeech => "2", _ => null };
        if (purpose is not null) yield return Descriptor("Accessibility", "urn:tva:metadata:cs:AudioPurposeCS:2007", purpose);
        var role = track.Role switch
        {
            AudioRole.Dub => "dub",
            AudioRole.Commentary => "commentary",
            AudioRole.Description => "description",
            AudioRole.ClearSpeech => "enhanced-audio-intelligibility",
            _ => null,
        };
        if (track.IsDefault) yield return Descriptor("Role", "urn:mpeg:dash:role:2011", "main");
        if (role is not null) yield return Descriptor("Role", "urn:mpeg:dash:role:2011", role);
        else if (!track.IsDefault) yield return Descriptor("Role", "urn:mpeg:dash:role:2011", "alternate");

        XElement Descriptor(string name, string scheme, string value) =>
            new(mpd + name, new XAttribute("schemeIdUri", scheme), new XAttribute("value", value));
    }
}
