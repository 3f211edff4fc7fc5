using FlickStream.Platform.Documents;
using FlickStream.Platform.Problems;
using FlickStream.Transcoder.Board;

namespace FlickStream.Transcoder.Tests.Board;

public sealed class ClaimTests
{
    private static readonly StepFault Failure = new(FaultCause.Attempt, new ProblemReport("encode_failed", "It failed."));

    private static CancellationToken Stop => BoardFixture.Stop;

    [Fact]
    public async Task Steps_that_make_a_title_playable_go_before_the_rest_of_older_titles()
    {
        await using var board = new BoardFixture();
        var older = await board.AddAsync("older");
        var newer = await board.AddAsync("newer");

        var chunks = (await board.ClaimAllAsync()).Where(c => c.Step.Lane == StepLane.Encode).ToList();

        var firsts = chunks.TakeWhile(c => c.Step.Plan.Chunk == 0).Select(c => c.Job.Id).Distinct();
        Assert.Equal([older.Id, newer.Id], firsts);
        Assert.All(chunks.Skip(4).Take(3), c => Assert.Equal(older.Id, c.Job.Id));
    }

    [Fact]
    public async Task A_higher_priority_goes_before_everything()
    {
        await using var board = new BoardFixture();
        await board.AddAsync("first");
        var urgent = await board.AddAsync("urgent");
        await board.Documents.Set(Job.Schema).UpdateAsync(urgent.Id, j => j with { Priority = 10, IsUnspread = true }, Stop);
        await board.Spreader.SpreadAsync(urgent.Id, Stop);

        var claims = await board.ClaimAllAsync();

        var steps = claims.Count(c => c.Job.Id == urgent.Id && c.Step.Lane == StepLane.Encode);
        Assert.All(claims.Take(steps), c => Assert.Equal(urgent.Id, c.Job.Id));
    }

    [Fact]
    public async Task Of_many_workers_each_step_goes_to_one()
    {
        await using var board = new BoardFixture();
        var job = await board.AddAsync("title", seconds: 300);

        var claims = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(() => board.ClaimAllAsync($"worker-{i}"))));

        var ids = claims.SelectMany(c => c).Select(c => c.StepId).ToList();
        Assert.Equal(ids.Count, ids.Distinct().Count());
        Assert.Equal((await board.StepsAsync(job.Id)).Count - 1, ids.Count); // all but publishing, which waits
    }

    [Fact]
    public async Task Publishing_waits_for_all_other_steps_and_ends_the_job()
    {
        await using var board = new BoardFixture();
        var job = await board.AddAsync("title");
        foreach (var claim in await board.ClaimAllAsync()) Assert.True(await board.Jobs.FinishAsync(claim, Stop));

        var publish = Assert.Single(await board.ClaimAllAsync());
        Assert.Equal("publish", publish.Step.Name);
        Assert.True(await board.Jobs.FinishAsync(publish, Stop));

        Assert.Equal(JobState.Done, (await board.JobAsync(job.Id)).State);
    }

    [Fact]
    public async Task A_failed_step_comes_back_after_growing_pauses_and_then_fails_its_job()
    {
        await using var board = new BoardFixture();
        var job = await board.AddAsync("title");
        var all = await board.ClaimAllAsync();
        var claim = all[0];
        var pauses = new List<TimeSpan>();
        for (var attempt = 1; attempt < 3; attempt++)
        {
            await board.Jobs.FailAsync(claim, Failure, Stop);
            Assert.Empty(await board.ClaimAllAsync());
            pauses.Add((await board.StepAsync(claim.StepId)).RunAfter - board.Clock.GetUtcNow());
            board.Clock.Advance(pauses[^1]);
            claim = Assert.Single(await board.ClaimAllAsync());
        }

        await board.Jobs.FailAsync(claim, Failure, Stop);

        Assert.True(pauses[1] > pauses[0]);
        var failed = await board.JobAsync(job.Id);
        Assert.Equal((JobState.Failed, "encode_failed"), (failed.State, failed.Problem!.Code));
        Assert.All(await board.StepsAsync(job.Id), s => Assert.False(s.IsOpen));
    }

    [Fact]
    public async Task A_fault_of_the_master_fails_the_job_at_once()
    {
        await using var board = new BoardFixture();
        var job = await board.AddAsync("title");
        var claim = (await board.ClaimAllAsync())[0];

        await board.Jobs.FailAsync(claim, Failure with { Cause = FaultCause.Input }, Stop);

        Assert.Equal(JobState.Failed, (await board.JobAsync(job.Id)).State);
    }

    [Fact]
    public async Task A_full_disk_is_waited_out_however_long_it_takes()
    {
        await using var board = new BoardFixture();
        var job = await board.AddAsync("title");
        var claim = (await board.ClaimAllAsync())[0];
        for (var attempt = 0; attempt < 10; attempt++)
        {
            await board.Jobs.FailAsync(claim, Failure with { Cause = FaultCause.Surroundings }, Stop);
            board.Clock.Advance(TimeSpan.FromMinutes(11));
            claim = (await board.ClaimAllAsync()).Single(c => c.StepId == claim.StepId);
        }

        Assert.Equal(JobState.Running, (await board.JobAsync(job.Id)).State);
    }
}
