using System.Globalization;
using FlickStream.Platform.Contracts;
using FlickStream.Platform.Problems;

namespace FlickStream.Ingest.Inspection;

/// <summary>
/// Where packets say that the picture ends before its container says that all does, the sound's are read too: it may end there as well, as in a
/// file that was cut off and whose container does not tell its size, and then it does not outlast the picture.
/// </summary>
internal static class EarlyEnd
{
    // Seconds. Headers round, and count what stands behind the last packet.
    private const double Slack = 1;

    /// <param name="packets">Reads them.</param>
    /// <param name="path">The master.</param>
    /// <param name="header">Its.</param>
    /// <param name="report">Of it, whose picture was measured by its packets.</param>
    /// <param name="ct">Gives up.</param>
    public static async Task<MediaReport> MeasureAsync(PacketReader packets, string path, FfprobeHeader header, MediaReport report, CancellationToken ct)
    {
        if (report.Video is not { } picture || report.DurationSeconds - EndOf(picture) <= Slack) return report;
        var sound = new List<AudioReport>();
        foreach (var track in report.Audio)
        {
            var stream = header.Streams!.First(stream => stream.Index == track.StreamIndex);
            var scan = stream.Duration is null ? (await packets.ReadAsync(path, header, stream, isRefreshed: false, ct)).Scan : null;
            sound.Add(scan is null ? track : track with { DurationSeconds = scan.End - scan.Start });
        }

        var end = sound.Select(track => track.StartSeconds + track.DurationSeconds).Append(EndOf(picture)).Max();
        if (report.DurationSeconds - end <= Slack || header.Streams!.Any(stream => stream.CodecType == "subtitle")) return report with { Audio = sound };
        var detail = string.Create(CultureInfo.InvariantCulture, $"It says that it lasts {report.DurationSeconds:0.#} s, and its last picture and sound end at {end:0.#} s.");
        return report with { DurationSeconds = end, Audio = sound, Notices = [.. report.Notices, ProblemReport.Of(InspectionNotices.EndsEarly, detail)] };
    }

    private static double EndOf(VideoReport picture) => picture.StartSeconds + picture.DurationSeconds;
}
