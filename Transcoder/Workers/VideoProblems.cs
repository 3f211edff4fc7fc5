using FlickStream.Platform.Problems;

namespace FlickStream.Transcoder.Workers;

/// <summary>Why a title goes without rungs that it could have. Codes never change.</summary>
internal static class VideoProblems
{
    public static readonly Problem LadderLeftOut = new(
        "ladder_left_out",
        StatusCodes.Status422UnprocessableEntity,
        "Pictures in a codec beyond H.264 could not be encoded, and the title goes without them. The detail says why; ask for a new job when that is mended.");
}
