using FlickStream.Platform.Contracts;
using FlickStream.Platform.Documents;
using FlickStream.Platform.Problems;
using FlickStream.Transcoder.Board;
using FlickStream.Transcoder.Jobs;

namespace FlickStream.Transcoder.Tests.Board;

public sealed class JobControlTests
{
    private static CancellationToken Stop => BoardFixture.Stop;

    [Fact]
    public async Task A_cancelled_job_takes_running_steps_from_their_workers()
    {
        await using var board = new BoardFixture();
        var job = await board.AddAsync("title");
        var claim = (await board.ClaimAllAsync())[0];

        Assert.True(await board.Spreader.EndAsync(job.Id, JobState.Cancelled, null, Stop));

        Assert.False(await board.Jobs.RenewAsync(claim, 0.5, null, Stop));
        Assert.All(await board.StepsAsync(job.Id), s => Assert.Equal(StepState.Cancelled, s.State));
        Assert.Equal(PresentationState.Cancelled, (await PresentationAsync(board, "title"))!.State);
        Assert.False(await board.Spreader.EndAsync(job.Id, JobState.Cancelled, null, Stop));
    }

    [Fact]
    public async Task A_retried_job_goes_on_where_it_stopped()
    {
        await using var board = new BoardFixture();
        var job = await board.AddAsync("title");
        var claims = await board.ClaimAllAsync();
        await board.Jobs.FinishAsync(claims[0], Stop);
        await board.Spreader.EndAsync(job.Id, JobState.Cancelled, null, Stop);

        await RetryJob.Handle(job.Id, Asking.Operator(), board.Documents, board.Spreader, Stop);
        board.Clock.Advance(TimeSpan.FromSeconds(1));
        var again = await board.ClaimAllAsync();

        Assert.Equal(claims.Skip(1).Select(c => c.StepId), again.Select(c => c.StepId));
        Assert.Equal(PresentationState.Encoding, (await PresentationAsync(board, "title"))!.State);
    }

    [Fact]
    public async Task A_change_that_a_crash_interrupted_is_finished_by_the_sweep()
    {
        await using var board = new BoardFixture();
        var job = await board.AddAsync("title");
        // What a process leaves that dies right after writing the job.
        await board.Documents.Set(Job.Schema).UpdateAsync(
            job.Id, j => j with { State = JobState.Cancelled, IsUnspread = true }, Stop);

        await board.Sweep.RunAsync(Stop);

        Assert.All(await board.StepsAsync(job.Id), s => Assert.Equal(StepState.Cancelled, s.State));
        Assert.False((await board.JobAsync(job.Id)).IsUnspread);
    }

    [Fact]
    public async Task A_deleted_asset_leaves_nothing_once_its_workers_have_let_go()
    {
        await using var board = new BoardFixture();
        var job = await board.AddAsync("title");
        var claims = await board.ClaimAllAsync();
        var now = board.Clock.GetUtcNow();
        await board.Documents.Set(EncodingOutcome.Schema).InsertAsync(job.Id, new("title", false, null, now, now), Stop);
        await board.Documents.Set(Asset.Schema).UpdateAsync("title", a => a with { State = AssetState.Deleted }, Stop);

        await board.Sweep.RunAsync(Stop);
        Assert.NotNull(await PresentationAsync(board, "title"));
        foreach (var claim in claims) await board.Jobs.LetGoAsync(claim, Stop);
        await board.Sweep.RunAsync(Stop);

        Assert.Null(await PresentationAsync(board, "title"));
        Assert.Empty(await board.StepsAsync(job.Id));
        Assert.Null(await board.Documents.Set(Job.Schema).GetAsync(job.Id, Stop));
        Assert.Null(await OutcomeAsync(board, job.Id));
    }

    [Fact]
    public async Task How_a_job_ended_is_left_for_the_studio_even_by_a_process_that_dies_amid_it()
    {
        await using var board = new BoardFixture();
        var job = await board.AddAsync("title");
        Assert.Null(await OutcomeAsync(board, job.Id));
        var problem = new ProblemReport("encoder_failed", "The encoder gave up.");
        var ended = board.Clock.GetUtcNow();
        await board.Documents.Set(Job.Schema).UpdateAsync(
            job.Id, j => j with { State = JobState.Failed, Problem = problem, EndedAt = ended, IsUnspread = true }, Stop);
        board.Clock.Advance(TimeSpan.FromHours(1));
        await board.Sweep.RunAsync(Stop);
        Assert.Equal(new EncodingOutcome("title", false, problem, ended, board.Clock.GetUtcNow()), await OutcomeAsync(board, job.Id));

        // Begun again and done, it is told as that.
        await RetryJob.Handle(job.Id, Asking.Operator(), board.Documents, board.Spreader, Stop);
        await board.Spreader.EndAsync(job.Id, JobState.Done, null, Stop);
        Assert.Equal(new EncodingOutcome("title", true, null, board.Clock.GetUtcNow(), board.Clock.GetUtcNow()), await OutcomeAsync(board, job.Id));
    }

    [Theory]
    [InlineData(JobState.Cancelled, null)]
    [InlineData(JobState.Failed, "migration")]
    public async Task What_somebody_cancelled_and_what_a_migration_did_is_no_news_of_a_studio(object state, string? migration)
    {
        await using var board = new BoardFixture();
        var job = await board.AddAsync("title");
        await board.Documents.Set(Job.Schema).UpdateAsync(job.Id, j => j with { Migration = migration }, Stop);
        await board.Spreader.EndAsync(job.Id, (JobState)state, null, Stop);
        Assert.Null(await OutcomeAsync(board, job.Id));
    }

    [Fact]
    public async Task An_asset_is_planned_once_however_often_the_sweep_runs()
    {
        await using var board = new BoardFixture();
        var job = await board.AddAsync("title");
        var steps = await board.StepsAsync(job.Id);

        await board.Documents.Set(Asset.Schema).UpdateAsync("title", a => a with { State = AssetState.Accepted }, Stop);
        await board.Sweep.RunAsync(Stop);

        Assert.Equal(1, await board.Documents.Set(Job.Schema).CountAsync([], Stop));
        Assert.Equal(steps.Count, (await board.StepsAsync(job.Id)).Count);
    }

    private static async Task<EncodingOutcome?> OutcomeAsync(BoardFixture board, string jobId) =>
        (await board.Documents.Set(EncodingOutcome.Schema).GetAsync(jobId, Stop))?.Value;

    private static async Task<Presentation?> PresentationAsync(BoardFixture board, string assetId) =>
        (await board.Documents.Set(Presentation.Schema).GetAsync(assetId, Stop))?.Value;
}
