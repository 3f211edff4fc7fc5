using FlickStream.Platform.Problems;

namespace FlickStream.Transcoder.Workers;

/// <summary>Why a title goes without a sound track, or with one that is not as it was asked for. Codes never change.</summary>
internal static class AudioProblems
{
    public static readonly Problem LoudnessMissed = new(
        "loudness_missed",
        StatusCodes.Status422UnprocessableEntity,
        "A sound track is not as loud as Planning:Loudness asks: its peaks, its noise or its silence forbid it. Mix it to that loudness if it must be.");

    public static readonly Problem Changes = new(
        "sound_changes",
        StatusCodes.Status422UnprocessableEntity,
        "A sound track changes its channels or its sample rate on the way; all of it is brought to one layout and 48 kHz. Listen to it where it changes.");

    public static readonly Problem TooMany = new(
        "sound_too_many",
        StatusCodes.Status422UnprocessableEntity,
        "The master has more sound tracks than are offered, and the last are left out. Raise Planning:MaxAudioTracks, or export it with the tracks that are needed.");
}
