using System.Globalization;
using System.Xml.Linq;
using FlickStream.Origin.Presentations;
using FlickStream.Platform.Contracts;
using FlickStream.Platform.Delivery;

namespace FlickStream.Origin.Manifests;

/// <summary>The MPD: dynamic while the title grows, static when it does not. It names the same segments as the HLS playlists.</summary>
internal static class DashManifest
{
    private static readonly XNamespace Mpd = "urn:mpeg:dash:schema:mpd:2011";

    /// <param name="view">What exists.</param>
    /// <param name="height">Larger pictures are left out.</param>
    /// <param name="address">Where the segments lie.</param>
    /// <param name="now">For a dynamic MPD's clock.</param>
    /// <param name="folder">The grant's own, absolute, with a closing slash; used where keys are handed out there.</param>
    public static string Render(PresentationView view, int height, MediaAddress address, DateTimeOffset now, string folder = "")
    {
        var (presentation, grid) = (view.Presentation, view.Presentation.Grid);
        var segment = grid.SegmentFrames / grid.FrameRate;
        // Of a bandwidth that holds over whole segments. More than there is would keep players waiting for the second segment of a title that grows.
        var buffer = view.IsGrowing ? grid.FramesOf(0) / grid.FrameRate : segment;
        var mpd = new XElement(
            Mpd + "MPD",
            new XAttribute("profiles", "urn:mpeg:dash:profile:isoff-live:2011"),
            new XAttribute("minBufferTime", Duration(buffer.Numerator, buffer.Denominator)));
        var ids = new DashIds(view);
        List<IReadOnlyList<OfferedRung>> ladders =
        [
            .. view.Offered(height)
                .GroupBy(rung => DashIds.SetOf(view, rung.Video))
                .Select(ladder => ladder.ToList()),
        ];
        var period = new XElement(Mpd + "Period", new XAttribute("id", "0"), new XAttribute("start", "PT0S"));
        period.Add(ladders.Select((ladder, place) =>
            DashVideo.Set(Mpd, view, ladders, place, ids, address, DashKeys.Of(Mpd, view, KeyUses.Of(ladder[0].Video), folder))));
        // A set has one channel configuration but for the small mono sound of a stereo one: players switch within a set without asking.
        var sounds = AudioTracks.Of(view).SelectMany(track => track.Qualities.GroupBy(q => AudioTracks.IsSurround(q.Audio), (_, q) => (track, q)));
        period.Add(sounds.Select((set, i) => AudioSet(view, set.track, [.. set.q], ids.OfAudio(i), address, folder)));
        period.Add(TextTracks.Of(presentation).Select(track => TextSet(presentation, track, address)));
        if (ThumbnailSheets.Of(view) is { } sheets) period.Add(DashImages.Set(Mpd, view, sheets, ids.OfImages, address));
        mpd.Add(period);
        if (view.IsGrowing) AddClock(mpd, presentation, segment, now);
        else mpd.Add(new XAttribute("type", "static"), new XAttribute("mediaPresentationDuration", Total(view)));
        return $"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n{mpd}\n";
    }

    /// <summary>A segment counts as available once availabilityStartTime plus its end has passed. The title is encoded faster or slower
    /// than it plays, so the start is put a whole title before its making: what is listed is then always available, and the value never
    /// changes.</summary>
    private static void AddClock(XElement mpd, Presentation presentation, Platform.Numbers.Rational segment, DateTimeOffset now)
    {
        var length = TimeSpan.FromSeconds(Math.Ceiling((presentation.Frames / presentation.Grid.FrameRate).Value + segment.Value));
        mpd.Add(
            new XAttribute("type", "dynamic"),
            new XAttribute("availabilityStartTime", Time(presentation.CreatedAt - length)),
            new XAttribute("publishTime", Time(now)),
            new XAttribute("minimumUpdatePeriod", "PT2S"),
            new XElement(
                Mpd + "UTCTiming", new XAttribute("schemeIdUri", "urn:mpeg:dash:utc:direct:2014"), new XAttribute("value", Time(now))));
    }

