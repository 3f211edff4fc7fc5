using System.Globalization;
using System.Text;
using FlickStream.Origin.Keys;
using FlickStream.Origin.Presentations;
using FlickStream.Platform.Contracts;
using FlickStream.Platform.Protection;

namespace FlickStream.Origin.Manifests;

/// <summary>EXT-X-KEY and EXT-X-SESSION-KEY. Keys that are handed out here lie under the grant's own token, as the playlists do.</summary>
internal static class HlsKeys
{
    /// <summary>What a rendition's playlist says before segment <paramref name="segment"/>.</summary>
    public static void AppendBefore(StringBuilder text, PresentationView view, Rendition rendition, int segment)
    {
        if (view is not { Presentation.Protection: { } protection, Keys: { } title }) return;
        if (protection.Scheme == ContentProtection.Aes128)
        {
            // Without IV, the media sequence number is meant, which is the segment's.
            var (period, within) = Math.DivRem(segment, protection.KeySegments);
            if (within == 0) text.Append(CultureInfo.InvariantCulture, $"#EXT-X-KEY:METHOD=AES-128,URI=\"{KeyNames.OfPeriod(period)}\"\n");
            return;
        }

        if (segment == 0) AppendContent(text, title, title.Find(UseOf(view, rendition))!);
    }

    /// <summary>What a rendition's I-frame playlist says before the pictures of segment <paramref name="segment"/>.</summary>
    public static void AppendBeforeIFrames(StringBuilder text, PresentationView view, Rendition rendition, int segment)
    {
        if (view.Presentation.Protection is not { Scheme: ContentProtection.Aes128 } protection)
        {
            AppendBefore(text, view, rendition, segment);
            return;
        }

        // Players decrypt a part from the block before it (RFC 8216, 6.3.6). The one that begins the segment has none, and its number in this
        // playlist is not the segment's, so that the initialization vector must be said.
        text.Append(CultureInfo.InvariantCulture, $"#EXT-X-KEY:METHOD=AES-128,URI=\"{KeyNames.OfPeriod(segment / protection.KeySegments)}\"")
            .Append(CultureInfo.InvariantCulture, $",IV=0x{Convert.ToHexString(PeriodKey.IvOf(segment))}\n");
    }

    /// <summary>What DRM systems say of the keys that a grant opens, for players that fetch licences while they read the first playlist. Keys
    /// that are handed out here are not named: they come in no time, and Shaka Player, which reads a key's id from the init segment, takes it
    /// for zero here.</summary>
    public static void AppendSession(StringBuilder text, PresentationView view, int height)
    {
        if (view.Presentation.Protection?.Scheme != ContentProtection.Cbcs) return;
        foreach (var key in GrantedKeys.Of(view, height))
            foreach (var line in key.Systems.SelectMany(system => system.MultivariantPlaylist)) text.Append(line).Append('\n');
    }

    private static void AppendContent(StringBuilder text, TitleKeys title, TitleKey key)
    {
        if (title.IsDelivered)
        {
            text.Append(CultureInfo.InvariantCulture, $"#EXT-X-KEY:METHOD=SAMPLE-AES,URI=\"../{KeyNames.OfContent(key.KeyId)}\"")
                .Append(CultureInfo.InvariantCulture, $",IV=0x{Convert.ToHexString(key.Iv)},KEYFORMAT=\"identity\",KEYFORMATVERSIONS=\"1\"\n");
        }

        foreach (var line in key.Systems.SelectMany(system => system.MediaPlaylist)) text.Append(line).Append('\n');
    }

    private static KeyUse UseOf(PresentationView view, Rendition rendition) =>
        rendition.IsVideo ? KeyUses.Of(view.Presentation.Video[rendition.Index]) : KeyUse.Audio;
}
