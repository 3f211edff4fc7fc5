using System.Globalization;
using System.Text;
using FlickStream.Origin.Presentations;
using FlickStream.Platform.Delivery;

namespace FlickStream.Origin.Manifests;

/// <summary>One rendition's segments: an EVENT playlist for those who began while they grew, VOD for who comes when the title is whole.</summary>
internal static class MediaPlaylist
{
    public static string Render(PresentationView view, Rendition rendition, MediaAddress address, bool isEvent)
    {
        var (track, count) = (rendition.Track, view.Shown(rendition));
        var (prefix, query) = AroundNames(track, address);
        var text = new StringBuilder(512 + (count * 40));
        AppendHead(text, view, isEvent);
        text.Append(CultureInfo.InvariantCulture, $"#EXT-X-MAP:URI=\"{prefix}{ManifestNames.Init}{query}\"\n");
        for (var n = 0; n < count; n++)
        {
            HlsKeys.AppendBefore(text, view, rendition, n);
            text.Append("#EXTINF:").Append(HlsText.Seconds(track.Segments[n].Ticks, track.Timescale))
                .Append(CultureInfo.InvariantCulture, $",\n{prefix}{n}{ManifestNames.Segment}{query}\n");
        }

        return End(text, view);
    }

    /// <summary>Every IDR picture as a byte range of its segment, for seeking by picture and fast forward.</summary>
    public static string RenderIFrames(PresentationView view, Rendition rendition, MediaAddress address, bool isEvent)
    {
        var (track, count) = (rendition.Track, view.Shown(rendition));
        var iframes = 0;
        foreach (var segment in track.Segments[..count]) iframes += segment.IFrames;
        var (prefix, query) = AroundNames(track, address);
        var text = new StringBuilder(512 + (iframes * 80));
        AppendHead(text, view, isEvent);
        text.Append(CultureInfo.InvariantCulture, $"#EXT-X-I-FRAMES-ONLY\n#EXT-X-MAP:URI=\"{prefix}{ManifestNames.Init}{query}\"\n");
        var next = 0;
        for (var n = 0; n < count; n++)
        {
            HlsKeys.AppendBeforeIFrames(text, view, rendition, n);
            foreach (var iframe in track.IFrames.Slice(next, track.Segments[n].IFrames))
            {
                text.Append("#EXTINF:").Append(HlsText.Seconds(iframe.Ticks, track.Timescale))
                    .Append(CultureInfo.InvariantCulture, $",\n#EXT-X-BYTERANGE:{iframe.Length}@{iframe.Offset}\n")
                    .Append(CultureInfo.InvariantCulture, $"{prefix}{n}{ManifestNames.Segment}{query}\n");
            }

            next += track.Segments[n].IFrames;
        }

        return End(text, view);
    }

    public static void AppendHead(StringBuilder text, PresentationView view, bool isEvent)
    {
        text.Append(CultureInfo.InvariantCulture, $"#EXTM3U\n#EXT-X-VERSION:{HlsText.Version}\n")
            .Append(CultureInfo.InvariantCulture, $"#EXT-X-TARGETDURATION:{(isEvent ? TargetDuration.OfEvent(view) : TargetDuration.Of(view))}\n")
            .Append("#EXT-X-MEDIA-SEQUENCE:0\n#EXT-X-PLAYLIST-TYPE:").Append(isEvent ? "EVENT\n" : "VOD\n");
        if (isEvent) text.Append("#EXT-X-START:TIME-OFFSET=0,PRECISE=YES\n");
        text.Append("#EXT-X-INDEPENDENT-SEGMENTS\n");
    }

    /// <summary>A title whose encoding failed or was cancelled ends with what exists, so that its viewers see an end and not a
    /// stall.</summary>
    public static string End(StringBuilder text, PresentationView view) =>
        (view.IsGrowing ? text : text.Append("#EXT-X-ENDLIST\n")).ToString();

    // A playlist lies in its rendition's folder, so its own segments' names need no folder.
    private static (string Prefix, string Query) AroundNames(Track track, MediaAddress address) =>
        (address.IsRelative ? "" : address.PrefixOf(track.Part), address.SuffixOf(track.Part));
}
