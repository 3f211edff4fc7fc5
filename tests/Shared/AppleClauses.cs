using System.Globalization;

namespace FlickStream.Tests;

/// <summary>
/// The clauses of Apple's HLS Authoring Specification that playlists and sizes can show, each a rule named by its number. Apple's own
/// validators do not run here, so these are checks of our own.
/// </summary>
/// <param name="multivariant">The multivariant playlist.</param>
/// <param name="fetch">A media playlist's text by the URI that the multivariant playlist gives it.</param>
/// <param name="sizeOf">Bytes of a segment: the media playlist's URI and the segment's own. Null: sizes are not checked.</param>
public sealed class AppleClauses(string multivariant, Func<string, string> fetch, Func<string, string, long>? sizeOf = null)
{
    private readonly List<string> _violations = [];
    private readonly Dictionary<string, HlsPlaylist> _playlists = [];

    /// <summary>Every clause that is broken, with what breaks it; empty when none is.</summary>
    public IReadOnlyList<string> Violations()
    {
        var main = new HlsPlaylist(multivariant);
        var variants = main.Tags("#EXT-X-STREAM-INF");
        var iframes = main.Tags("#EXT-X-I-FRAME-STREAM-INF");
        var sounds = main.Tags("#EXT-X-MEDIA");
        CheckMultivariant(main, variants, iframes, sounds);
        foreach (var iframe in iframes) CheckIFrames(iframe["URI"]);
        var media = variants.Select(v => v["URI"]).Concat(sounds.Select(s => s["URI"])).Distinct().ToList();
        foreach (var uri in media) CheckMedia(uri);
        CheckTogether(media, [.. iframes.Select(i => i["URI"])]);
        if (sizeOf is not null) foreach (var variant in variants) CheckRates(variant, sounds);
        return _violations;
    }

