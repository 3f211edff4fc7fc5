using FlickStream.Origin.Presentations;
using FlickStream.Platform.Numbers;

namespace FlickStream.Origin.Manifests;

/// <summary>
/// EXT-X-TARGETDURATION: every EXTINF, rounded, is at most this, and it never changes while a playlist grows (RFC 8216 4.3.3.1). One for
/// all of a title's playlists, as the HLS Authoring Specification wants it (6.11, 8.2).
/// </summary>
internal static class TargetDuration
{
    /// <summary>Whole seconds: the grid's segment, or a longer one that is there (the last sound segment may be).</summary>
    public static int Of(PresentationView view)
    {
        var grid = view.Presentation.Grid;
        var longest = Math.Max(1, (int)(grid.SegmentFrames / grid.FrameRate).Round());
        foreach (var track in view.Video.Concat(view.Audio))
        {
            foreach (var segment in track.Segments) longest = Math.Max(longest, (int)new Rational(segment.Ticks, track.Timescale).Round());
        }

        return longest;
    }
}
