using FlickStream.Platform.Contracts;
using FlickStream.Platform.Media;
using Microsoft.Extensions.Options;

namespace FlickStream.Ingest.Inspection;

/// <summary>
/// Measures how hard a picture is to encode on a few short samples, so that planning can choose its ladder. Bounded whatever the length:
/// the title waits for it. A sample that fails or comes late is left out, since a ladder can be planned without.
/// </summary>
internal sealed class ComplexityProbe(MediaRunner runner, IOptions<InspectionOptions> options, TimeProvider clock)
{
    // Below, the table has two rungs, and there is nothing to choose.
    private const int LeastShorter = 400;

    private const int MaxSamples = 4;

    // A sample costs about what encoding a second does, so it is under a tenth of the encode with one in so many seconds; a shorter title
    // has none.
    private const double SecondsASample = 15;

    // Of the limit. Samples that do not all run at once are not worth waiting for a second time.
    private const double LatestBeginning = 0.25;

    private static readonly int[][] Orders = [[0], [0, 1], [0, 2, 1], [1, 3, 0, 2]];

    private static readonly int AtOnce = Math.Clamp(Environment.ProcessorCount, 2, MaxSamples);

    /// <summary>Null when nothing could be measured in time.</summary>
    public async Task<ComplexityReport?> MeasureAsync(string path, MediaReport report, SeekPoints seeks, CancellationToken ct)
    {
        var limit = options.Value.ComplexityTimeLimit;
        if (report.Video is not { } video) return null;
        if (limit == TimeSpan.Zero || ProbeArguments.Shown(video) is var shown && Math.Min(shown.Width, shown.Height) < LeastShorter) return null;
        var count = (int)Math.Min(video.DurationSeconds / SecondsASample, MaxSamples);
        if (count == 0) return null;
        double[] places = [.. Enumerable.Range(0, count).Select(i => seeks.Before(Place(i, count) * video.DurationSeconds)).Distinct()];
        var began = clock.GetTimestamp();
        var readings = new ProbeReading?[places.Length];
        TimeSpan Left() => limit - clock.GetElapsedTime(began);
        await Parallel.ForAsync(0, places.Length, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = ct }, async (i, stop) =>
        {
            if (Left() >= (1 - LatestBeginning) * limit) readings[i] = await SampleAsync(path, video, places[i], Left, stop);
        });
        return Average(video, [.. readings.OfType<ProbeReading>()]);
    }

    /// <summary>Of the title, 0..1: those that are taken first lie far apart, since the others may not be reached.</summary>
    private static double Place(int index, int count) => (Orders[count - 1][index] + 0.5) / count;

    private static ComplexityReport? Average(VideoReport video, IReadOnlyList<ProbeReading> readings)
    {
        if (readings.Count == 0) return null;
        var (width, height) = ProbeArguments.Shown(video);
        return new ComplexityReport(
            width,
            height,
            readings.Count,
            [.. ProbeArguments.Points(width, height).Select((p, i) => new ComplexityPoint(
                p.Width, p.Height, p.Crf,
                readings.Average(r => r.Points[i].KeyBits),
                readings.Average(r => r.Points[i].FrameBits),
                readings.Average(r => r.Points[i].Ssim)))],
            [.. ProbeArguments.Sizes(width, height).Select((s, i) => new ScalingPoint(s.Width, s.Height, readings.Average(r => r.Scaling[i])))]);
    }

    private async Task<ProbeReading?> SampleAsync(string path, VideoReport video, double second, Func<TimeSpan> left, CancellationToken ct)
    {
        var folder = Directory.CreateTempSubdirectory("flickstream-probe-").FullName;
        try
        {
            var sample = Path.Combine(folder, "sample.nut");
            var encoded = await RunAsync(ProbeArguments.Encode(video, second, path, sample), path, folder, left(), ct);
            // A master that took ffmpeg over could leave a link, which would be followed out of the next run's sandbox.
            if (encoded is not { Succeeded: true } || new FileInfo(sample) is not { Exists: true, LinkTarget: null, Length: > 0 }) return null;
            var compared = await RunAsync(ProbeArguments.Compare(video, sample), sample, null, left(), ct);
            if (compared is not { Succeeded: true }) return null;
            var (width, height) = ProbeArguments.Shown(video);
            return ProbeReading.TryRead(
                compared.Output, compared.ErrorTail, ProbeArguments.Points(width, height).Count, ProbeArguments.Sizes(width, height).Count);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private async Task<MediaOutcome?> RunAsync(
        IReadOnlyList<string> arguments, string input, string? outputFolder, TimeSpan timeLimit, CancellationToken ct) =>
        timeLimit <= TimeSpan.Zero ? null : await runner.RunAsync(
            new MediaRun { Tool = MediaTool.Ffmpeg, Arguments = arguments, Inputs = [input], OutputFolder = outputFolder, TimeLimit = timeLimit, ErrorBytes = 32 * 1024 },
            ct);
}
