using System.Globalization;
using System.Text;
using FlickStream.Origin.Presentations;
using FlickStream.Platform.Contracts;

namespace FlickStream.Origin.Manifests;

/// <summary>The playlist of playlists, with every attribute that the HLS Authoring Specification asks for.</summary>
internal static class MultivariantPlaylist
{
    // What the variant that a player begins with should take on average (HLS Authoring Specification 1.32).
    private const long FirstVariant = 2_000_000;

    private const string TextGroup = "text";

    private const string Sdh = "public.accessibility.transcribes-spoken-dialog,public.accessibility.describes-music-and-sound";

    /// <param name="view">What exists.</param>
    /// <param name="height">Larger pictures are left out.</param>
    public static string Render(PresentationView view, int height)
    {
        var text = new StringBuilder(2048);
        text.Append("#EXTM3U\n#EXT-X-VERSION:").Append(HlsText.Version).Append("\n#EXT-X-INDEPENDENT-SEGMENTS\n");
        HlsKeys.AppendSession(text, view, height);
        if (view.Video.Count == 0) return SoundAlone(text, view);
        var offers = view.Offered(height).Select(rung => (rung, groups: AudioTracks.GroupsFor(view.Presentation, rung.Video))).ToList();
        var surround = view.Presentation.Audio.Where(AudioTracks.IsSurround).Select(a => a.Group).ToHashSet<string?>();
        var variants = offers.Select(offer => Variant(offer.rung, offer.groups[0])).ToList();
        AppendSound(text, view, [.. offers.Select(offer => offer.groups[0]).Concat(offers.SelectMany(offer => offer.groups)).OfType<string>().Distinct()
            .OrderBy(surround.Contains)]);
        AppendText(text, view.Presentation);
        AppendChapters(text, view.Presentation);

        // A player that understands no CODECS takes the first, which must therefore be H.264's.
        var first = variants.Where(v => v.rung.Video.IsOpening)
            .OrderBy(v => Math.Abs((view.IsWhole ? v.rates.Average : v.rung.Video.BitsPerSecond) - FirstVariant))
            .FirstOrDefault().rung;
        // Sound around comes last, so that players that take the first variants they can play never meet it; before it an only rung's small sound.
        var others = offers.SelectMany(offer => offer.groups.Skip(1).Select(group => Variant(offer.rung, group)))
            .OrderBy(v => surround.Contains(v.group)).ThenBy(v => v.rung.Video.Ladder).ThenBy(v => v.rates.Peak);
        foreach (var (rung, group, rates) in variants
            .OrderBy(v => v.rung == first ? 0 : 1).ThenBy(v => v.rung.Video.Ladder).ThenBy(v => v.rates.Peak).Concat(others))
        {
            AppendVariant(text, view.Presentation, rung.Video, group, rates);
        }

        // Of a ladder's rungs of one size, the cheapest gives the pictures (6.4).
        var pictures = variants.OrderBy(v => v.rung.Video.Ladder).ThenBy(v => v.rates.Peak)
            .DistinctBy(v => (v.rung.Video.Ladder, v.rung.Video.Width, v.rung.Video.Height));
        foreach (var (rung, _, _) in pictures) AppendIFrames(text, view, rung);
        if (ThumbnailSheets.Of(view) is { } sheets) text.Append(ImagePlaylist.StreamInf(sheets));
        return text.ToString();

        (OfferedRung rung, string? group, BitRates rates) Variant(OfferedRung rung, string? group) =>
            (rung, group, VariantRates.OfVideo(view, rung) + VariantRates.OfGroup(view, group));
    }

    /// <summary>A variant a group, whose own playlist is the default track's (HLS Authoring Specification 9.8).</summary>
    private static string SoundAlone(StringBuilder text, PresentationView view)
    {
        var groups = view.Presentation.Audio.GroupBy(a => a.Group).OrderBy(g => AudioTracks.IsSurround(g.First()) ? 1 : 0)
            .ThenByDescending(g => g.Max(a => a.BitsPerSecond)).Select(g => g.Key).ToList();
        AppendSound(text, view, groups);
        AppendText(text, view.Presentation);
        AppendChapters(text, view.Presentation);
        var first = AudioTracks.Of(view).Single(track => track.IsDefault);
        foreach (var group in groups)
        {
            var (rates, audio) = (VariantRates.OfGroup(view, group), first.In(group).Audio);
            text.Append(CultureInfo.InvariantCulture, $"#EXT-X-STREAM-INF:BANDWIDTH={rates.Peak},AVERAGE-BANDWIDTH={rates.Average}")
                .Append(CultureInfo.InvariantCulture, $",CODECS=\"{audio.Codecs}\",AUDIO={HlsText.Quoted(group)}")
                .Append(view.Presentation.Text.Count > 0 ? $",SUBTITLES={HlsText.Quoted(TextGroup)}" : "")
                .Append(CultureInfo.InvariantCulture, $"\n{audio.Name}/{ManifestNames.Media}\n");
        }

        return text.ToString();
    }

