using System.Text.RegularExpressions;
using FlickStream.Platform.Contracts;
using FlickStream.Platform.Problems;

namespace FlickStream.Ingest.Inspection;

/// <summary>A master's tracks of text: those that can be converted, and what is said of the others. Pure.</summary>
internal static partial class TextTracks
{
    private static readonly string[] Convertible = ["subrip", "ass", "ssa", "mov_text", "webvtt", "text", "eia_608"];

    private static readonly string[] Pictures = ["hdmv_pgs_subtitle", "dvd_subtitle", "dvb_subtitle", "xsub"];

    public static IReadOnlyList<TextReport> Of(FfprobeHeader header) =>
    [
        .. (header.Streams ?? []).Where(IsConvertible).Select(track => new TextReport(
            track.Index,
            track.CodecName!,
            ReportMapping.Language(track),
            ReportMapping.Title(track),
            (track.StartTime ?? header.Format?.StartTime ?? 0) - (header.Format?.StartTime ?? 0),
            track.Disposition.Forced != 0,
            track.Disposition.HearingImpaired != 0 || SoundsToo().IsMatch(ReportMapping.Title(track) ?? ""),
            track.Disposition.Default != 0)),
    ];

    /// <summary>Captions in the picture do not say their language; by their purpose they tell sounds too.</summary>
    public static TextReport InPicture(FfprobeStream video) =>
        new(video.Index, TextReport.CaptionsInPicture, null, "CC1", 0, IsForced: false, IsHearingImpaired: true, IsDefault: false);

    public static IEnumerable<ProblemReport> Notices(IEnumerable<FfprobeStream> streams) => streams
        .Where(track => track.CodecType == "subtitle" && !IsConvertible(track))
        .Select(track => ProblemReport.Of(
            Pictures.Contains(track.CodecName) ? InspectionNotices.PictureSubtitles : InspectionNotices.UnsupportedText, Named(track)));

    private static bool IsConvertible(FfprobeStream track) => track.CodecType == "subtitle" && Convertible.Contains(track.CodecName);

    private static string Named(FfprobeStream track)
    {
        var names = new[] { track.CodecName ?? "unknown format", ReportMapping.Language(track), ReportMapping.Title(track) };
        return $"Track {track.Index} ({string.Join(", ", names.OfType<string>())}).";
    }

    // What names such tracks and nothing else; "CC" is also what plain subtitles are called.
    [GeneratedRegex(@"\bSDH\b|hearing[ -]impaired|hard of hearing", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex SoundsToo();
}
