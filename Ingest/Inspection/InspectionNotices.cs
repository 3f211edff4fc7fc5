using FlickStream.Platform.Problems;

namespace FlickStream.Ingest.Inspection;

/// <summary>What a studio should hear of a master that is accepted. Codes never change.</summary>
internal static class InspectionNotices
{
    public static readonly Problem PictureSubtitles = Notice(
        "picture_subtitles", "A subtitle track is made of pictures and cannot become text. Upload it as SRT, WebVTT, ASS or TTML beside the master.");

    public static readonly Problem UnsupportedText = Notice(
        "unsupported_text", "A text track is in a format that cannot be read. Upload it as SRT, WebVTT, ASS or TTML beside the master.");

    // Accepted all the same: the status is never sent.
    private static Problem Notice(string code, string sentence) => new(code, StatusCodes.Status200OK, sentence);
}
