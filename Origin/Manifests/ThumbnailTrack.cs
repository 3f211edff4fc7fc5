using System.Globalization;
using System.Text;
using FlickStream.Origin.Presentations;
using FlickStream.Platform.Contracts;
using FlickStream.Platform.Delivery;

namespace FlickStream.Origin.Manifests;

/// <summary>WebVTT cues that name one picture a GOP in the sprite sheets, for the preview over a player's seek bar.</summary>
internal static class ThumbnailTrack
{
    public static string Render(PresentationView view, MediaAddress address)
    {
        var text = new StringBuilder("WEBVTT\n");
        if (view.Video.Count == 0) return text.ToString();
        var (grid, size, track) = (view.Presentation.Grid, view.Presentation.Thumbnail, view.Video[0]);
        var part = view.Presentation.SpritesPart();
        var (prefix, query) = (address.PrefixOf(part), address.SuffixOf(part));
        long start = 0;
        var iframe = 0;
        var rows = view.Presentation.ThumbnailsPerSheet;
        for (int segment = 0, sheet = 0, row = 0; segment < view.VideoSegments; segment++)
        {
            if (rows == 0 && segment == grid.FirstSegmentOf(sheet + 1)) (sheet, row) = (sheet + 1, 0);
            for (var i = 0; i < track.Segments[segment].IFrames; i++, row++)
            {
                if (rows > 0 && row == rows) (sheet, row) = (sheet + 1, 0);
                // A sheet is there when the last of its segments is.
                if (rows > 0 && view.IsGrowing && (sheet + 1L) * grid.SegmentFrames > grid.FirstFrameOf(view.VideoSegments)) return text.ToString();
                var end = start + track.IFrames[iframe++].Ticks;
                text.Append(CultureInfo.InvariantCulture, $"\n{Time(start, track.Timescale)} --> {Time(end, track.Timescale)}\n")
                    .Append(CultureInfo.InvariantCulture, $"{prefix}{sheet}.jpg{query}")
                    .Append(CultureInfo.InvariantCulture, $"#xywh=0,{row * size.Height},{size.Width},{size.Height}\n");
                start = end;
            }
        }

        return text.ToString();
    }

    private static string Time(long ticks, int timescale)
    {
        var milliseconds = (long)Math.Round((decimal)ticks * 1000 / timescale);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{milliseconds / 3_600_000:00}:{milliseconds / 60_000 % 60:00}:{milliseconds / 1000 % 60:00}.{milliseconds % 1000:000}");
    }
}
