using FlickStream.Platform.Contracts;
using FlickStream.Platform.Problems;
using FlickStream.Transcoder.Board;
using FlickStream.Transcoder.Workers;

namespace FlickStream.Transcoder.Tests.Board;

public sealed class LeaseTests
{
    private static CancellationToken Stop => BoardFixture.Stop;

    [Fact]
    public async Task An_expired_lease_is_offered_again_and_its_old_holder_can_do_no_harm()
    {
        await using var board = new BoardFixture();
        await board.AddAsync("title");
        var old = (await board.ClaimAllAsync("dead"))[0];
        board.Clock.Advance(TimeSpan.FromSeconds(31));

        await board.Sweep.RunAsync(Stop);
        var taken = (await board.ClaimAllAsync("alive")).Single(c => c.StepId == old.StepId);

        Assert.Equal(old.Step.Fence + 1, taken.Step.Fence);
        Assert.False(await board.Jobs.RenewAsync(old, 0.5, null, Stop));
        Assert.False(await board.Jobs.FinishAsync(old, Stop));
        await board.Jobs.FailAsync(old, new StepFault(FaultCause.Input, new ProblemReport("x", "Late.")), Stop);
        var now = await board.StepAsync(old.StepId);
        Assert.Equal((StepState.Running, "alive"), (now.State, now.Owner));
        Assert.Equal(JobState.Running, (await board.JobAsync(old.Job.Id)).State);
    }

    [Fact]
    public async Task An_asset_that_cannot_be_planned_keeps_no_expired_lease_from_being_offered_again()
    {
        await using var board = new BoardFixture();
        await board.AddAsync("title");
        var dead = (await board.ClaimAllAsync("dead"))[0];
        var unplannable = new Asset
        {
            Id = "unplannable",
            State = AssetState.Accepted,
            Title = "unplannable",
            FileName = "unplannable.mp4",
            SizeBytes = 1,
            MasterKey = "masters/unplannable",
            CreatedAt = board.Clock.GetUtcNow(),
            Media = BoardFixture.Media() with { Video = null! },
        };
        await board.Documents.Set(Asset.Schema).InsertAsync(unplannable.Id, unplannable, Stop);
        board.Clock.Advance(TimeSpan.FromSeconds(31));

        await board.Sweep.RunAsync(Stop);

        Assert.Equal(StepState.Ready, (await board.StepAsync(dead.StepId)).State);
    }

    [Fact]
    public async Task A_renewed_lease_is_left_alone()
    {
        await using var board = new BoardFixture();
        await board.AddAsync("title");
        var claim = (await board.ClaimAllAsync())[0];
        for (var i = 0; i < 5; i++)
        {
            board.Clock.Advance(TimeSpan.FromSeconds(20));
            Assert.True(await board.Jobs.RenewAsync(claim, i / 5d, 1.5, Stop));
            await board.Sweep.RunAsync(Stop);
        }

        var step = await board.StepAsync(claim.StepId);
        Assert.Equal((StepState.Running, 0.8), (step.State, step.Progress));
    }

    [Fact]
    public async Task A_restarted_worker_finds_its_own_steps_at_once()
    {
        await using var board = new BoardFixture();
        await board.AddAsync("title");
        var before = await board.ClaimAllAsync("worker");

        await board.Sweep.ReofferOwnedByAsync("worker", Stop);
        var after = await board.ClaimAllAsync("worker");

        Assert.Equal(before.Select(c => c.StepId), after.Select(c => c.StepId));
    }

    [Fact]
    public async Task An_expired_step_whose_job_was_just_deleted_does_not_hold_up_the_others()
    {
        await using var board = new BoardFixture();
        var deleted = await board.AddAsync("deleted");
        var kept = await board.AddAsync("kept");
        var before = await board.ClaimAllAsync("dead");
        await board.Documents.Set(Job.Schema).DeleteAsync(deleted.Id, cancellationToken: Stop);
        board.Clock.Advance(TimeSpan.FromSeconds(31));

        await board.Sweep.RunAsync(Stop);
        var after = await board.ClaimAllAsync("alive");

        Assert.Equal(before.Where(c => c.Job.Id == kept.Id).Select(c => c.StepId), after.Select(c => c.StepId));
    }

    [Fact]
    public async Task A_step_that_kills_every_worker_fails_its_job_in_the_end()
    {
        await using var board = new BoardFixture();
        var job = await board.AddAsync("title");
        for (var i = 0; i < new BoardOptions().MaxLosses && (await board.JobAsync(job.Id)).IsOpen; i++)
        {
            await board.ClaimAllAsync("doomed");
            await board.Sweep.ReofferOwnedByAsync("doomed", Stop);
        }

        var failed = await board.JobAsync(job.Id);
        Assert.Equal((JobState.Failed, "worker_lost"), (failed.State, failed.Problem!.Code));
    }

    [Fact]
    public async Task A_worker_that_is_long_gone_is_forgotten()
    {
        await using var board = new BoardFixture();
        var workers = board.Documents.Set(WorkerRecord.Schema);
        var now = board.Clock.GetUtcNow();
        await workers.InsertAsync("gone", new WorkerRecord("gone", "pod-1", 1, 1, 0, now, now), Stop);
        board.Clock.Advance(WorkerRecord.KeptFor + TimeSpan.FromSeconds(1));
        now = board.Clock.GetUtcNow();
        await workers.InsertAsync("here", new WorkerRecord("here", "pod-2", 1, 1, 0, now, now), Stop);

        await board.Sweep.RunAsync(Stop);

        Assert.Null(await workers.GetAsync("gone", Stop));
        Assert.NotNull(await workers.GetAsync("here", Stop));
    }

    [Fact]
    public async Task A_step_handed_back_costs_no_attempt()
    {
        await using var board = new BoardFixture();
        await board.AddAsync("title");
        var claim = (await board.ClaimAllAsync())[0];

        await board.Jobs.HandBackAsync(claim, Stop);

        var step = await board.StepAsync(claim.StepId);
        Assert.Equal((StepState.Ready, 0), (step.State, step.Attempts));
    }
}
