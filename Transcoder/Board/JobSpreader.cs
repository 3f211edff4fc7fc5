using FlickStream.Platform.Bus;
using FlickStream.Platform.Contracts;
using FlickStream.Platform.Documents;
using FlickStream.Platform.Problems;

namespace FlickStream.Transcoder.Board;

/// <summary>
/// Carries a change of a job to its steps and its presentation. The job is written first and marked as unspread in the same
/// write; whatever a crash interrupts, <see cref="SpreadAsync"/> brings to its end later, and doing it twice changes nothing.
/// </summary>
internal sealed class JobSpreader(IDocuments documents, Encodings encodings, QueuePlaces places, IBus bus, TimeProvider time)
{
    private readonly IDocumentSet<Job> _jobs = documents.Set(Job.Schema);
    private readonly IDocumentSet<Step> _steps = documents.Set(Step.Schema);
    private readonly IDocumentSet<SideText> _texts = documents.Set(SideText.Schema);
    private readonly IDocumentSet<EncodingOutcome> _outcomes = documents.Set(EncodingOutcome.Schema);

    /// <summary>Ends an open job, whatever its steps are at. False when it had ended, or its encoding was published in the same moment.</summary>
    public async Task<bool> EndAsync(
        string jobId, JobState state, ProblemReport? problem, CancellationToken cancellationToken, bool isMastersFault = false)
    {
        var ended = false;
        await _jobs.UpdateAsync(
            jobId,
            job =>
            {
                ended = job.IsOpen;
                return !ended ? null : job with
                {
                    State = state,
                    Problem = problem,
                    IsMastersFault = isMastersFault,
                    EndedAt = time.GetUtcNow(),
                    IsUnspread = true,
                };
            },
            cancellationToken);
        if (!ended) return false;
        await SpreadAsync(jobId, cancellationToken);
        return state == JobState.Done || await _jobs.GetAsync(jobId, cancellationToken) is not { Value.State: JobState.Done };
    }

    /// <summary>Makes steps and presentation agree with the job.</summary>
    public async Task SpreadAsync(string jobId, CancellationToken cancellationToken)
    {
        // Whoever changed the job meanwhile may have spread that already, before what is written here was there.
        var isOvertaken = false;
        while (await _jobs.GetAsync(jobId, cancellationToken) is { } job && (job.Value.IsUnspread || isOvertaken))
        {
            if (job.Value.IsOpen && !await OpenAsync(job, cancellationToken)) break;
            if (!job.Value.IsOpen) await CloseAsync(job, cancellationToken);
            isOvertaken = await _jobs.ReplaceAsync(jobId, job.Version, job.Value with { IsUnspread = false }, cancellationToken) is null;
        }

        await bus.PublishAsync(Topics.StepsReady, jobId, cancellationToken);
        await bus.PublishAsync(Topics.JobChanged, jobId, cancellationToken);
    }

    /// <returns>False when it cannot begin yet; the next sweep tries again.</returns>
    private async Task<bool> OpenAsync(Stored<Job> stored, CancellationToken cancellationToken)
    {
        var job = stored.Value;
        switch (await encodings.OpenAsync(job, cancellationToken))
        {
            case Opening.Waiting:
                return false;
            case Opening.Superseded:
                await EndAsync(job.Id, JobState.Cancelled, ProblemReport.Of(BoardProblems.Superseded), cancellationToken);
                return true;
        }

        await bus.PublishAsync(Topics.PresentationChanged, job.AssetId, cancellationToken);
        await places.TellAsync(job, cancellationToken);
        await OfferTextsAsync(job.AssetId, cancellationToken);
        await CloseAsync(job.Plan.Steps().Where(job.LeavesOut).Select(step => Step.IdOf(job.Id, step.Name)), cancellationToken);
        var wanted = job.Plan.Steps().Where(p => !job.LeavesOut(p)).ToList();
        var planned = wanted.Select(p => KeyValuePair.Create(
            Step.IdOf(job.Id, p.Name),
            new Step
            {
                JobId = job.Id,
                JobCreatedAt = job.CreatedAt,
                Name = p.Name,
                Plan = p,
                State = StateOf(p, isLast: wanted.Count == 1),
                Priority = job.Priority,
                RunAfter = job.CreatedAt,
            })).ToList();
        if (await _steps.InsertManyAsync(planned, cancellationToken) == planned.Count) return true;

        // Publishing is the last of them.
        var isLast = true;
        foreach (var (id, _) in planned)
            isLast &= await _steps.UpdateAsync(id, step => Reopened(step, job, isLast), cancellationToken) is not { Value.IsOpen: true };
        return true;
    }

