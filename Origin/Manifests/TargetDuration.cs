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

    /// <summary>The same of a title that grows or did: by the grid alone, because it must not change when the last segments come or the frames are
    /// counted.</summary>
    public static int OfEvent(PresentationView view)
    {
        var grid = view.Presentation.Grid;
        var segment = grid.SegmentFrames / grid.FrameRate;
        return Whole(view.Audio.Count == 0 ? segment : segment + Overhang);
    }

    private static int Whole(Rational seconds) => Math.Max(1, (int)seconds.Round());
}
