using FlickStream.Platform.Contracts;
using FlickStream.Platform.Documents;
using FlickStream.Transcoder.Board;

namespace FlickStream.Transcoder.Tests.Board;

/// <summary>Whoever waits wants to know at which place.</summary>
public sealed class QueuePlaceTests
{
    private static CancellationToken Stop => BoardFixture.Stop;

    [Fact]
    public async Task A_job_has_a_place_before_any_worker_looks_at_it()
    {
        await using var board = new BoardFixture();
        await ThreeAsync(board);

        Assert.Equal([1, 2, 3], await PlacesAsync(board));
    }

    [Fact]
    public async Task Who_waits_moves_up_when_a_job_ends_and_what_ended_has_no_place()
    {
        await using var board = new BoardFixture();
        var first = await ThreeAsync(board);

        await board.Spreader.EndAsync(first.Id, JobState.Cancelled, null, Stop);
        await board.Sweep.RunAsync(Stop);

        Assert.Equal([null, 1, 2], await PlacesAsync(board));
    }

    [Fact]
    public async Task A_job_that_goes_on_keeps_how_far_it_was()
    {
        await using var board = new BoardFixture();
        var first = await ThreeAsync(board);
        var claim = (await board.ClaimAllAsync())[0];
        await board.Jobs.FinishAsync(claim, Stop);
        await board.Status.ReportAsync(first, evenIfRecent: true, Stop);
        var before = await StatusAsync(board, "a");
        await board.Spreader.EndAsync(first.Id, JobState.Cancelled, null, Stop);

        await board.Documents.Set(Job.Schema).UpdateAsync(first.Id, job => job.Reopened(null) with { IsUnspread = true }, Stop);
        await board.Spreader.SpreadAsync(first.Id, Stop);

        Assert.True(before.Progress > 0);
        Assert.Equal((before.Progress, 1), ((await StatusAsync(board, "a")).Progress, (await StatusAsync(board, "a")).QueuePlace));
    }

    private static async Task<Job> ThreeAsync(BoardFixture board)
    {
        Job? first = null;
        foreach (var asset in new[] { "a", "b", "c" })
        {
            var job = await board.AddAsync(asset);
            first ??= job;
            board.Clock.Advance(TimeSpan.FromSeconds(1));
        }

        return first!;
    }

    private static async Task<EncodingStatus> StatusAsync(BoardFixture board, string asset) =>
        (await board.Documents.Set(EncodingStatus.Schema).GetAsync(asset, Stop))!.Value;

    private static async Task<int?[]> PlacesAsync(BoardFixture board) =>
        [(await StatusAsync(board, "a")).QueuePlace, (await StatusAsync(board, "b")).QueuePlace, (await StatusAsync(board, "c")).QueuePlace];
}
