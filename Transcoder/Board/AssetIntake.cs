using System.Collections.Concurrent;
using FlickStream.Platform.Bus;
using FlickStream.Platform.Contracts;
using FlickStream.Platform.Documents;
using FlickStream.Platform.Problems;
using FlickStream.Platform.Telemetry;
using Microsoft.Extensions.Options;

namespace FlickStream.Transcoder.Board;

/// <summary>Makes jobs of accepted assets and takes away what belongs to deleted ones.</summary>
internal sealed class AssetIntake(
    IDocuments documents,
    EncodeAsset encode,
    JobSpreader spreader,
    IBus bus,
    TimeProvider time,
    IOptions<BoardOptions> options,
    ILogger<AssetIntake> logger)
{
    // Of masters, by their keys. After a restart they are tried as often again.
    private readonly ConcurrentDictionary<string, int> _failures = new(StringComparer.Ordinal);

    private readonly IDocumentSet<Asset> _assets = documents.Set(Asset.Schema);
    private readonly IDocumentSet<Job> _jobs = documents.Set(Job.Schema);
    private readonly IDocumentSet<Step> _steps = documents.Set(Step.Schema);
    private readonly IDocumentSet<StepLogEntry> _log = documents.Set(StepLogEntry.Schema);
    private readonly IDocumentSet<SegmentRun> _runs = documents.Set(SegmentRun.Schema);
    private readonly IDocumentSet<Measurement> _measurements = documents.Set(Measurement.Schema);
    private readonly IDocumentSet<TitleKeys> _keys = documents.Set(TitleKeys.Schema);
    private readonly IDocumentSet<Presentation> _presentations = documents.Set(Presentation.Schema);
    private readonly IDocumentSet<EncodingStatus> _status = documents.Set(EncodingStatus.Schema);
    private readonly IDocumentSet<EncodingOutcome> _outcomes = documents.Set(EncodingOutcome.Schema);

    public async Task SweepAsync(CancellationToken cancellationToken)
    {
        await foreach (var asset in _assets.QueryAllAsync(InState(AssetState.Accepted), cancellationToken))
            await TryAsync(asset.Id, TakeAsync(asset.Value, cancellationToken), cancellationToken);
        await foreach (var asset in _assets.QueryAllAsync(InState(AssetState.Deleted), cancellationToken))
            await TryAsync(asset.Id, ForgetAsync(asset.Id, cancellationToken), cancellationToken);
    }

    /// <summary>One asset that cannot be planned must not keep the others, and whatever else the sweep does, from being done.</summary>
    private async Task TryAsync(string assetId, Task act, CancellationToken cancellationToken)
    {
        try
        {
            await act;
        }
        catch (Exception error) when (!cancellationToken.IsCancellationRequested)
        {
            logger.LogError(error, "Asset {Asset} could not be taken; the next sweep tries again", assetId);
        }
    }

    public async Task TakeOneAsync(string assetId, CancellationToken cancellationToken)
    {
        var asset = await _assets.GetAsync(assetId, cancellationToken);
        if (asset?.Value.State == AssetState.Accepted) await TakeAsync(asset.Value, cancellationToken);
        if (asset?.Value.State == AssetState.Deleted) await ForgetAsync(assetId, cancellationToken);
    }

    private async Task TakeAsync(Asset asset, CancellationToken cancellationToken)
    {
        using var span = MasterTrace.Start("plan", asset.Trace, ("flickstream.asset", asset.Id));
        ProblemReport? problem = null;
        try
        {
            if (!await encode.TakeAsync(asset, cancellationToken)) return;
        }
        catch (PlanningFailedException error)
        {
            var failures = _failures.AddOrUpdate(asset.MasterKey, 1, (_, before) => before + 1);
            if (failures < options.Value.MaxAttempts) throw;
            logger.LogError(error, "Asset {Asset} could not be planned {Times} times and is given up", asset.Id, failures);
            problem = ProblemReport.Of(BoardProblems.PlanningFailed);
            await TellAsync(asset, problem, cancellationToken);
        }

        _failures.TryRemove(asset.MasterKey, out _);
        await _assets.UpdateAsync(
            asset.Id,
            a => a.State == AssetState.Accepted && a.MasterKey == asset.MasterKey ? a with { State = AssetState.Planned, Problem = problem } : null,
            cancellationToken);
    }

    /// <summary>For whoever tells the studio: there is no job whose end would.</summary>
    private async Task TellAsync(Asset asset, ProblemReport problem, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var id = Job.IdOf(asset.Id, "unplanned");
        var outcome = new EncodingOutcome(asset.Id, IsDone: false, problem, now, now);
        if (await _outcomes.InsertAsync(id, outcome, cancellationToken) is null) await _outcomes.UpdateAsync(id, _ => outcome, cancellationToken);
        await bus.PublishAsync(Topics.EncodingEnded, id, cancellationToken);
    }

    /// <summary>Removes everything of a deleted asset but its blobs, the presentation last: its absence tells Ingest that no worker
    /// writes blobs of the asset any more. While one may still, it waits for the next sweep.</summary>
    private async Task ForgetAsync(string assetId, CancellationToken cancellationToken)
    {
        var jobs = new DocumentQuery { Filters = [DocumentFilter.Equal("asset", assetId)] };
        await foreach (var job in _jobs.QueryAllAsync(jobs, cancellationToken))
        {
            await spreader.EndAsync(job.Id, JobState.Cancelled, null, cancellationToken);
            await spreader.SpreadAsync(job.Id, cancellationToken);
            var ofJob = new DocumentQuery { Filters = [DocumentFilter.Equal("job", job.Id)], Limit = 500 };
            await foreach (var step in _steps.QueryAllAsync(ofJob, cancellationToken))
                if (step.Value.Owner is not null && step.Value.LeaseUntil > time.GetUtcNow()) return;
            await _log.DeleteAllAsync(ofJob, cancellationToken);
            await _steps.DeleteAllAsync(ofJob, cancellationToken);
        }

        await _runs.DeleteAllAsync(jobs, cancellationToken);
        await _keys.DeleteAllAsync(jobs, cancellationToken);
        await _measurements.DeleteAllAsync(jobs, cancellationToken);
        await _jobs.DeleteAllAsync(jobs, cancellationToken);
        await _outcomes.DeleteAllAsync(jobs, cancellationToken);
        await _status.DeleteAsync(assetId, null, cancellationToken);
        await foreach (var presentation in _presentations.QueryAllAsync(jobs, cancellationToken))
            if (presentation.Id != assetId) await _presentations.DeleteAsync(presentation.Id, null, cancellationToken);
        await _presentations.DeleteAsync(assetId, null, cancellationToken);
    }

    private static DocumentQuery InState(AssetState state) =>
        new() { Filters = [DocumentFilter.Equal("state", state.ToString())], Sort = [new DocumentSort("created")] };
}
