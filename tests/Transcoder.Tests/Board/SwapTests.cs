using FlickStream.Platform.Contracts;
using FlickStream.Transcoder.Board;

namespace FlickStream.Transcoder.Tests.Board;

public sealed class SwapTests
{
    private static CancellationToken Stop => BoardFixture.Stop;

    [Fact]
    public async Task A_swap_that_is_killed_between_any_two_writes_is_finished_by_the_next_attempt()
    {
        var writes = 0;
        while (await KilledAfterAsync(writes)) writes++;

        // The candidate is whole, the copy lies aside, the current one is replaced, the candidate goes, what was left is given up.
        Assert.Equal(5, writes);
    }

    /// <summary>False when the swap got by with so many writes.</summary>
    private static async Task<bool> KilledAfterAsync(int writes)
    {
        FailingDocuments? documents = null;
        await using var board = new BoardFixture(real => documents = new FailingDocuments(real)) { Planning = new() { MaxHeight = 234 } };
        var first = await board.ReadyAsync("title");
        board.Planning = new() { Quality = 30 };
        var left = await board.AgainAsync();
        await board.Spreader.EndAsync(left.Id, JobState.Cancelled, null, Stop);
        board.Planning = new();
        var job = await board.AgainAsync();
        var publish = await board.EncodeAllAsync(job);

        documents!.Left = writes;
        var isKilled = await Record.ExceptionAsync(() => board.Publish.RunAsync(publish, Stop)) is IOException;
        documents.Left = int.MaxValue;
        await AssertPlayableAsync(board, first, job);
        if ((await board.CurrentAsync()).Revision == first.Plan.Revision) await ReleaseTooSoonAsync(board, first);

        Assert.Null(await board.Publish.RunAsync(publish, Stop));

        await AssertPlayableAsync(board, first, job);
        Assert.Equal(job.Plan.Revision, (await board.CurrentAsync()).Revision);
        Assert.Null(await board.AsideAsync(job.Plan.Revision));
        Assert.NotNull((await board.AsideAsync(left.Plan.Revision))!.ReleasedAt);
        return isKilled;
    }

    /// <summary>Who began with the old encoding finds it, and nothing takes its segments away.</summary>
    private static async Task AssertPlayableAsync(BoardFixture board, Job first, Job next)
    {
        var current = await board.CurrentAsync();
        Assert.Equal(PresentationState.Ready, current.State);
        if (current.Revision == first.Plan.Revision) return;
        Assert.Equal(next.Plan.Revision, current.Revision);
        Assert.True(await board.AsideAsync(first.Plan.Revision) is { RetiredAt: not null, ReleasedAt: null, State: PresentationState.Ready });
    }

    /// <summary>The copy that an unfinished swap left looks like one that nobody plays.</summary>
    private static async Task ReleaseTooSoonAsync(BoardFixture board, Job first)
    {
        var runs = await board.RunsAsync();
        await board.ReleaseAsync(first.Plan.Revision);
        await board.Sweep.RunAsync(Stop);
        Assert.Equal(runs, await board.RunsAsync());
        Assert.NotEmpty(await board.StepsAsync(first.Id));
    }
}
