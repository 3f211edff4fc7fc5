using FlickStream.Platform.Documents;
using FlickStream.Platform.Problems;
using FlickStream.Transcoder.Workers;
using Quartz;

namespace FlickStream.Transcoder.Board;

/// <summary>Brings to its end whatever a lost doorbell or a dead process left: expired leases, half-spread job changes, assets
/// without a job, encodings that nobody plays any more; takes migrations further, and tells who waits at which place. Its cost is that of what is open and unfinished, not of what was ever done.</summary>
[DisallowConcurrentExecution]
internal sealed class BoardSweep(
    IDocuments documents,
    JobBoard board,
    JobSpreader spreader,
    AssetIntake intake,
    MigrationSweep migrations,
    Collection collection,
    QueuePlaces places,
    TranscoderMetrics metrics,
    TimeProvider time) : IJob
{
    private readonly IDocumentSet<Job> _jobs = documents.Set(Job.Schema);
    private readonly IDocumentSet<Step> _steps = documents.Set(Step.Schema);
    private readonly IDocumentSet<WorkerRecord> _workers = documents.Set(WorkerRecord.Schema);

    public ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken) => new(RunAsync(cancellationToken));

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await intake.SweepAsync(cancellationToken);

        var unspread = new DocumentQuery { Filters = [DocumentFilter.Equal("unspread", true)] };
        await foreach (var job in _jobs.QueryAllAsync(unspread, cancellationToken))
            await spreader.SpreadAsync(job.Id, cancellationToken);

        await ReofferAsync(
            [DocumentFilter.Equal("state", nameof(StepState.Running)), DocumentFilter.Below("leaseUntil", time.GetUtcNow())],
            cancellationToken);

        var running = new DocumentQuery { Filters = [DocumentFilter.Equal("state", nameof(JobState.Running))] };
        await foreach (var job in _jobs.QueryAllAsync(running, cancellationToken))
            await board.AdvanceAsync(job.Id, cancellationToken);

        await migrations.RunAsync(cancellationToken);
        await places.SweepAsync(cancellationToken);
        await collection.SweepAsync(cancellationToken);

        var gone = new DocumentQuery { Filters = [DocumentFilter.Below("seen", time.GetUtcNow() - WorkerRecord.KeptFor)] };
        await foreach (var worker in _workers.QueryAllAsync(gone, cancellationToken))
            await _workers.DeleteAsync(worker.Id, worker.Version, cancellationToken);

        metrics.Queue([await board.DepthAsync(StepLane.Encode, cancellationToken), await board.DepthAsync(StepLane.Light, cancellationToken)]);
    }

    /// <summary>At a worker's start: whatever is still in its name was left by its former life, so nobody has to wait for the lease.</summary>
    public Task ReofferOwnedByAsync(string owner, CancellationToken cancellationToken) =>
        ReofferAsync([DocumentFilter.Equal("owner", owner)], cancellationToken);

    private async Task ReofferAsync(IReadOnlyList<DocumentFilter> filters, CancellationToken cancellationToken)
    {
        await foreach (var step in _steps.QueryAllAsync(new DocumentQuery { Filters = filters }, cancellationToken))
        {
            var value = step.Value;
            if (value.State != StepState.Running)
            {
                await _steps.ReplaceAsync(step.Id, step.Version, value with { Owner = null, LeaseUntil = null }, cancellationToken);
                continue;
            }

            // The job's asset may be deleted between the two readings; its steps go with it.
            if (await _jobs.GetAsync(value.JobId, cancellationToken) is not { } job) continue;
            var claim = new Claim(step.Id, value, job.Value);
            metrics.LeaseLost();
            var lost = ProblemReport.Of(BoardProblems.WorkerLost, value.Owner);
            await board.FailAsync(claim, new StepFault(FaultCause.WorkerLost, lost), cancellationToken);
        }
    }
}
