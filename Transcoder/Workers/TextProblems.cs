using FlickStream.Platform.Problems;
using FlickStream.Transcoder.Planning;

namespace FlickStream.Transcoder.Workers;

/// <summary>Why a title goes without a text. Codes never change.</summary>
internal static class TextProblems
{
    public static readonly Problem NotExtracted = Notice(
        "text_not_extracted", "A text track could not be taken out of the master. Upload it as SRT, WebVTT, ASS or TTML beside it.");

    public static readonly Problem Empty = Notice("text_empty", "A text track shows nothing while the title plays.");

    public static readonly Problem TooLarge = Notice("text_too_large", "A text track is larger than any that is read. Upload it anew beside the master.");

    public static readonly Problem TooMany = Notice(
        "text_too_many", "The master has more text tracks than are offered. Upload those that are missed beside it.");

    public static readonly Problem CaptionsLeftOut = Notice(
        "captions_left_out", "The picture carries services of CEA-708 beyond the sixth, which are not taken. Upload those that are missed beside the master.");

    /// <summary>It is told when tracks are taken out of the master.</summary>
    public static bool IsOfTrack(string code) => new[] { NotExtracted, Empty, TooLarge, CaptionsLeftOut }.Any(problem => problem.Code == code);

    public static ProblemReport Report(Problem problem, TextPlan track) =>
        ProblemReport.Of(problem, $"Track {track.StreamIndex + 1} ({track.Title}).") with { Subject = track.Name };

    private static Problem Notice(string code, string sentence) => new(code, StatusCodes.Status422UnprocessableEntity, sentence);
}
