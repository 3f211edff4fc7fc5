using FlickStream.Platform.Problems;

namespace FlickStream.Ingest.Inspection;

/// <summary>Why a master is refused, and what its studio can do. Codes never change.</summary>
internal static class InspectionProblems
{
    public static readonly Problem EmptyFile = Refusal(
        "empty_file", "The file is empty. Export the master again and upload it.");

    public static readonly Problem NotMedia = Refusal(
        "not_media", "The file is not a video that can be read. Upload MP4, MOV, MKV, WebM, MXF, MPEG-TS or AVI.");

    public static readonly Problem UnsupportedContainer = Refusal(
        "unsupported_container",
        "The file is of a kind that is not taken. Export as MP4, MOV, MKV, WebM, MXF, MPEG-TS or AVI, sound alone as WAV or FLAC.");

    public static readonly Problem ReferenceFile = Refusal(
        "reference_file", "The file only points at other files. Upload the media itself, as one self-contained file.");

    public static readonly Problem Archive = Refusal(
        "archive", "The file is an archive. Unpack it and upload the video inside.");

    public static readonly Problem Truncated = Refusal(
        "truncated", "A part of the file is missing. Check that the export finished, and upload it again.");

    public static readonly Problem NoVideo = Refusal(
        "no_video", "The file has neither a picture track nor a sound track. Upload a master that has one.");

    public static readonly Problem UnsupportedCodec = Refusal(
        "unsupported_codec", "A track is in a format that cannot be decoded. Export as H.264, HEVC, ProRes, DNxHR, AV1 or VP9, with AAC or PCM sound.");

    public static readonly Problem UnsupportedColor = Refusal(
        "unsupported_color", "The picture's colours are coded in a way that cannot be converted. Export as BT.709, or as BT.2020 for HDR.");

    public static readonly Problem Undecodable = Refusal(
        "undecodable", "The picture cannot be decoded, though the file can be read. Check that it plays, and export it again.");

    public static readonly Problem Encrypted = Refusal(
        "encrypted", "The file is encrypted or copy protected. Upload a master without protection.");

    public static readonly Problem DolbyVisionOnly = Refusal(
        "dolby_vision_only", "The picture is Dolby Vision without a base layer that others can show (profile 5). Export it as profile 8 or HDR10.");

    public static readonly Problem BrokenTimes = Refusal(
        "broken_times", "The file's clock jumps, so that picture and sound cannot be placed. Export it again as MP4 or MOV.");

    public static readonly Problem PictureMoves = Refusal(
        "picture_moves",
        "The picture goes on as another track on the way, as where a recording runs into the next programme, and a part would be missing. "
        + "Export it again as MP4 or MOV, or upload its parts as masters of their own.");

    public static readonly Problem GopTooLong = Refusal(
        "gop_too_long", "Keyframes of the picture are so far apart that it cannot be encoded in parts. Export it with one every ten seconds or oftener.");

    public static readonly Problem NoDuration = Refusal(
        "no_duration", "The file does not say how long it is and its length could not be measured. Export it again as MP4 or MOV.");

    public static readonly Problem TooLong = Refusal(
        "too_long", "The title is longer than is accepted. Upload it in parts.");

    public static readonly Problem TooLargePicture = Refusal(
        "too_large_picture", "The picture is larger than is accepted. Export it at 8K or less.");

    public static readonly Problem TooManyStreams = Refusal(
        "too_many_streams", "The file has more tracks than are accepted. Export it with the tracks that are needed.");

    public static readonly Problem Timeout = Refusal(
        "inspection_timeout", "Reading the file took too long or too much memory. Upload it again; if that does not help, export it as MP4 or MOV.");

    public static InspectionResult Refuse(this Problem problem, string? detail = null, string? toolsWords = null) =>
        new InspectionResult.Refused(ProblemReport.Of(problem, detail)) { ToolsWords = toolsWords };

    // 422: the request was understood and its content is what is wrong.
    private static Problem Refusal(string code, string sentence) => new(code, StatusCodes.Status422UnprocessableEntity, sentence);
}
