using FlickStream.Platform.Blobs;
using FlickStream.Platform.Bus;
using FlickStream.Platform.Contracts;
using FlickStream.Platform.Documents;
using FlickStream.Platform.Media;
using FlickStream.Transcoder.Board;
using FlickStream.Transcoder.Packaging;
using FlickStream.Transcoder.Planning;

namespace FlickStream.Transcoder.Workers;

/// <summary>The picture that stands for the title.</summary>
internal sealed class MakePoster(
    StepMedia media, WorkFolder folder, IBlobs blobs, IDocuments documents, IBus bus)
{
    private readonly IDocumentSet<Presentation> _presentations = documents.Set(Presentation.Schema);

    public async Task<StepFault?> RunAsync(Claim claim, CancellationToken cancellationToken)
    {
        var job = claim.Job;
        using var master = await media.MasterOfAsync(job, cancellationToken);
        if (master is null) return StepMedia.MasterMissing;
        using var work = folder.Lend(claim.StepId, claim.Step.Fence);
        var run = new MediaRun
        {
            Tool = MediaTool.Ffmpeg,
            Arguments = FfmpegArguments.ForPoster(job.Plan, master.Path, Path.Combine(work.Path, "poster.jpg")),
            Inputs = [master.Path],
            OutputFolder = work.Path,
            TimeLimit = media.ReadingLimit(master.Path, job.Plan.DurationSeconds) + StepMedia.LeadLimit(job.Plan, job.Plan.DurationSeconds),
            Niceness = 19,
        };
        if (await media.RunAsync(claim, run, cancellationToken) is { } fault) return fault;

        try
        {
            await using var picture = work.OpenRead("poster.jpg");
            await blobs.WriteAsync($"{Presentation.Folder(job.AssetId, job.Plan.Revision)}/poster.jpg", picture, cancellationToken);
        }
        catch (ChunkRejectedException rejected)
        {
            return new StepFault(FaultCause.Attempt, rejected.ToReport());
        }

        await _presentations.UpdateRevisionAsync(
            job.AssetId, job.Plan.Revision, p => p.HasPoster ? null : p with { HasPoster = true }, cancellationToken);
        await bus.PublishAsync(Topics.PresentationChanged, job.AssetId, cancellationToken);
        return null;
    }
}
