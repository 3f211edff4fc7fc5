using FlickStream.Platform.Contracts;
using FlickStream.Platform.Documents;
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
        await board.Documents.Set(Asset.Schema).UpdateAsync("title", a => a with { State = AssetState.Deleted }, Stop);

        await board.Sweep.RunAsync(Stop);
        Assert.NotNull(await PresentationAsync(board, "title"));
        foreach (var claim in claims) await board.Jobs.LetGoAsync(claim, Stop);
        await board.Sweep.RunAsync(Stop);

        Assert.Null(await PresentationAsync(board, "title"));
        Assert.Empty(await board.StepsAsync(job.Id));
        Assert.Null(await board.Documents.Set(Job.Schema).GetAsync(job.Id, Stop));
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

    private static async Task<Presentation?> PresentationAsync(BoardFixture board, string assetId) =>
        (await board.Documents.Set(Presentation.Schema).GetAsync(assetId, Stop))?.Value;
}
