using FlickStream.Platform.Blobs;
using FlickStream.Platform.Contracts;
using FlickStream.Platform.Media;
using FlickStream.Transcoder.Board;
using FlickStream.Transcoder.Keys;
using FlickStream.Transcoder.Packaging;
using FlickStream.Transcoder.Planning;

namespace FlickStream.Transcoder.Workers;

/// <summary>One chunk in some rungs: ffmpeg decodes it once, every rung is verified and cut, and only then does any of it count.</summary>
internal sealed class EncodeVideo(StepMedia media, WorkFolder folder, SegmentStore store, TitleKeyStore titleKeys, IBlobs blobs)
{
    private readonly VideoPackager _packager = new(blobs);

    public async Task<StepFault?> RunAsync(Claim claim, StepProgress progress, CancellationToken cancellationToken)
    {
        var (job, step) = (claim.Job, claim.Step.Plan);
        using var master = await media.MasterOfAsync(job, cancellationToken);
        if (master is null) return StepMedia.MasterMissing;
        using var keys = await titleKeys.OpenAsync(job, cancellationToken);
        var chunk = job.Plan.Chunk(step.Chunk);
        using var work = folder.Lend(claim.StepId, claim.Step.Fence);
        var lead = StepMedia.LeadLimit(job.Plan, (chunk.FirstFrame / job.Plan.Grid.FrameRate).Value);
        var run = new MediaRun
        {
            Tool = MediaTool.Ffmpeg,
            Arguments = FfmpegArguments.ForVideo(job.Plan, step, master.Path, work.Path),
            Inputs = [master.Path],
            OutputFolder = work.Path,
            TimeLimit = media.TimeLimit((chunk.Frames / job.Plan.Grid.FrameRate).Value) + lead,
            FirstOutputWithin = lead,
            Niceness = step switch { { MakesPlayable: true } => 0, { IsOfStart: true } => 10, _ => 19 },
            Progress = now => progress.Report((double)now.Frames / chunk.Frames, now.Speed),
        };
        if (await media.RunAsync(claim, run, cancellationToken) is { } fault) return fault;

        try
        {
            var made = new List<PackagedChunk>();
            foreach (var rung in job.Plan.RungsOf(step))
                made.Add(await PackageAsync(job, chunk, rung, keys, work, cancellationToken));
            if (step.MakesSprite) await StoreSheetsAsync(job, chunk with { Frames = (int)made[0].Frames }, work, cancellationToken);
            await store.AddAsync(job, made, cancellationToken);
            return null;
        }
        catch (ChunkRejectedException rejected)
        {
            return new StepFault(FaultCause.Attempt, rejected.ToReport());
        }
    }

    private async Task<PackagedChunk> PackageAsync(
        Job job, Chunk chunk, Rung rung, OpenTitleKeys? keys, WorkFolder.Lent work, CancellationToken cancellationToken)
    {
        var rendition = job.Plan.RenditionOf(rung) with { Codecs = rung.ExpectedCodecs };
        // The planned end is the container's word; what decodes may differ by a little.
        var tolerance = chunk.IsLast ? job.Plan.Grid.GopFrames : 0;
        await using var file = work.OpenRead($"{rung.Name}.mp4");
        return await _packager.PackageAsync(
            file,
            new VideoChunk(job.AssetId, job.Plan.Revision, rendition, job.Plan.Grid, chunk.Index, chunk.Frames, tolerance) { Key = keys?.For(rendition) },
            cancellationToken);
    }

    private async Task StoreSheetsAsync(Job job, Chunk chunk, WorkFolder.Lent work, CancellationToken cancellationToken)
    {
        var (first, sheets) = job.Plan.SheetsOf(chunk);
        for (var number = first; number < first + sheets; number++)
        {
            await using var sheet = work.OpenRead($"sprite-{number}.jpg");
            await blobs.WriteAsync(
                $"{Presentation.Folder(job.AssetId, job.Plan.Revision)}/sprites/{number}.jpg", sheet, cancellationToken);
        }
    }
}
