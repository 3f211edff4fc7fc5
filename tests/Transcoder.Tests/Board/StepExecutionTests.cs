using FlickStream.Transcoder.Board;

namespace FlickStream.Transcoder.Tests.Board;

public sealed class StepExecutionTests
{
    [Fact]
    public async Task How_a_step_went_is_told_even_if_the_documents_are_away_for_a_moment()
    {
        FlakyDocuments? documents = null;
        await using var board = new BoardFixture(real => documents = new FlakyDocuments(real));
        var job = await board.AddAsync("title");
        var claim = (await board.ClaimAllAsync())[0];

        // Its master was never stored, so that it ends at once.
        documents!.Failures = 2;
        var run = board.Execution.RunAsync(claim, BoardFixture.Stop);
        while (await Task.WhenAny(run, Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, BoardFixture.Stop)) != run)
            board.Clock.Advance(TimeSpan.FromSeconds(1));
        await run;

        Assert.True(documents.Failures < 0);
        var step = await board.StepAsync(claim.StepId);
        Assert.NotEqual(StepState.Running, step.State);
        Assert.NotNull((await board.JobAsync(job.Id)).Problem ?? step.LastError);
    }
}
