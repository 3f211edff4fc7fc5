using FlickStream.Platform.Blobs;
using FlickStream.Platform.Contracts;
using FlickStream.Platform.Documents;
using FlickStream.Transcoder.Board;
using FlickStream.Transcoder.Keys;
using FlickStream.Transcoder.Packaging;

namespace FlickStream.Transcoder.Workers;

/// <summary>One rendition of the encoding before, encrypted by the keys of this one. Nothing is decoded; another attempt goes on behind the
/// runs that are stored.</summary>
internal sealed class Reprotect(SegmentStore store, TitleKeyStore titleKeys, IBlobs blobs, IDocuments documents)
{
    private readonly IDocumentSet<Presentation> _presentations = documents.Set(Presentation.Schema);
    private readonly IDocumentSet<SegmentRun> _runs = documents.Set(SegmentRun.Schema);

    public async Task<StepFault?> RunAsync(Claim claim, StepProgress progress, CancellationToken cancellationToken)
    {
        var (job, name) = (claim.Job, claim.Step.Plan.Renditions.Single());
        if (await _presentations.FindRevisionAsync(job.AssetId, job.Plan.Base!, cancellationToken) is not { Value: var before })
            throw new InvalidOperationException($"Asset {job.AssetId} has no presentation {job.Plan.Base}.");

        using var old = await titleKeys.OpenStoredAsync(before, cancellationToken);
        using var keys = await titleKeys.OpenAsync(job, cancellationToken);
        try
        {
            using var rendition = await ReprotectedRendition.BeginAsync(blobs, CopyOf(job, name, old, keys), cancellationToken);
            await CopyAsync(job, name, rendition, progress, cancellationToken);
            return null;
        }
        catch (ChunkRejectedException rejected)
        {
            return new StepFault(FaultCause.Attempt, rejected.ToReport());
        }
    }

    private async Task CopyAsync(
        Job job, string name, ReprotectedRendition rendition, StepProgress progress, CancellationToken cancellationToken)
    {
        var segments = job.Plan.Grid.SegmentCount(job.Plan.Frames);
        for (var next = 0; await FindAsync(job, name, next, cancellationToken) is { Segments.Count: > 0 } run; next += run.Segments.Count)
        {
            if (await store.FindAsync(job, name, next, cancellationToken) is not null) continue;
            var copied = new List<MeasuredSegment>();
            foreach (var measured in run.Segments) copied.Add(await rendition.CopyAsync(next + copied.Count, measured, cancellationToken));
            await store.AddAsync(job, run with { Revision = job.Plan.Revision, Segments = copied }, cancellationToken);
            progress.Report((double)(next + copied.Count) / segments, null);
        }
    }

    private async Task<SegmentRun?> FindAsync(Job job, string name, int first, CancellationToken cancellationToken) =>
        (await _runs.GetAsync(SegmentRun.IdOf(job.AssetId, job.Plan.Reprotected[name], name, first), cancellationToken))?.Value;

    private static RenditionCopy CopyOf(Job job, string name, OpenTitleKeys? before, OpenTitleKeys? after)
    {
        var plan = job.Plan;
        var from = $"{Presentation.Folder(job.AssetId, plan.Reprotected[name])}/{name}";
        var to = $"{Presentation.Folder(job.AssetId, plan.Revision)}/{name}";
        if (plan.Rungs.FirstOrDefault(rung => rung.Name == name) is not { } rung)
            return new RenditionCopy(name, from, to, before?.ForAudio() is { } key ? key with { Revision = plan.Reprotected[name] } : null, after?.ForAudio());
        var video = plan.RenditionOf(rung) with { Source = new PartSource("", plan.Reprotected[name]) };
        var chunk = new VideoChunk(job.AssetId, plan.Revision, video, plan.Grid, 0, 0);
        return new RenditionCopy(name, from, to, before?.For(video), after?.For(plan.RenditionOf(rung)), plan.Grid.GopFrames, chunk.Delay);
    }
}
