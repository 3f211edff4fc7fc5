using FlickStream.Platform.Problems;

namespace FlickStream.Transcoder.Workers;

/// <summary>Why a title goes without a ladder that was asked for. Codes never change.</summary>
internal static class PictureProblems
{
    public static readonly Problem TooSmall = new(
        "picture_too_small",
        StatusCodes.Status422UnprocessableEntity,
        "The picture is too small for a ladder of this codec: HEVC takes 16 lines and columns at least, AV1 64. It is offered in H.264.");

    public static readonly Problem Unprotectable = new(
        "ladder_unprotectable",
        StatusCodes.Status422UnprocessableEntity,
        "Pictures in AV1 cannot be encrypted by cbcs yet, and the title goes without them. Ask for HEVC, or for another protection.");

    public static readonly Problem LadderLeftOut = new(
        "ladder_left_out",
        StatusCodes.Status422UnprocessableEntity,
        "Pictures in a codec beyond H.264 could not be encoded, and the title goes without them. The detail says why; ask for a new job when that is mended.");
}
