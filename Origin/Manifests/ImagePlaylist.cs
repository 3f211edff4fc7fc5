using System.Globalization;
using System.Text;
using FlickStream.Origin.Presentations;
using FlickStream.Platform.Contracts;
using FlickStream.Platform.Delivery;

namespace FlickStream.Origin.Manifests;

/// <summary>The sprite sheets as an image media playlist: the extension of HLS that Roku's and other television players show trick play
/// with. Apple's players use the I-frame playlists, and pass over these tags as RFC 8216 tells them.</summary>
internal static class ImagePlaylist
{
    public static string Render(PresentationView view, MediaAddress address)
    {
        var sheets = ThumbnailSheets.Of(view)!;
        var (track, part) = (view.Video[0], view.Presentation.SpritesPart());
        var end = 0L;
        foreach (var segment in track.Segments[..view.VideoSegments]) end += segment.Ticks;
        var text = new StringBuilder(512 + (view.VideoSegments * 120));
        text.Append(CultureInfo.InvariantCulture, $"#EXTM3U\n#EXT-X-VERSION:{HlsText.Version}\n")
            .Append(CultureInfo.InvariantCulture, $"#EXT-X-TARGETDURATION:{TargetDuration.Of(view)}\n")
            .Append("#EXT-X-MEDIA-SEQUENCE:0\n#EXT-X-PLAYLIST-TYPE:VOD\n#EXT-X-IMAGES-ONLY\n");
        for (var (n, start) = (0, 0L); start < end; n++, start += sheets.SheetTicks)
        {
            text.Append("#EXTINF:").Append(HlsText.Seconds(Math.Min(sheets.SheetTicks, end - start), track.Timescale))
                .Append(CultureInfo.InvariantCulture, $",\n#EXT-X-TILES:RESOLUTION={sheets.Tile.Width}x{sheets.Tile.Height},LAYOUT=1x{sheets.Rows}")
                .Append(",DURATION=").Append(HlsText.Seconds(sheets.TileTicks, track.Timescale))
                .Append(CultureInfo.InvariantCulture, $"\n{address.UrlOf(part, $"{n}.jpg")}\n");
        }

        return text.Append("#EXT-X-ENDLIST\n").ToString();
    }

    public static string StreamInf(ThumbnailSheets sheets) => string.Create(
        CultureInfo.InvariantCulture,
        $"#EXT-X-IMAGE-STREAM-INF:BANDWIDTH={sheets.BitsPerSecond},CODECS=\"jpeg\",RESOLUTION={sheets.Tile.Width}x{sheets.Tile.Height}")
        + $",URI=\"{ManifestNames.Images}\"\n";
}
