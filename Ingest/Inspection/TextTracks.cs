using System.Text.RegularExpressions;
using FlickStream.Platform.Contracts;
using FlickStream.Platform.Problems;

namespace FlickStream.Ingest.Inspection;

/// <summary>A master's tracks of text: those that can be converted, and what is said of the others. Pure.</summary>
internal static partial class TextTracks
{
    private static readonly string[] Convertible = ["subrip", "ass", "ssa", "mov_text", "webvtt", "text", "eia_608"];

    // Of MP4, by their tags: ffmpeg takes them for data and does not name their codec.
    private static readonly string[] Sampled = ["stpp", "wvtt"];

    // The same, of what is not read: plain samples, QuickTime's TTML, CEA-708.
    private static readonly string[] Unread = ["sbtt", "stxt", "dfxp", "c708"];

    private static readonly string[] Pictures = ["hdmv_pgs_subtitle", "dvd_subtitle", "dvb_subtitle", "xsub"];

    public static IReadOnlyList<TextReport> Of(FfprobeHeader header) =>
    [
        .. (header.Streams ?? []).Where(IsConvertible).Select(track => new TextReport(
            track.Index,
            NameOf(track),
            ReportMapping.Language(track),
            ReportMapping.Title(track),
            (track.StartTime ?? header.Format?.StartTime ?? 0) - (header.Format?.StartTime ?? 0),
            track.Disposition.Forced != 0 || ForForeignSpeech().IsMatch(ReportMapping.Title(track) ?? ""),
            track.Disposition.HearingImpaired != 0 || SoundsToo().IsMatch(ReportMapping.Title(track) ?? ""),
            track.Disposition.Default != 0)
        {
            ClockSeconds = header.Format?.StartTime ?? 0,
        }),
    ];

    /// <summary>Captions in the picture tell sounds too, by their purpose.</summary>
    /// <param name="languages">By channel; null where the container does not say.</param>
    public static TextReport InPicture(FfprobeStream video, SortedDictionary<string, string>? languages) =>
        new(video.Index, TextReport.CaptionsInPicture, null, "CC1", 0, IsForced: false, IsHearingImpaired: true, IsDefault: false)
        {
            Languages = languages,
        };

    public static IEnumerable<ProblemReport> Notices(IEnumerable<FfprobeStream> streams) => streams
        .Where(track => IsText(track) && !IsConvertible(track))
        .Select(track => ProblemReport.Of(
            Pictures.Contains(track.CodecName) ? InspectionNotices.PictureSubtitles : InspectionNotices.UnsupportedText, Named(track)));

    private static bool IsText(FfprobeStream track) => track.CodecType switch
    {
        "subtitle" => true,
        "data" => Sampled.Contains(track.CodecTagString) || Unread.Contains(track.CodecTagString) || IsAncillary(track),
        _ => false,
    };

    /// <summary>Captions in MXF (SMPTE ST 436), by what ffmpeg's reader says of the track, as 5.1 does or as 8.0.</summary>
    private static bool IsAncillary(FfprobeStream track) =>
        track.CodecName == "smpte_436m_anc" || track.Tags.GetValueOrDefault("data_type", "").Contains("436", StringComparison.Ordinal);

    private static bool IsConvertible(FfprobeStream track) =>
        IsText(track) && (Convertible.Contains(track.CodecName) || Sampled.Contains(track.CodecTagString));

    private static string NameOf(FfprobeStream track) =>
        Sampled.Contains(track.CodecTagString) ? track.CodecTagString!
        : track.CodecName is { } name and not "unknown" ? name
        : IsAncillary(track) ? "ancillary data" : track.CodecTagString ?? "unknown format";

    private static string Named(FfprobeStream track)
    {
        var names = new[] { NameOf(track), ReportMapping.Language(track), ReportMapping.Title(track) };
        return $"Track {track.Index + 1} ({string.Join(", ", names.OfType<string>())}).";
    }

    // What names such tracks and nothing else; "CC" is also what plain subtitles are called.
    [GeneratedRegex(@"\bSDH\b|hearing[ -]impaired|hard of hearing", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex SoundsToo();

    // English, German, French, Spanish, Italian; "foreign" alone is not enough.
    [GeneratedRegex(
        @"\bforced\b|\bforcée?s?\b|\bforzad[oa]s?\b|\bforzat[oi]\b|\berzwungen|foreign (?:parts|dialogue)",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex ForForeignSpeech();
}
