using System.Globalization;
using System.Text.RegularExpressions;
using FlickStream.Platform.Contracts;
using FlickStream.Platform.Documents;
using FlickStream.Platform.Media;
using FlickStream.Transcoder.Board;
using FlickStream.Transcoder.Planning;

namespace FlickStream.Transcoder.Workers;

/// <summary>
/// Compares a finished chunk's rungs with the master and keeps the result with the presentation. Of one chunk of a title, the middle one,
/// after its segments count and at the lowest priority. Nothing depends on it: what cannot be compared stays without a figure.
/// </summary>
internal sealed partial class MeasureQuality(MediaRunner runner, IDocuments documents, ILogger<MeasureQuality> logger)
{
    private static readonly TimeSpan TimeLimit = TimeSpan.FromMinutes(2);
    private readonly IDocumentSet<Presentation> _presentations = documents.Set(Presentation.Schema);

    public static bool Wants(EncodingPlan plan, PlannedStep step) =>
        step.Kind == StepKind.Video && step.Chunk == plan.ChunkCount / 2 && FfmpegArguments.Comparable(plan, step).Count > 0;

    /// <param name="claim">The step whose files are measured.</param>
    /// <param name="master">The master's path.</param>
    /// <param name="folder">Where the step's files are.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task RunAsync(Claim claim, string master, string folder, CancellationToken cancellationToken)
    {
        var (job, step) = (claim.Job, claim.Step.Plan);
        var rungs = FfmpegArguments.Comparable(job.Plan, step);
        var outcome = await runner.RunAsync(
            new MediaRun
            {
                Tool = MediaTool.Ffmpeg,
                Arguments = FfmpegArguments.ForComparison(job.Plan, step, master, folder),
                Inputs = [master, .. rungs.Select(rung => FfmpegArguments.RungPath(folder, rung))],
                TimeLimit = TimeLimit,
                Niceness = 19,
                ErrorBytes = 64 * 1024,
            },
            cancellationToken);
        var measured = outcome.Succeeded ? Read(outcome.ErrorTail) : [];
        if (measured.Count != rungs.Count)
        {
            logger.LogInformation("The quality of {Step} could not be measured: {Outcome}", claim.StepId, outcome);
            return;
        }

        var byName = rungs.Zip(measured).ToDictionary(pair => pair.First.Name, pair => pair.Second);
        await _presentations.UpdateRevisionAsync(
            job.AssetId,
            job.Plan.Revision,
            p => p with { Video = [.. p.Video.Select(v => byName.TryGetValue(v.Name, out var quality) ? v with { Quality = quality } : v)] },
            cancellationToken);
    }

    internal static IReadOnlyList<RenditionQuality> Read(string log)
    {
        var ssim = Values(SsimLine().Matches(log));
        var psnr = Values(PsnrLine().Matches(log));
        return ssim.Count == psnr.Count ? [.. ssim.Zip(psnr, (s, p) => new RenditionQuality(s, double.IsFinite(p) ? p : 100))] : [];
    }

    private static List<double> Values(MatchCollection lines) =>
    [
        .. lines.OrderBy(line => int.Parse(line.Groups[1].ValueSpan, CultureInfo.InvariantCulture))
            .Select(line => line.Groups[2].Value == "inf" ? double.PositiveInfinity : double.Parse(line.Groups[2].ValueSpan, CultureInfo.InvariantCulture)),
    ];

    [GeneratedRegex(@"^\[Parsed_ssim_(\d{1,4}) @ \w{1,32}\] SSIM Y:([01]\.\d{1,9})", RegexOptions.CultureInvariant | RegexOptions.Multiline)]
    private static partial Regex SsimLine();

    [GeneratedRegex(@"^\[Parsed_psnr_(\d{1,4}) @ \w{1,32}\] PSNR y:(inf|\d{1,3}\.\d{1,9})", RegexOptions.CultureInvariant | RegexOptions.Multiline)]
    private static partial Regex PsnrLine();
}
