using FlickStream.Platform.Problems;

namespace FlickStream.Transcoder.Workers;

/// <summary>Why a title goes without a sound track. Codes never change.</summary>
internal static class AudioProblems
{
    public static readonly Problem TooMany = new(
        "sound_too_many",
        StatusCodes.Status422UnprocessableEntity,
        "The master has more sound tracks than are offered, and the last are left out. Raise Planning:MaxAudioTracks, or export it with the tracks that are needed.");
}