    private static void AppendChapters(StringBuilder text, Presentation presentation)
    {
        if (presentation.Chapters.Count > 0)
            text.Append(CultureInfo.InvariantCulture, $"#EXT-X-SESSION-DATA:DATA-ID=\"com.apple.hls.chapters\",URI=\"{ManifestNames.AppleChapters}\"\n");
    }

    private static void AppendSound(StringBuilder text, PresentationView view, IReadOnlyList<string> groups)
    {
        foreach (var track in AudioTracks.Of(view))
        {
            foreach (var group in groups)
            {
                var (audio, _) = track.In(group);
                text.Append("#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID=").Append(HlsText.Quoted(group))
                    .Append(",NAME=").Append(HlsText.Quoted(track.Name));
                text.Append(",LANGUAGE=").Append(HlsText.Quoted(track.Language ?? "und"))
                    .Append(",DEFAULT=").Append(track.IsDefault ? "YES" : "NO")
                    .Append(",AUTOSELECT=").Append(track.IsAutomatic ? "YES" : "NO");
                if (CharacteristicOf(track.Role) is { } characteristic) text.Append(",CHARACTERISTICS=").Append(HlsText.Quoted(characteristic));
                text.Append(CultureInfo.InvariantCulture, $",CHANNELS=\"{audio.Channels}\",URI=\"{audio.Name}/{ManifestNames.Media}\"\n");
            }
        }
    }

    // AVMediaCharacteristic's names; RFC 8216 lets players pass over those that they do not know.
    private static string? CharacteristicOf(AudioRole role) => role switch
    {
        AudioRole.Description => "public.accessibility.describes-video",
        AudioRole.ClearSpeech => "public.accessibility.enhances-speech-intelligibility",
        _ => null,
    };

    private static void AppendText(StringBuilder text, Presentation presentation)
    {
        foreach (var track in TextTracks.Of(presentation))
        {
            text.Append("#EXT-X-MEDIA:TYPE=SUBTITLES,GROUP-ID=").Append(HlsText.Quoted(TextGroup))
                .Append(",NAME=").Append(HlsText.Quoted(track.Name))
                .Append(",LANGUAGE=").Append(HlsText.Quoted(track.Language ?? "und"))
                .Append(",DEFAULT=").Append(track.IsDefault ? "YES" : "NO")
                .Append(",AUTOSELECT=").Append(track.IsDefault || track.IsFirstOfKind ? "YES" : "NO")
                .Append(",FORCED=").Append(track.Text.Role == TextRole.Forced ? "YES" : "NO");
            if (track.Text.Role == TextRole.Sdh) text.Append(",CHARACTERISTICS=").Append(HlsText.Quoted(Sdh));
            text.Append(CultureInfo.InvariantCulture, $",URI=\"{track.Text.Name}/{ManifestNames.Media}\"\n");
        }
    }

    private static void AppendVariant(StringBuilder text, Presentation presentation, VideoRendition rung, string? group, BitRates rates)
    {
        var codecs = presentation.Audio.Where(a => a.Group == group).Select(a => a.Codecs).Prepend(rung.Codecs).Distinct();
        text.Append(CultureInfo.InvariantCulture, $"#EXT-X-STREAM-INF:BANDWIDTH={rates.Peak},AVERAGE-BANDWIDTH={rates.Average}")
            .Append(CultureInfo.InvariantCulture, $",CODECS=\"{string.Join(',', codecs)}\",RESOLUTION={rung.Width}x{rung.Height}")
            .Append(",FRAME-RATE=").Append(HlsText.FrameRate(presentation.Grid.FrameRate)).Append(",VIDEO-RANGE=").Append(RangeOf(rung));
        if (group is not null) text.Append(",AUDIO=").Append(HlsText.Quoted(group));
        if (presentation.Text.Count > 0) text.Append(",SUBTITLES=").Append(HlsText.Quoted(TextGroup));
        text.Append(CultureInfo.InvariantCulture, $",CLOSED-CAPTIONS=NONE\n{rung.Name}/{ManifestNames.Media}\n");
    }

    private static void AppendIFrames(StringBuilder text, PresentationView view, OfferedRung rung)
    {
        var video = rung.Video;
        var rates = BitRates.OfIFrames(rung.Track, view.VideoSegments, TargetDuration.Of(view));
        if (rates.Peak == 0) return;
        text.Append(CultureInfo.InvariantCulture, $"#EXT-X-I-FRAME-STREAM-INF:BANDWIDTH={rates.Peak},AVERAGE-BANDWIDTH={rates.Average}")
            .Append(CultureInfo.InvariantCulture, $",CODECS=\"{video.Codecs}\",RESOLUTION={video.Width}x{video.Height}")
            .Append(CultureInfo.InvariantCulture, $",VIDEO-RANGE={RangeOf(video)},URI=\"{video.Name}/{ManifestNames.IFrames}\"\n");
    }

    private static string RangeOf(VideoRendition video) => video.Range.ToString().ToUpperInvariant();
}