    private void CheckMultivariant(
        HlsPlaylist main,
        IReadOnlyList<IReadOnlyDictionary<string, string>> variants,
        IReadOnlyList<IReadOnlyDictionary<string, string>> iframes,
        IReadOnlyList<IReadOnlyDictionary<string, string>> sounds)
    {
        foreach (var variant in variants)
        {
            Must("9.1 CODECS on every variant", variant.ContainsKey("CODECS"), variant["URI"]);
            Must("9.2 RESOLUTION on every variant with video", variant.ContainsKey("RESOLUTION"), variant["URI"]);
            Must("9.14 AVERAGE-BANDWIDTH", variant.ContainsKey("AVERAGE-BANDWIDTH"), variant["URI"]);
            Must("9.15 FRAME-RATE on every variant with video", variant.ContainsKey("FRAME-RATE"), variant["URI"]);
            Must(
                "1.19 no more than 60 fps",
                decimal.TryParse(variant.GetValueOrDefault("FRAME-RATE"), CultureInfo.InvariantCulture, out var rate) && rate <= 60, variant["URI"]);
            Must("9.16 VIDEO-RANGE", variant.ContainsKey("VIDEO-RANGE"), variant["URI"]);
            Must(
                "RFC 8216 4.3.4.2 AUDIO names a group that exists",
                !variant.TryGetValue("AUDIO", out var group) || sounds.Any(s => s["GROUP-ID"] == group), variant["URI"]);
            var codecs = variant.GetValueOrDefault("CODECS", "");
            Must("2.3 AAC", sounds.Count == 0 || codecs.Contains("mp4a.40.", StringComparison.Ordinal), codecs);
            Must("1.10 HEVC as hvc1", !codecs.Contains("hev1", StringComparison.Ordinal), codecs);
        }

        // A master of two channels and more; a player stays in one codec's ladder.
        foreach (var ladder in variants.Where(v => v.ContainsKey("AUDIO")).GroupBy(v => v.GetValueOrDefault("CODECS", "").Split('.')[0]))
        {
            var heard = sounds.Where(s => ladder.Any(v => v["AUDIO"] == s["GROUP-ID"])).ToList();
            Must("2.3 stereo AAC", heard.Any(s => s.GetValueOrDefault("CHANNELS") == "2"), $"{ladder.Key}: {string.Join(' ', heard.Select(s => s["GROUP-ID"]))}");
        }

        Must("6.1 I-frame playlists exist", iframes.Count > 0, "none");
        foreach (var iframe in iframes)
        {
            Must("9.3 CODECS on every I-frame variant", iframe.ContainsKey("CODECS"), iframe["URI"]);
            Must("9.4 RESOLUTION on every I-frame variant", iframe.ContainsKey("RESOLUTION"), iframe["URI"]);
        }

        Must(
            "6.4 one I-frame variant a resolution of a codec",
            iframes.DistinctBy(i => (i["RESOLUTION"], i.GetValueOrDefault("CODECS")?.Split('.')[0], i.GetValueOrDefault("VIDEO-RANGE"))).Count() == iframes.Count,
            $"{iframes.Count} variants");
        foreach (var sound in sounds)
        {
            Must("8.10 LANGUAGE on every sound rendition", sound.ContainsKey("LANGUAGE"), sound["URI"]);
            Must("RFC 8216 4.3.4.1 CHANNELS on every sound rendition", sound.ContainsKey("CHANNELS"), sound["URI"]);
            Must("RFC 8216 4.3.4.1 DEFAULT implies AUTOSELECT", sound["DEFAULT"] != "YES" || sound["AUTOSELECT"] == "YES", sound["URI"]);
        }

        foreach (var group in sounds.GroupBy(s => s["GROUP-ID"]))
        {
            Must("RFC 8216 4.3.4.1.1 names differ within a group", group.DistinctBy(s => s["NAME"]).Count() == group.Count(), group.Key);
            Must("RFC 8216 4.3.4.1.1 one default a group", group.Count(s => s["DEFAULT"] == "YES") <= 1, group.Key);
        }

        Must("9.11 EXT-X-INDEPENDENT-SEGMENTS", main.Has("#EXT-X-INDEPENDENT-SEGMENTS"), "absent");
        if (variants.Any(v => Number(v, "BANDWIDTH") > 2_500_000) && variants.Any(v => Number(v, "AVERAGE-BANDWIDTH") <= 2_000_000))
        {
            var nearest = variants.Min(v => Math.Abs(Number(v, "AVERAGE-BANDWIDTH") - 2_000_000));
            Must(
                "1.32 the first variant is the one nearest to 2000 kbit/s on average",
                Math.Abs(Number(variants[0], "AVERAGE-BANDWIDTH") - 2_000_000) == nearest, variants[0]["URI"]);
        }
    }

    private void CheckIFrames(string uri)
    {
        var playlist = Playlist(uri);
        Must("6.8 EXT-X-I-FRAMES-ONLY", playlist.Has("#EXT-X-I-FRAMES-ONLY"), uri);
        Must("6.10 every I-frame is a byte range", playlist.Segments.All(s => s.ByteRange is not null), uri);
        Must("8.20 EXT-X-MAP", playlist.Value("#EXT-X-MAP") is not null, uri);
    }

    private void CheckMedia(string uri)
    {
        var playlist = Playlist(uri);
        var target = int.Parse(playlist.Value("#EXT-X-TARGETDURATION")!, CultureInfo.InvariantCulture);
        var isEnded = playlist.Has("#EXT-X-ENDLIST");
        Must("7.5 the target duration is 6 seconds", target is 6 or 7, $"{uri}: {target}");
        Must("8.20 EXT-X-MAP", playlist.Value("#EXT-X-MAP") is not null, uri);
        Must("RFC 8216 section 7 EXT-X-MAP needs version 6", int.Parse(playlist.Value("#EXT-X-VERSION")!, CultureInfo.InvariantCulture) >= 6, uri);
        Must("8.6, 8.8 EVENT while it grows, VOD or what it was when it has ended",
            playlist.Value("#EXT-X-PLAYLIST-TYPE") is var type && (type == "EVENT" || (isEnded && type == "VOD")), uri);
        foreach (var segment in playlist.Segments)
        {
            Must("7.7 no segment is 0.5 s longer than the target duration", segment.Seconds <= target + 0.5m, $"{uri} {segment}");
            Must("RFC 8216 4.3.3.1 no rounded EXTINF is over the target duration", Math.Round(segment.Seconds, MidpointRounding.AwayFromZero) <= target, $"{uri} {segment}");
        }

        foreach (var segment in playlist.Segments.SkipLast(1)) Must("7.6 segments last about 6 seconds", segment.Seconds is > 5.5m and < 6.5m, $"{uri} {segment}");
    }

