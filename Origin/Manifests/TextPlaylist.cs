using System.Globalization;
using System.Text;
using FlickStream.Origin.Presentations;
using FlickStream.Platform.Contracts;
using FlickStream.Platform.Delivery;

namespace FlickStream.Origin.Manifests;

/// <summary>A text rendition's WebVTT segments: as many as the picture has, each as long as the picture's.</summary>
internal static class TextPlaylist
{
    public static string Render(PresentationView view, TextRendition rendition, MediaAddress address, bool isEvent)
    {
        var part = view.Presentation.PartOf(rendition);
        var (prefix, query) = (address.IsRelative ? "" : address.PrefixOf(part), address.SuffixOf(part));
        var (picture, count) = (view.Clock, Math.Min(view.VideoSegments, rendition.Segments));
        var text = new StringBuilder(512 + (count * 40));
        MediaPlaylist.AppendHead(text, view, isEvent);
        for (var n = 0; n < count; n++)
        {
            text.Append("#EXTINF:").Append(HlsText.Seconds(picture.Segments[n].Ticks, picture.Timescale))
                .Append(CultureInfo.InvariantCulture, $",\n{prefix}{n}{ManifestNames.TextSegment}{query}\n");
        }

        return MediaPlaylist.End(text, view);
    }
}