    private Step? Reopened(Step step, Job job, bool isLast)
    {
        if (step.State is StepState.Failed or StepState.Cancelled)
        {
            return step with
            {
                State = StateOf(step.Plan, isLast),
                Attempts = 0,
                Failures = 0,
                Losses = 0,
                RunAfter = time.GetUtcNow(),
                EndedAt = null,
                Priority = job.Priority,
            };
        }

        return step.Priority == job.Priority ? null : step with { Priority = job.Priority };
    }

    /// <param name="isLast">All others are done.</param>
    private static StepState StateOf(Planning.PlannedStep step, bool isLast) =>
        step.Kind == Planning.StepKind.Publish && !isLast ? StepState.Waiting : StepState.Ready;

    /// <summary>What was uploaded beside the master goes into every encoding of it.</summary>
    private async Task OfferTextsAsync(string assetId, CancellationToken cancellationToken)
    {
        var ofAsset = new DocumentQuery { Filters = [DocumentFilter.Equal("asset", assetId)], Sort = [new DocumentSort("created")] };
        await foreach (var text in _texts.QueryAllAsync(ofAsset, cancellationToken))
        {
            // One that is pending too is written: whoever is offering it may have looked before this encoding was there.
            await _texts.UpdateAsync(text.Id, t => t with { IsPending = true }, cancellationToken);
            await bus.PublishAsync(Topics.TextChanged, text.Id, cancellationToken);
        }
    }

    private async Task CloseAsync(Stored<Job> stored, CancellationToken cancellationToken)
    {
        var job = stored.Value;
        if (job.State != JobState.Done && !await encodings.CloseAsync(job, cancellationToken))
        {
            // What is published is done, whatever was asked for in the last moment; it is then spread as that.
            var done = job with { State = JobState.Done, Problem = null, IsMastersFault = false };
            await _jobs.ReplaceAsync(stored.Id, stored.Version, done, cancellationToken);
            return;
        }

        await places.ForgetAsync(job, cancellationToken);
        await TellAsync(job, cancellationToken);
        if (job.State == JobState.Done) return;
        await bus.PublishAsync(Topics.PresentationChanged, job.AssetId, cancellationToken);

        var query = new DocumentQuery { Filters = [DocumentFilter.Equal("job", job.Id)], Limit = 500 };
        await foreach (var step in _steps.QueryAllAsync(query, cancellationToken)) await CloseAsync([step.Id], cancellationToken);
    }

    private async Task CloseAsync(IEnumerable<string> stepIds, CancellationToken cancellationToken)
    {
        foreach (var id in stepIds)
        {
            // Owner and lease stay: they say that a worker may still be writing this step's output.
            await _steps.UpdateAsync(
                id, s => s.IsOpen ? s with { State = StepState.Cancelled, EndedAt = time.GetUtcNow() } : null, cancellationToken);
        }
    }

    /// <summary>For whoever tells the studio. What an administrator's migration does is not its news, nor what somebody cancelled.</summary>
    private async Task TellAsync(Job job, CancellationToken cancellationToken)
    {
        if (job.Migration is not null || job.State is not (JobState.Done or JobState.Failed)) return;
        var now = time.GetUtcNow();
        var outcome = new EncodingOutcome(job.AssetId, job.State == JobState.Done, job.Problem, job.EndedAt ?? now, now);
        if (await _outcomes.InsertAsync(job.Id, outcome, cancellationToken) is null)
            await _outcomes.UpdateAsync(job.Id, known => known.EndedAt == outcome.EndedAt ? null : outcome, cancellationToken);
        await bus.PublishAsync(Topics.EncodingEnded, job.Id, cancellationToken);
    }
}
