using System.Xml.Linq;
using FlickStream.Origin.Presentations;
using FlickStream.Platform.Delivery;
using FlickStream.Platform.Numbers;

namespace FlickStream.Origin.Manifests;

/// <summary>A track's segments in an MPD: exact ticks, equal neighbours run-length coded.</summary>
internal static class SegmentTimeline
{
    public static XElement Template(XNamespace mpd, Track track, int count, MediaAddress address)
    {
        var (prefix, query) = (address.PrefixOf(track.Part), address.SuffixOf(track.Part));
        var timeline = new XElement(mpd + "SegmentTimeline");
        for (var n = 0; n < count;)
        {
            var ticks = track.Segments[n].Ticks;
            var run = n;
            while (run < count && track.Segments[run].Ticks == ticks) run++;
            var entry = new XElement(mpd + "S");
            if (n == 0) entry.Add(new XAttribute("t", 0));
            entry.Add(new XAttribute("d", ticks));
            if (run - n > 1) entry.Add(new XAttribute("r", run - n - 1));
            timeline.Add(entry);
            n = run;
        }

        return new XElement(
            mpd + "SegmentTemplate",
            new XAttribute("timescale", track.Timescale),
            new XAttribute("startNumber", 0),
            new XAttribute("initialization", $"{prefix}{ManifestNames.Init}{query}"),
            new XAttribute("media", $"{prefix}$Number${ManifestNames.Segment}{query}"),
            timeline);
    }

    /// <summary>Seconds from the title's start to the end of the track's first <paramref name="count"/> segments.</summary>
    public static Rational End(Track track, int count)
    {
        long ticks = 0;
        foreach (var segment in track.Segments[..count]) ticks += segment.Ticks;
        return track.Seconds(ticks);
    }
}