    private void CheckTogether(IReadOnlyList<string> media, IReadOnlyList<string> iframes)
    {
        var targets = media.Concat(iframes).Select(u => Playlist(u).Value("#EXT-X-TARGETDURATION")).Distinct().ToList();
        Must("8.2, 6.11 one target duration for all", targets.Count == 1, string.Join(", ", targets));
        if (!media.All(u => Playlist(u).Has("#EXT-X-ENDLIST"))) return;
        var lengths = media.Select(u => Playlist(u).Segments.Sum(s => s.Seconds)).ToList();
        Must("8.3, 8.7 sound and picture last equally long", lengths.Max() - lengths.Min() < 0.5m, string.Join(", ", lengths));
        foreach (var iframe in iframes)
        {
            var length = Playlist(iframe).Segments.Sum(s => s.Seconds);
            Must("8.7 I-frame playlists cover the whole title", Math.Abs(length - lengths[0]) < 0.01m, $"{iframe}: {length}");
        }

        Must("8.22 segments begin at the same times", media.Select(u => Playlist(u).Segments.Count).Distinct().Count() <= 2, "counts differ");
    }

    private void CheckRates(IReadOnlyDictionary<string, string> variant, IReadOnlyList<IReadOnlyDictionary<string, string>> sounds)
    {
        if (!Playlist(variant["URI"]).Has("#EXT-X-ENDLIST")) return;
        var (peak, average) = Rates(variant["URI"]);
        var group = sounds.Where(s => variant.TryGetValue("AUDIO", out var g) && s["GROUP-ID"] == g).Select(s => Rates(s["URI"])).ToList();
        if (group.Count > 0) (peak, average) = (peak + group.Max(r => r.Peak), average + group.Max(r => r.Average));
        Must("1.27, 9.13 BANDWIDTH is the measured peak", Math.Abs(peak - Number(variant, "BANDWIDTH")) <= peak * 0.1, $"{variant["URI"]}: measured {peak:0}");
        Must(
            "1.26 AVERAGE-BANDWIDTH is the measured average",
            Math.Abs(average - Number(variant, "AVERAGE-BANDWIDTH")) <= average * 0.1, $"{variant["URI"]}: measured {average:0}");
    }

    /// <summary>Bits a second, the peak over every contiguous set of segments that lasts 0.5 to 1.5 target durations (RFC 8216
    /// 4.3.4.2).</summary>
    private (double Peak, double Average) Rates(string uri)
    {
        var playlist = Playlist(uri);
        var target = int.Parse(playlist.Value("#EXT-X-TARGETDURATION")!, CultureInfo.InvariantCulture);
        var segments = playlist.Segments.Select(s => (Bits: 8.0 * sizeOf!(uri, s.Uri), Seconds: (double)s.Seconds)).ToList();
        var average = segments.Sum(s => s.Bits) / segments.Sum(s => s.Seconds);
        var sets = from first in Enumerable.Range(0, segments.Count)
                   from count in Enumerable.Range(1, segments.Count - first)
                   let set = segments.GetRange(first, count)
                   let seconds = set.Sum(s => s.Seconds)
                   where seconds >= 0.5 * target && seconds <= 1.5 * target
                   select set.Sum(s => s.Bits) / seconds;
        return (sets.Append(average).Max(), average);
    }

    private HlsPlaylist Playlist(string uri)
    {
        if (!_playlists.TryGetValue(uri, out var playlist)) _playlists[uri] = playlist = new HlsPlaylist(fetch(uri));
        return playlist;
    }

    private static long Number(IReadOnlyDictionary<string, string> attributes, string name) => long.Parse(attributes[name], CultureInfo.InvariantCulture);

    private void Must(string clause, bool holds, string what)
    {
        if (!holds) _violations.Add($"{clause}: {what}");
    }
}
