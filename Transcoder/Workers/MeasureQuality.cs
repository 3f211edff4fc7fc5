using FlickStream.Platform.Blobs;
using FlickStream.Platform.Bus;
using FlickStream.Platform.Contracts;
using FlickStream.Platform.Documents;
using FlickStream.Platform.Masters;
using FlickStream.Platform.Media;
using FlickStream.Transcoder.Board;
using FlickStream.Transcoder.Keys;
using FlickStream.Transcoder.Packaging;
using FlickStream.Transcoder.Planning;

namespace FlickStream.Transcoder.Workers;

/// <summary>
/// Compares one segment of each rung as it is stored, the one in the middle of a finished title, with the master, and keeps the result with
/// the presentation. What cannot be compared stays without a figure.
/// </summary>
internal sealed class MeasureQuality(
    MediaRunner runner,
    MasterFiles masters,
    WorkFolder folder,
    TitleKeyStore titleKeys,
    IBlobs blobs,
    IDocuments documents,
    IBus bus,
    ILogger<MeasureQuality> logger)
{
    private static readonly TimeSpan TimeLimit = TimeSpan.FromMinutes(2);
    private readonly IDocumentSet<Presentation> _presentations = documents.Set(Presentation.Schema);

    public async Task RunAsync(Job job, CancellationToken cancellationToken)
    {
        var plan = job.Plan;
        if (await _presentations.FindRevisionAsync(job.AssetId, plan.Revision, cancellationToken) is not { Value: { State: PresentationState.Ready } title }) return;
        var wanted = title.Video.Where(v => v is { Range: VideoRange.Sdr, Quality: null }).ToDictionary(v => v.Name);
        IReadOnlyList<Rung> rungs = [.. plan.Rungs.Where(rung => wanted.ContainsKey(rung.Name))];
        if (rungs.Count == 0) return;
        using var master = await masters.OpenAsync(job.MasterKey, cancellationToken);
        if (master is null) return;

        using var work = folder.Lend($"{job.Id}:quality", fence: 0);
        using var keys = await titleKeys.OpenAsync(job, cancellationToken);
        var segment = plan.Grid.SegmentCount(title.Frames) / 2;
        foreach (var rung in rungs)
        {
            var video = wanted[rung.Name];
            var part = $"{Presentation.Folder(job.AssetId, title.PartOf(video).Revision)}/{video.Name}";
            var media = await new ClearSegment(blobs, part, video, keys?.For(video)).ReadAsync(segment, cancellationToken);
            await File.WriteAllBytesAsync(FfmpegArguments.RungPath(work.Path, rung), media, cancellationToken);
        }

        var outcome = await runner.RunAsync(
            new MediaRun
            {
                Tool = MediaTool.Ffmpeg,
                Arguments = FfmpegArguments.ForComparison(plan, segment, rungs, master.Path, work.Path),
                Inputs = [master.Path, .. rungs.Select(rung => FfmpegArguments.RungPath(work.Path, rung))],
                TimeLimit = TimeLimit,
                Niceness = 19,
                ErrorBytes = 64 * 1024,
            },
            cancellationToken);
        var measured = outcome.Succeeded ? Read(outcome.ErrorTail) : [];
        if (measured.Count != rungs.Count)
        {
            logger.LogInformation("The quality of {Job} could not be measured: {Outcome}", job.Id, outcome);
            return;
        }

        await KeepAsync(job, rungs.Zip(measured).ToDictionary(pair => pair.First.Name, pair => pair.Second), cancellationToken);
    }

    private async Task KeepAsync(Job job, Dictionary<string, RenditionQuality> measured, CancellationToken cancellationToken)
    {
        await _presentations.UpdateRevisionAsync(
            job.AssetId,
            job.Plan.Revision,
            p => p with { Video = [.. p.Video.Select(v => measured.TryGetValue(v.Name, out var quality) ? v with { Quality = quality } : v)] },
            cancellationToken);
        await bus.PublishAsync(Topics.PresentationChanged, job.AssetId, cancellationToken);
    }

    internal static IReadOnlyList<RenditionQuality> Read(string log)
    {
        var (ssim, psnr) = (FilterScores.Ssim(log), FilterScores.Psnr(log));
        return ssim.Count == psnr.Count ? [.. ssim.Zip(psnr, (s, p) => new RenditionQuality(s, double.IsFinite(p) ? p : 100))] : [];
    }
}
