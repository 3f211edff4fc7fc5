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
/// Compares segments of each rung as they are stored, at a few places of a finished title, with the master, and keeps the mean with the
/// presentation. What cannot be compared stays without a figure.
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
    private bool? _hasVmaf;

    /// <summary>Whatever has figures already keeps them.</summary>
    /// <returns>False when a later try may do better.</returns>
    public async Task<bool> RunAsync(Job job, CancellationToken cancellationToken)
    {
        var plan = job.Plan;
        if (await _presentations.FindRevisionAsync(job.AssetId, plan.Revision, cancellationToken) is not { Value: { State: PresentationState.Ready } title }) return true;
        var wanted = title.Video.Where(v => v.Quality is null).Select(v => v.Name).ToHashSet();
        IReadOnlyList<Rung> rungs = [.. plan.Rungs.Where(rung => wanted.Contains(rung.Name))];
        if (rungs.Count == 0) return true;
        using var master = await masters.OpenAsync(job.MasterKey, cancellationToken);
        if (master is null) return true;

        using var work = folder.Lend($"{job.Id}:quality", fence: 0);
        using var keys = await titleKeys.OpenAsync(job, cancellationToken);
        var isDone = true;
        foreach (var alike in rungs.GroupBy(rung => rung.Range))
            isDone &= await MeasureAsync(job, title, [.. alike], keys, master.Path, work.Path, cancellationToken);
        return isDone;
    }

    private async Task<bool> MeasureAsync(
        Job job, Presentation title, IReadOnlyList<Rung> rungs, OpenTitleKeys? keys, string masterPath, string workPath, CancellationToken cancellationToken)
    {
        var plan = job.Plan;
        var places = new List<IReadOnlyList<RenditionQuality>>();
        foreach (var segment in Places(plan.Grid, title.Frames))
        {
            foreach (var rung in rungs)
            {
                var video = title.Video.Single(v => v.Name == rung.Name);
                var part = $"{Presentation.Folder(job.AssetId, title.PartOf(video).Revision)}/{video.Name}";
                var media = await new ClearSegment(blobs, part, video, keys?.For(video)).ReadAsync(segment, cancellationToken);
                await File.WriteAllBytesAsync(FfmpegArguments.RungPath(workPath, rung), media, cancellationToken);
            }

            if (await CompareAsync(job, segment, rungs, masterPath, workPath, cancellationToken) is not { } measured) return false;
            places.Add(measured);
        }

        var height = FfmpegArguments.ComparedSize(plan).Height;
        await KeepAsync(
            job, rungs.Index().ToDictionary(rung => rung.Item.Name, rung => Mean([.. places.Select(place => place[rung.Index])]) with { Height = height }), cancellationToken);
        return true;
    }

    /// <summary>Null where ffmpeg could not.</summary>
    private async Task<IReadOnlyList<RenditionQuality>?> CompareAsync(
        Job job, int segment, IReadOnlyList<Rung> rungs, string masterPath, string workPath, CancellationToken cancellationToken)
    {
        // Its models were trained on standard range.
        var withVmaf = rungs[0].Range == VideoRange.Sdr && await HasVmafAsync(cancellationToken);
        if (withVmaf && await CompareAsync(job, segment, rungs, masterPath, workPath, withVmaf: true, cancellationToken) is { } all) return all;
        var plain = await CompareAsync(job, segment, rungs, masterPath, workPath, withVmaf: false, cancellationToken);
        // A build may have the filter and no model for it; what cannot be compared at all tells nothing of that.
        if (withVmaf && plain is not null) _hasVmaf = false;
        return plain;
    }

    private async Task<IReadOnlyList<RenditionQuality>?> CompareAsync(
        Job job, int segment, IReadOnlyList<Rung> rungs, string masterPath, string workPath, bool withVmaf, CancellationToken cancellationToken)
    {
        var outcome = await runner.RunAsync(
            new MediaRun
            {
                Tool = MediaTool.Ffmpeg,
                Arguments = FfmpegArguments.ForComparison(job.Plan, segment, rungs, masterPath, workPath, withVmaf),
                Inputs = [masterPath, .. rungs.Select(rung => FfmpegArguments.RungPath(workPath, rung))],
                TimeLimit = TimeLimit + StepMedia.LeadLimit(job.Plan, job.Plan.DurationSeconds),
                Niceness = 19,
                ErrorBytes = 64 * 1024,
            },
            cancellationToken);
        var measured = outcome.Succeeded ? Read(outcome.ErrorTail) : [];
        if (measured.Count == rungs.Count && measured.All(quality => quality.Vmaf is not null == withVmaf)) return measured;
        logger.LogInformation("The quality of {Job} could not be measured: {Outcome}", job.Id, outcome);
        return null;
    }

    /// <summary>Segments of a title: of one that lasts, places that are far apart, as its very ends are black or credits; of a short one the middle, unless
    /// there is less than a GOP of it.</summary>
    internal static IReadOnlyList<int> Places(SegmentGrid grid, long frames)
    {
        var segments = grid.SegmentCount(frames);
        if (segments >= 6) return [segments / 6, segments / 2, 5 * segments / 6];
        var middle = segments / 2;
        return [middle > 0 && frames - grid.FirstFrameOf(middle) < grid.GopFrames ? middle - 1 : middle];
    }

    private async Task<bool> HasVmafAsync(CancellationToken cancellationToken)
    {
        if (_hasVmaf is { } known) return known;
        var outcome = await runner.RunAsync(
            new MediaRun { Tool = MediaTool.Ffmpeg, Arguments = ["-filters"], Inputs = [], TimeLimit = TimeLimit }, cancellationToken);
        if (outcome.Succeeded) _hasVmaf = outcome.Output.Contains(" libvmaf ", StringComparison.Ordinal);
        return _hasVmaf ?? false;
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
        var (ssim, psnr, vmaf) = (FilterScores.Ssim(log), FilterScores.Psnr(log), FilterScores.Vmaf(log));
        return ssim.Count == psnr.Count && (vmaf.Count == 0 || vmaf.Count == ssim.Count)
            ? [.. ssim.Zip(psnr).Select((pair, i) => new RenditionQuality(
                pair.First, double.IsFinite(pair.Second) ? pair.Second : 100, vmaf.Count > 0 ? vmaf[i] : null))]
            : [];
    }

    private static RenditionQuality Mean(IReadOnlyList<RenditionQuality> places) =>
        new(places.Average(q => q.Ssim), places.Average(q => q.Psnr), places.Average(q => q.Vmaf));
}
