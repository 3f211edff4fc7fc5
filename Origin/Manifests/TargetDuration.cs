using FlickStream.Origin.Presentations;
using FlickStream.Platform.Contracts;
using FlickStream.Platform.Numbers;

namespace FlickStream.Origin.Manifests;

/// <summary>EXT-X-TARGETDURATION: every EXTINF, rounded, is at most this (RFC 8216 4.3.3.1), and it never changes while a playlist grows.</summary>
internal static class TargetDuration
{
    /// <summary>Of a media playlist: the grid's segment, or a longer one that is there (the last sound segment may be).</summary>
    public static int OfSegments(SegmentGrid grid, Track track, int count)
    {
        var planned = (int)(grid.SegmentFrames / grid.FrameRate).Round();
        foreach (var segment in track.Segments[..count]) planned = Math.Max(planned, Rounded(segment.Ticks, track.Timescale));
        return Math.Max(1, planned);
    }

    /// <summary>Of an I-frame playlist.</summary>
    public static int OfIFrames(SegmentGrid grid, Track track, int iframes)
    {
        var planned = (int)(grid.GopFrames / grid.FrameRate).Round();
        foreach (var iframe in track.IFrames[..iframes]) planned = Math.Max(planned, Rounded(iframe.Ticks, track.Timescale));
        return Math.Max(1, planned);
    }

    public static int Of(ReadOnlySpan<(long Bytes, long Ticks)> spans, int timescale)
    {
        var longest = 1;
        foreach (var span in spans) longest = Math.Max(longest, Rounded(span.Ticks, timescale));
        return longest;
    }

    private static int Rounded(long ticks, int timescale) => (int)new Rational(ticks, timescale).Round();
}
