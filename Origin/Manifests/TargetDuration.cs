using FlickStream.Origin.Presentations;
using FlickStream.Platform.Numbers;

namespace FlickStream.Origin.Manifests;

/// <summary>EXT-X-TARGETDURATION: every EXTINF, rounded, is at most this (RFC 8216 4.3.3.1). One for all of a title's playlists, as the HLS
/// Authoring Specification wants it (6.11, 8.2).</summary>
internal static class TargetDuration
{
    // Sound is cut half a second after the picture, at the end of a packet: at most so much more of a second.
    private static readonly Rational Overhang = new(13, 25);

    /// <summary>Whole seconds: the grid's segment, or a longer one that is there (the last sound segment may be).</summary>
    public static int Of(PresentationView view)
    {
        var grid = view.Presentation.Grid;
        var longest = Whole(grid.SegmentFrames / grid.FrameRate);
        foreach (var track in view.Video.Concat(view.Audio))
        {
            foreach (var segment in track.Segments) longest = Math.Max(longest, Whole(new Rational(segment.Ticks, track.Timescale)));
        }

        return longest;
    }

    /// <summary>The same of a title that grows or did: as it may still become, because it must not change.</summary>
    public static int OfEvent(PresentationView view)
    {
        if (view.Audio.Count == 0) return Of(view);
        var (grid, frames) = (view.Presentation.Grid, view.Presentation.Frames);
        var last = frames - ((long)(grid.SegmentCount(frames) - 1) * grid.SegmentFrames);
        return Math.Max(Of(view), Whole((last / grid.FrameRate) + Overhang));
    }

    private static int Whole(Rational seconds) => Math.Max(1, (int)seconds.Round());
}
