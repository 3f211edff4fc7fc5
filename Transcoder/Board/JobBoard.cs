using FlickStream.Platform.Bus;
using FlickStream.Platform.Contracts;
using FlickStream.Platform.Documents;
using Microsoft.Extensions.Options;

namespace FlickStream.Transcoder.Board;

/// <summary>What workers do with steps: claim, renew, finish, fail, hand back. Every change is one compare-and-set on the step; the job
/// is changed first where both change, because the job's state is the one that counts.</summary>
internal sealed class JobBoard(
    IDocuments documents, JobSpreader spreader, StepLog log, IBus bus, TimeProvider time, IOptions<BoardOptions> options)
{
    private readonly IDocumentSet<Job> _jobs = documents.Set(Job.Schema);
    private readonly IDocumentSet<Step> _steps = documents.Set(Step.Schema);

    // A claim reads its candidates whole. With 1,000 rivals 16 to 64 gave the same throughput, 256 three quarters of it.
    private const int MaxWindow = 32;

    private readonly int[] _windows = [.. Enum.GetValues<StepLane>().Select(_ => 1)];

    /// <summary>How long a claim lasts without being renewed.</summary>
    public TimeSpan Lease => options.Value.Lease;

    /// <summary>Takes the first step of a lane that may be worked on now; null when there is none. Where others claim at the same time,
    /// it is one of the first few that are as urgent: if all went for the first, only one of them would get anything.</summary>
    /// <param name="owner">The worker.</param>
    /// <param name="lane">Of the step.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <param name="isOpening">Nothing but what makes a title playable.</param>
    public async Task<Claim?> ClaimAsync(string owner, StepLane lane, CancellationToken cancellationToken, bool isOpening = false)
    {
        while (true)
        {
            var now = time.GetUtcNow();
            var window = Volatile.Read(ref _windows[(int)lane]);
            var first = new DocumentQuery { Filters = Claimable(lane, now, isOpening), Sort = [new DocumentSort("order")], Limit = window };
            var page = await _steps.QueryAsync(first, cancellationToken);
            if (page.Items.Count == 0) return null;

            var equals = page.Items.TakeWhile(item => item.Value.Urgency == page.Items[0].Value.Urgency).Count();
            var (id, version, step) = page.Items[Random.Shared.Next(equals)];
            if (await _jobs.GetAsync(step.JobId, cancellationToken) is not { Value.IsOpen: true } job)
            {
                await _steps.ReplaceAsync(id, version, step with { State = StepState.Cancelled, EndedAt = now }, cancellationToken);
                continue;
            }

            var claimed = step with
            {
                State = StepState.Running,
                Owner = owner,
                LeaseUntil = now + options.Value.Lease,
                Fence = step.Fence + 1,
                Attempts = step.Attempts + 1,
                Progress = 0,
                Speed = null,
                StartedAt = now,
                EndedAt = null,
            };
            var isMine = await _steps.ReplaceAsync(id, version, claimed, cancellationToken) is not null;
            Volatile.Write(ref _windows[(int)lane], isMine ? Math.Max(window / 2, 1) : Math.Min(window * 2, MaxWindow));
            if (isMine) return new Claim(id, claimed, await BeganAsync(job, now, cancellationToken));
        }
    }

    /// <summary>What waits in a lane. It counts index entries, so it is for a sweep and not for every claim.</summary>
    public async Task<LaneDepth> DepthAsync(StepLane lane, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var first = await _steps.QueryAsync(
            new DocumentQuery { Filters = Claimable(lane, now), Sort = [new DocumentSort("order")], Limit = 1 }, cancellationToken);
        return new LaneDepth(
            lane,
            await _steps.CountAsync(Ready(lane), cancellationToken),
            first.Items is [var next] ? now - next.Value.RunAfter : TimeSpan.Zero);
    }

    private static DocumentFilter[] Claimable(StepLane lane, DateTimeOffset now, bool isOpening = false) =>
        [.. Ready(lane, isOpening), DocumentFilter.AtMost("runAfter", now)];

    // What an index answers by itself; whether they pause would have to be read from each.
    private static DocumentFilter[] Ready(StepLane lane, bool isOpening = false) =>
        [DocumentFilter.Equal("state", nameof(StepState.Ready)), DocumentFilter.Equal(isOpening ? "opening" : "lane", lane.ToString())];

    /// <summary>Keeps a claim alive and tells how far it is; false when it was lost and the work must stop.</summary>
    public Task<bool> RenewAsync(Claim claim, double progress, double? speed, CancellationToken cancellationToken) =>
        ChangeAsync(
            claim,
            step => step with { LeaseUntil = time.GetUtcNow() + options.Value.Lease, Progress = progress, Speed = speed },
            cancellationToken);

    /// <summary>The step's results are stored: it is done, for good. False when the claim was lost.</summary>
    public async Task<bool> FinishAsync(Claim claim, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var held = await ChangeAsync(
            claim,
            step => step with { State = StepState.Done, Owner = null, LeaseUntil = null, Progress = 1, EndedAt = now, LastError = null },
            cancellationToken);
        if (!held) return false;
        await log.WriteAsync(claim, "done", null, cancellationToken);
        await AdvanceAsync(claim.Job.Id, cancellationToken);
        return true;
    }

    /// <summary>The step went wrong: it is tried again after a pause, or its job fails.</summary>
    public async Task FailAsync(Claim claim, StepFault fault, CancellationToken cancellationToken)
    {
        await log.WriteAsync(claim, "failed", fault.Problem, cancellationToken);
        var final = IsFinal(claim.Step, fault.Cause);
        var isLeftOut = false;
        if (final && await _steps.GetAsync(claim.StepId, cancellationToken) is { } current && claim.Holds(current.Value))
        {
            isLeftOut = await LeaveOutAsync(claim, fault, cancellationToken);
            if (!isLeftOut) await spreader.EndAsync(claim.Job.Id, JobState.Failed, fault.Problem, cancellationToken, fault.Cause == FaultCause.Input);
        }

        await ChangeAsync(claim, step => final ? Failed(step, fault) : Again(step, fault), cancellationToken);
        await LetGoAsync(claim, cancellationToken);
        if (!isLeftOut) return;
        await spreader.SpreadAsync(claim.Job.Id, cancellationToken);
        await AdvanceAsync(claim.Job.Id, cancellationToken);
    }

    /// <summary>False where the job cannot do without the step.</summary>
    private async Task<bool> LeaveOutAsync(Claim claim, StepFault fault, CancellationToken cancellationToken)
    {
        var isLeftOut = false;
        await _jobs.UpdateAsync(
            claim.Job.Id,
            job =>
            {
                var without = job.IsOpen ? Extras.Without(job, claim.Step.Plan, fault.Problem) : null;
                isLeftOut = without is not null;
                return without;
            },
            cancellationToken);
        return isLeftOut;
    }

    private bool IsFinal(Step step, FaultCause cause) => cause switch
    {
        FaultCause.Input => true,
        FaultCause.Attempt => step.Failures + 1 >= options.Value.MaxAttempts,
        FaultCause.WorkerLost => step.Losses + 1 >= options.Value.MaxLosses,
        _ => false,
    };

    private Step Failed(Step step, StepFault fault) => step with
    {
        State = StepState.Failed,
        Owner = null,
        LeaseUntil = null,
        EndedAt = time.GetUtcNow(),
        LastError = fault.Problem,
    };

    private Step Again(Step step, StepFault fault)
    {
        var failures = step.Failures + (fault.Cause == FaultCause.Attempt ? 1 : 0);
        var pause = fault.Cause switch
        {
            FaultCause.WorkerLost => TimeSpan.Zero,
            FaultCause.Attempt => options.Value.PauseAfter(failures),
            _ => options.Value.PauseAfter(step.Attempts),
        };
        return step with
        {
            State = StepState.Ready,
            Owner = null,
            LeaseUntil = null,
            Progress = 0,
            Failures = failures,
            Losses = step.Losses + (fault.Cause == FaultCause.WorkerLost ? 1 : 0),
            RunAfter = time.GetUtcNow() + pause,
            LastError = fault.Problem,
        };
    }

    /// <summary>Gives a step back unharmed, for the next worker: this one is stopping.</summary>
    public Task HandBackAsync(Claim claim, CancellationToken cancellationToken) =>
        ChangeAsync(
            claim,
            step => step with { State = StepState.Ready, Owner = null, LeaseUntil = null, Progress = 0, Attempts = step.Attempts - 1 },
            cancellationToken);

    /// <summary>After losing a claim to a cancellation: nothing of this worker touches the step's output any more.</summary>
    public Task LetGoAsync(Claim claim, CancellationToken cancellationToken) =>
        _steps.UpdateAsync(
            claim.StepId,
            step => step.Fence == claim.Step.Fence && step.State != StepState.Running && step.Owner is not null
                ? step with { Owner = null, LeaseUntil = null }
                : null,
            cancellationToken);

    /// <summary>Makes publishing ready when all else is done, and ends the job when it is published. Safe to call at any time.</summary>
    public async Task AdvanceAsync(string jobId, CancellationToken cancellationToken)
    {
        var open = await _steps.QueryAsync(
            new DocumentQuery
            {
                Filters = [DocumentFilter.Equal("job", jobId), DocumentFilter.In("state", OpenStates)],
                Sort = [new DocumentSort("state")], // The index's own order; by any other, all open steps of the job would be read.
                Limit = 2,
            },
            cancellationToken);
        if (open.Items.Count == 0)
        {
            await spreader.EndAsync(jobId, JobState.Done, null, cancellationToken);
        }
        else if (open.Items is [{ Value.State: StepState.Waiting } last])
        {
            var ready = last.Value with { State = StepState.Ready, RunAfter = time.GetUtcNow() };
            await _steps.ReplaceAsync(last.Id, last.Version, ready, cancellationToken);
            await bus.PublishAsync(Topics.StepsReady, jobId, cancellationToken);
        }

        await bus.PublishAsync(Topics.JobChanged, jobId, cancellationToken);
    }

    private static readonly object[] OpenStates = [nameof(StepState.Waiting), nameof(StepState.Ready), nameof(StepState.Running)];

    private async Task<Job> BeganAsync(Stored<Job> job, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (job.Value.State != JobState.Queued) return job.Value;
        var began = await _jobs.UpdateAsync(
            job.Id,
            j => j.State == JobState.Queued ? j with { State = JobState.Running, StartedAt = j.StartedAt ?? now } : null,
            cancellationToken);
        await bus.PublishAsync(Topics.JobChanged, job.Id, cancellationToken);
        return began?.Value ?? job.Value;
    }

    private async Task<bool> ChangeAsync(Claim claim, Func<Step, Step> change, CancellationToken cancellationToken)
    {
        while (await _steps.GetAsync(claim.StepId, cancellationToken) is { } current)
        {
            if (!claim.Holds(current.Value)) return false;
            if (await _steps.ReplaceAsync(claim.StepId, current.Version, change(current.Value), cancellationToken) is not null) return true;
        }

        return false;
    }
}
