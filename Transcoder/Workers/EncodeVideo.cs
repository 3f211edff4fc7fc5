using FlickStream.Platform.Blobs;
using FlickStream.Platform.Contracts;
using FlickStream.Platform.Media;
using FlickStream.Transcoder.Board;
using FlickStream.Transcoder.Packaging;
using FlickStream.Transcoder.Planning;

namespace FlickStream.Transcoder.Workers;

/// <summary>One chunk in some rungs: ffmpeg decodes it once, every rung is verified and cut, and only then does any of it count.</summary>
internal sealed class EncodeVideo(StepMedia media, WorkFolder folder, SegmentStore store, MeasureQuality quality, IBlobs blobs)
{
    private readonly VideoPackager _packager = new(blobs);

    public async Task<StepFault?> RunAsync(Claim claim, StepProgress progress, CancellationToken cancellationToken)
    {
        var (job, step) = (claim.Job, claim.Step.Plan);
        using var master = await media.MasterOfAsync(job, cancellationToken);
        if (master is null) return StepMedia.MasterMissing;
        var chunk = job.Plan.Chunk(step.Chunk);
        using var work = folder.Lend(claim.StepId, claim.Step.Fence);
        var run = new MediaRun
        {
            Tool = MediaTool.Ffmpeg,
            Arguments = FfmpegArguments.ForVideo(job.Plan, step, master.Path, work.Path),
            Inputs = [master.Path],
            OutputFolder = work.Path,
            TimeLimit = media.TimeLimit((chunk.Frames / job.Plan.Grid.FrameRate).Value),
            Niceness = step.MakesPlayable ? 0 : 19,
            Progress = now => progress.Report((double)now.Frames / chunk.Frames, now.Speed),
        };
        if (await media.RunAsync(claim, run, cancellationToken) is { } fault) return fault;

        try
        {
            var runs = new List<SegmentRun>();
            foreach (var rung in job.Plan.RungsOf(step))
                runs.Add(await PackageAsync(job, chunk, rung, work, cancellationToken));
            if (step.MakesSprite) await StoreSpriteAsync(job, chunk, work, cancellationToken);
            foreach (var made in runs) await store.AddAsync(job, made, cancellationToken);
        }
        catch (ChunkRejectedException rejected)
        {
            return new StepFault(FaultCause.Attempt, rejected.ToReport());
        }

        if (MeasureQuality.Wants(job.Plan, step)) await quality.RunAsync(claim, master.Path, work.Path, cancellationToken);
        return null;
    }

    private async Task<SegmentRun> PackageAsync(Job job, Chunk chunk, Rung rung, WorkFolder.Lent work, CancellationToken cancellationToken)
    {
        var rendition = new VideoRendition(rung.Name, rung.Width, rung.Height, rung.Codecs, rung.MaxBitsPerSecond, job.Plan.Timeline.Timescale);
        // The planned end is the container's word; what decodes may differ by a little.
        var tolerance = chunk.IsLast ? job.Plan.Grid.GopFrames : 0;
        await using var file = work.OpenRead($"{rung.Name}.mp4");
        var packaged = await _packager.PackageAsync(
            file,
            new VideoChunk(job.AssetId, job.Plan.Revision, rendition, job.Plan.Grid, chunk.Index, chunk.Frames, tolerance),
            cancellationToken);
        return packaged.Run;
    }

    private async Task StoreSpriteAsync(Job job, Chunk chunk, WorkFolder.Lent work, CancellationToken cancellationToken)
    {
        await using var sprite = work.OpenRead("sprite.jpg");
        await blobs.WriteAsync(
            $"{Presentation.Folder(job.AssetId, job.Plan.Revision)}/sprites/{chunk.Index}.jpg", sprite, cancellationToken);
    }
}
