using FlickStream.Platform.Problems;

namespace FlickStream.Transcoder.Workers;

/// <summary>Why a title goes without a ladder that was asked for. Codes never change.</summary>
internal static class PictureProblems
{
    public static readonly Problem TooSmall = new(
        "picture_too_small",
        StatusCodes.Status422UnprocessableEntity,
        "The picture is too small for a ladder of this codec: HEVC takes 16 lines and columns at least, AV1 64. It is offered in H.264.");
}
