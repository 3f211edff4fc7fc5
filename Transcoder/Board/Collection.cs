using FlickStream.Platform.Contracts;
using FlickStream.Platform.Documents;
using Microsoft.Extensions.Options;

namespace FlickStream.Transcoder.Board;

/// <summary>Lets go of encodings that nobody may play any more: their steps, logs and segment runs go, but for those that another
/// encoding of the asset shares. The media themselves are Ingest's to remove, so that what runs ffmpeg needs no right to delete.</summary>
internal sealed class Collection(IDocuments documents, TimeProvider time, IOptions<BoardOptions> options, ILogger<Collection> logger)
{
    private readonly IDocumentSet<Job> _jobs = documents.Set(Job.Schema);
    private readonly IDocumentSet<Step> _steps = documents.Set(Step.Schema);
    private readonly IDocumentSet<StepLogEntry> _log = documents.Set(StepLogEntry.Schema);
    private readonly IDocumentSet<SegmentRun> _runs = documents.Set(SegmentRun.Schema);
    private readonly IDocumentSet<TitleKeys> _keys = documents.Set(TitleKeys.Schema);
    private readonly IDocumentSet<Presentation> _presentations = documents.Set(Presentation.Schema);

    public async Task SweepAsync(CancellationToken cancellationToken)
    {
        await ReleaseGivenUpAsync(cancellationToken);
        var released = new DocumentQuery { Filters = [DocumentFilter.AtMost("released", time.GetUtcNow())] };
        await foreach (var presentation in _presentations.QueryAllAsync(released, cancellationToken))
        {
            try
            {
                await LetGoAsync(presentation.Id, presentation.Value.AssetId, cancellationToken);
            }
            catch (Exception error) when (!cancellationToken.IsCancellationRequested)
            {
                logger.LogError(error, "Encoding {Encoding} could not be let go; the next sweep tries again", presentation.Id);
            }
        }
    }

    /// <summary>Nobody ever played them, so nobody is asked.</summary>
    private async Task ReleaseGivenUpAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var old = new DocumentQuery { Filters = [DocumentFilter.AtMost("givenUp", now - options.Value.GivenUpStay)] };
        await foreach (var (id, version, presentation) in _presentations.QueryAllAsync(old, cancellationToken))
        {
            // Its job has been opened again and has not come to it yet.
            var jobId = Job.IdOf(presentation.AssetId, presentation.Revision);
            if (await _jobs.GetAsync(jobId, cancellationToken) is { Value.IsOpen: true }) continue;
            await _presentations.ReplaceAsync(id, version, presentation with { RetiredAt = now, ReleasedAt = now }, cancellationToken);
        }
    }

    private async Task LetGoAsync(string id, string assetId, CancellationToken cancellationToken)
    {
        // Current first: a swap that was interrupted leaves a copy of it, whose release a second attempt takes back before it swaps.
        if (await _presentations.GetAsync(assetId, cancellationToken) is not { } current) return;
        if (await _presentations.GetAsync(id, cancellationToken) is not { Value.ReleasedAt: not null } given) return;
        if (id == assetId || given.Value.Revision == current.Value.Revision) return;

        var jobId = Job.IdOf(assetId, given.Value.Revision);
        var ofJob = new DocumentQuery { Filters = [DocumentFilter.Equal("job", jobId)], Limit = 500 };
        await foreach (var step in _steps.QueryAllAsync(ofJob, cancellationToken))
            if (step.Value.Owner is not null && step.Value.LeaseUntil > time.GetUtcNow()) return;

        // A job that did not get done and whose place is gone must not be opened again; that of a published encoding stays as a record of it,
        // and one that could begin anew so that migrations know what became of it.
        if (await _jobs.GetAsync(jobId, cancellationToken) is { Value: { IsOpen: false, State: not JobState.Done } } job
            && job.Value.Plan.Base != current.Value.Revision)
            await _jobs.DeleteAsync(jobId, job.Version, cancellationToken);
        await _log.DeleteAllAsync(ofJob, cancellationToken);
        await _steps.DeleteAllAsync(ofJob, cancellationToken);
        await RemoveRunsAsync(await _presentations.UnsharedPartsAsync(given, cancellationToken), assetId, cancellationToken);
        await _keys.DeleteAsync(TitleKeys.IdOf(assetId, given.Value.Revision), null, cancellationToken);
        await _presentations.ReplaceAsync(id, given.Version, given.Value with { LetGoAt = time.GetUtcNow() }, cancellationToken);
    }

    private async Task RemoveRunsAsync(HashSet<MediaPart> parts, string assetId, CancellationToken cancellationToken)
    {
        foreach (var revision in parts.Select(part => part.Revision).Distinct())
        {
            var query = new DocumentQuery
            {
                Filters = [DocumentFilter.Equal("asset", assetId), DocumentFilter.Equal("revision", revision)],
                Sort = [new DocumentSort("first")],
                Limit = 500,
            };
            await foreach (var run in _runs.QueryAllAsync(query, cancellationToken))
            {
                if (parts.Contains(new MediaPart(revision, $"{run.Value.Rendition}/")))
                    await _runs.DeleteAsync(run.Id, null, cancellationToken);
            }
        }
    }
}