    private static XElement AudioSet(
        PresentationView view,
        AudioTrack track,
        IReadOnlyList<(AudioRendition Audio, Track Track)> qualities,
        int id,
        MediaAddress address,
        string folder)
    {
        var isSurround = AudioTracks.IsSurround(qualities[0].Audio);
        var set = new XElement(
            Mpd + "AdaptationSet",
            new XAttribute("id", id),
            new XAttribute("contentType", "audio"),
            new XAttribute("mimeType", "audio/mp4"),
            new XAttribute("segmentAlignment", "true"),
            new XAttribute("startWithSAP", "1"),
            // What a player begins with that was told nothing: the default track, and stereo before sound around.
            new XAttribute("selectionPriority", (track.IsDefault ? 3 : 1) + (isSurround ? 0 : 1)));
        if (track.Language is not null) set.Add(new XAttribute("lang", track.Language));
        set.Add(DashKeys.Of(Mpd, view, KeyUse.Audio, folder));
        set.Add(new XElement(Mpd + "Label", track.Name), AudioPurpose.Of(Mpd, track));
        foreach (var (audio, segments) in qualities)
        {
            set.Add(new XElement(
                Mpd + "Representation",
                new XAttribute("id", audio.Name),
                new XAttribute("codecs", audio.Codecs),
                new XAttribute("bandwidth", VariantRates.OfAudio(view, audio, segments).Peak),
                new XAttribute("audioSamplingRate", audio.SampleRate),
                new XElement(
                    Mpd + "AudioChannelConfiguration",
                    new XAttribute("schemeIdUri", "urn:mpeg:dash:23003:3:audio_channel_configuration:2011"),
                    new XAttribute("value", audio.Channels)),
                SegmentTimeline.Template(Mpd, segments, view.Shown(view.Find(audio.Name)!), address)));
        }

        return set;
    }

    /// <summary>One whole WebVTT file: all players read it, of segmented WebVTT that cannot be said.</summary>
    private static XElement TextSet(Presentation presentation, TextTrack track, MediaAddress address)
    {
        var text = track.Text;
        var seconds = (presentation.Frames / presentation.Grid.FrameRate).Value;
        var set = new XElement(
            Mpd + "AdaptationSet",
            new XAttribute("id", DashIds.Of(text)),
            new XAttribute("contentType", "text"),
            new XAttribute("mimeType", "text/vtt"));
        if (track.Language is not null) set.Add(new XAttribute("lang", track.Language));
        set.Add(
            new XElement(Mpd + "Label", track.Name),
            Role(text.Role switch { TextRole.Sdh => "caption", TextRole.Forced => "forced-subtitle", _ => "subtitle" }));
        if (track.IsDefault) set.Add(Role("main"));
        set.Add(new XElement(
            Mpd + "Representation",
            new XAttribute("id", text.Name),
            new XAttribute("bandwidth", Math.Max(1, (long)Math.Ceiling(text.Bytes * 8 / seconds))),
            new XElement(Mpd + "BaseURL", address.UrlOf(presentation.PartOf(text), ManifestNames.WholeText))));
        return set;
    }

    internal static XElement Role(string value) =>
        new(Mpd + "Role", new XAttribute("schemeIdUri", "urn:mpeg:dash:role:2011"), new XAttribute("value", value));

    /// <summary>The longest track's end.</summary>
    private static string Total(PresentationView view)
    {
        var end = view.Video.Take(1).Select(t => SegmentTimeline.End(t, view.VideoSegments))
            .Concat(view.Audio.Select(t => SegmentTimeline.End(t, view.Shown(view.Find(t.Name)!))))
            .Max();
        return Duration(end.Numerator, end.Denominator);
    }

    // Rounded up, so that no player cuts the last frame.
    private static string Duration(long numerator, long denominator) =>
        $"PT{(Math.Ceiling(numerator * 1_000_000m / denominator) / 1_000_000m).ToString("0.######", CultureInfo.InvariantCulture)}S";

    private static string Time(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
