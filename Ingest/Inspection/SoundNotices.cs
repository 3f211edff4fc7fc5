using System.Globalization;
using FlickStream.Platform.Contracts;
using FlickStream.Platform.Problems;

namespace FlickStream.Ingest.Inspection;

/// <summary>What of a master's sound will not reach viewers, or was guessed.</summary>
internal static class SoundNotices
{
    // The last sound segment takes this much more than the picture has, and a sound that is shorter by it is no loss to anyone.
    private const double Overhang = 0.5;

    public static IEnumerable<ProblemReport> Of(MediaReport report, IReadOnlyList<FfprobeStream> streams)
    {
        foreach (var track in streams.Where(s => s.CodecType == "audio" && !Tracks.IsSupported(s)))
            yield return ProblemReport.Of(InspectionNotices.SoundLeftOut, $"Track {track.Index + 1} is {track.CodecName ?? "in an unknown format"}.");

        foreach (var mix in report.Audio.Where(track => track.Parts.Count > 0))
            yield return ProblemReport.Of(InspectionNotices.MonoTracksJoined, $"Tracks {string.Join(", ", mix.Parts.Select(part => part + 1))} as {mix.Layout}.");

        if (report.Audio.Where(MonoTracks.IsPlain).GroupBy(track => track.Language).Max(alike => (int?)alike.Count()) is > 1 and var monos)
            yield return ProblemReport.Of(InspectionNotices.MonoTracks, $"It has {monos} tracks of one channel.");

        foreach (var track in report.Audio)
        {
            if (track is { Channels: > 2, Layout: null })
            {
                yield return ProblemReport.Of(
                    InspectionNotices.SoundLayoutGuessed,
                    $"Track {track.StreamIndex + 1} has {track.Channels} channels{(track.Channels > 8 ? ", of which the first two are heard" : "")}.");
            }

            if (report.Video is { } picture && Cut(picture, track) is { } cut) yield return ProblemReport.Of(InspectionNotices.SoundOutlastsPicture, cut);
        }
    }

    private static string? Cut(VideoReport picture, AudioReport track)
    {
        var before = picture.StartSeconds - track.StartSeconds;
        var after = track.StartSeconds + track.DurationSeconds - picture.StartSeconds - picture.DurationSeconds;
        (double Seconds, string Where)[] ends = [(before, "before the first picture"), (after, "after the last one")];
        var cut = ends.Where(end => end.Seconds > Overhang)
            .Select(end => string.Create(CultureInfo.InvariantCulture, $"{end.Seconds:0.#} s {end.Where}"))
            .ToList();
        return cut.Count == 0 ? null : $"Of track {track.StreamIndex + 1}, {string.Join(" and ", cut)}.";
    }
}
