using FlickStream.Platform.Contracts;
using FlickStream.Platform.Problems;

namespace FlickStream.Ingest.Inspection;

/// <summary>What a studio should hear of a master that is accepted. Codes never change.</summary>
internal static class InspectionNotices
{
    private static readonly Problem SeveralPictures = Notice(
        "several_pictures", "The file has several picture tracks; the one marked as default, or else the largest, is encoded. Upload the others as masters of their own.");

    private static readonly Problem SeveralPrograms = Notice(
        "several_programs", "The file carries several programmes; the one whose picture is encoded is taken. Upload the others as masters of their own.");

    private static readonly Problem FilmRestored = Notice(
        "film_restored",
        "Wherever the picture was looked at it is film that was brought to 59.94 pictures a second by 3:2 pulldown, and each of its frames is shown once, at 23.976. "
        + "If parts of it move at 59.94, they jump: export it at 60 frames a second instead, of which all are kept.");

    public static readonly Problem PictureSubtitles = Notice(
        "picture_subtitles", "A subtitle track is made of pictures and cannot become text. Upload it as SRT, WebVTT, ASS or TTML beside the master.");

    public static readonly Problem UnsupportedText = Notice(
        "unsupported_text", "A text track is in a format that cannot be read. Upload it as SRT, WebVTT, ASS or TTML beside the master.");

    public static readonly Problem EndsEarly = Notice(
        "ends_early", "The file says that it is longer than what is in it. Look at its end; if something is missing, export it again.");

    public static readonly Problem SoundOutlastsPicture = Notice(
        "sound_outlasts_picture",
        "Sound before the first picture and after the last one is cut. If it is meant to be heard, export picture and sound with one length.");

    public static readonly Problem SoundLayoutGuessed = Notice(
        "sound_layout_guessed",
        "A sound track does not say which channel is which, so the usual order is taken. Listen to it, and export it with a channel layout if it is wrong.");

    public static readonly Problem MonoTracks = Notice(
        "mono_tracks",
        "Several sound tracks of one language have one channel each and do not make a mix; every one becomes a track that viewers choose. If they are the channels of one mix, "
        + "export them as one track.");

    public static readonly Problem MonoTracksJoined = Notice(
        "mono_tracks_joined",
        "Sound tracks of one channel each are taken for the channels of one mix. Listen to it; if it is wrong, export the mix as one track, or "
        + "give each track a title.");

    public static readonly Problem SoundLeftOut = Notice(
        "sound_left_out", "A sound track is in a format that cannot be decoded, and is left out. Export it as AAC or PCM.");

    private static readonly Problem SoundIsData = Notice(
        "sound_is_data",
        "A sound track carries data in place of sound (SMPTE ST 337), such as Dolby E, which would be heard as noise, and is left out. Export the sound that is in it as AAC or PCM.");

    /// <param name="track">Its index.</param>
    public static ProblemReport OfData(int track) => ProblemReport.Of(SoundIsData, $"Track {track + 1}.");

    public static IEnumerable<ProblemReport> OfPrograms(FfprobeHeader header)
    {
        if (Programs.Chosen(header) is not { } program) yield break;
        yield return ProblemReport.Of(SeveralPrograms, $"Of {header.Programs.Count} programmes, number {program.ProgramId} is taken.");
    }

    /// <param name="chosen">The picture that is encoded.</param>
    public static IEnumerable<ProblemReport> OfTracks(IReadOnlyList<FfprobeStream> streams, FfprobeStream chosen)
    {
        var pictures = streams.Count(Tracks.IsPicture);
        if (pictures < 2) yield break;
        yield return ProblemReport.Of(
            SeveralPictures, $"Of {pictures} picture tracks, track {chosen.Index + 1} of the file is encoded, {chosen.Width} x {chosen.Height}.");
    }

    /// <param name="video">Looked at.</param>
    public static IEnumerable<ProblemReport> OfFilm(VideoReport video)
    {
        if (video.IsTelecined) yield return ProblemReport.Of(FilmRestored);
    }

    // Accepted all the same: the status is never sent.
    private static Problem Notice(string code, string sentence) => new(code, StatusCodes.Status200OK, sentence);
}
