using System.Globalization;
using System.Xml.Linq;
using FlickStream.Origin.Presentations;
using FlickStream.Platform.Contracts;
using FlickStream.Platform.Delivery;

namespace FlickStream.Origin.Manifests;

/// <summary>One AdaptationSet a ladder, because a player switches freely among all of a set; of protected titles, one a ladder and key.</summary>
internal static class DashVideo
{
    /// <param name="mpd">The namespace.</param>
    /// <param name="view">What exists.</param>
    /// <param name="ladders">Rungs of each, largest first.</param>
    /// <param name="place">The ladder's.</param>
    /// <param name="ids">Of sets.</param>
    /// <param name="address">Where the segments lie.</param>
    /// <param name="protection">Its ContentProtection elements.</param>
    public static XElement Set(
        XNamespace mpd,
        PresentationView view,
        IReadOnlyList<IReadOnlyList<OfferedRung>> ladders,
        int place,
        DashIds ids,
        MediaAddress address,
        IEnumerable<XElement> protection)
    {
        var ladder = ladders[place];
        var set = new XElement(
            mpd + "AdaptationSet",
            new XAttribute("id", ids.Of(ladder[0].Video)),
            new XAttribute("contentType", "video"),
            new XAttribute("mimeType", "video/mp4"),
            new XAttribute("segmentAlignment", "true"),
            new XAttribute("startWithSAP", "1"),
            new XAttribute("scanType", "progressive"),
            new XAttribute("maxWidth", ladder.Max(rung => rung.Video.Width)),
            new XAttribute("maxHeight", ladder.Max(rung => rung.Video.Height)));
        if (ladders.Count > 1) set.Add(new XAttribute("selectionPriority", PriorityOf(ladder[0].Video)));
        set.Add(protection);
        set.Add(Colors(mpd, ladder[0].Video.Range));
        if (Others(ladders, place, ids) is { Length: > 0 } others) set.Add(Property(mpd, "Supplemental", "urn:mpeg:dash:adaptation-set-switching:2016", others));
        set.Add(DashManifest.Role("main"));
        foreach (var rung in ladder)
        {
            var video = rung.Video;
            set.Add(new XElement(
                mpd + "Representation",
                new XAttribute("id", video.Name),
                new XAttribute("codecs", video.Codecs!),
                new XAttribute("bandwidth", VariantRates.OfVideo(view, rung).Peak),
                new XAttribute("width", video.Width),
                new XAttribute("height", video.Height),
                new XAttribute("frameRate", FrameRate(view.Presentation.Grid)),
                new XAttribute("sar", "1:1"),
                SegmentTimeline.Template(mpd, rung.Track, view.VideoSegments, address)));
        }

        return set;
    }

    /// <summary>Of what a player can show and decode it should take HDR first, then what costs the fewest bits.</summary>
    private static int PriorityOf(VideoRendition video) => video switch
    {
        { Range: not VideoRange.Sdr } => 4,
        { Codec: VideoCodec.Av1 } => 3,
        { Codec: VideoCodec.Hevc } => 2,
        _ => 1,
    };

    /// <summary>A player that does not know what these code points mean must not take the set: it would show HDR as a grey picture.</summary>
    private static IEnumerable<XElement> Colors(XNamespace mpd, VideoRange range)
    {
        if (range == VideoRange.Sdr) yield break;
        foreach (var (name, value) in new[]
        {
            ("ColourPrimaries", "9"), ("TransferCharacteristics", range == VideoRange.Pq ? "16" : "18"), ("MatrixCoefficients", "9"),
        })
        {
            yield return Property(mpd, "Essential", $"urn:mpeg:mpegB:cicp:{name}", value);
        }
    }

    /// <summary>Sets that show the same picture, so that a player which can change its decoder may go from one to the other at any
    /// segment.</summary>
    private static string Others(IReadOnlyList<IReadOnlyList<OfferedRung>> ladders, int place, DashIds ids) => string.Join(
        ',',
        ladders.Where((other, i) => i != place && other[0].Video.Range == ladders[place][0].Video.Range).Select(other => ids.Of(other[0].Video)));

    private static XElement Property(XNamespace mpd, string kind, string scheme, string value) =>
        new(mpd + $"{kind}Property", new XAttribute("schemeIdUri", scheme), new XAttribute("value", value));

    private static string FrameRate(SegmentGrid grid) =>
        grid.FrameRate.Denominator == 1 ? grid.FrameRate.Numerator.ToString(CultureInfo.InvariantCulture) : grid.FrameRate.ToString();
}
