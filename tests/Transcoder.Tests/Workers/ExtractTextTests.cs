using FlickStream.Platform.Contracts;
using FlickStream.Transcoder.Board;
using FlickStream.Transcoder.Planning;
using FlickStream.Transcoder.Tests.Board;

namespace FlickStream.Transcoder.Tests.Workers;

public sealed class ExtractTextTests
{
    private static CancellationToken Stop => BoardFixture.Stop;

    [Fact]
    public async Task A_track_that_cannot_be_had_is_tried_as_often_as_any_step_before_it_is_told()
    {
        await using var board = new BoardFixture();
        await board.StoreAsync("masters/title", "no media");
        await board.Documents.Set(Asset.Schema).InsertAsync("title", Accepted, Stop);
        await board.Sweep.RunAsync(Stop);

        for (var tries = 1; tries <= new BoardOptions().MaxAttempts; tries++)
        {
            Assert.Empty((await board.CurrentAsync()).Notices);
            var claim = await ClaimAsync(board);
            await board.Execution.RunAsync(claim, Stop);
            var step = await board.StepAsync(claim.StepId);
            var isLast = tries == new BoardOptions().MaxAttempts;
            Assert.Equal((isLast ? StepState.Done : StepState.Ready, isLast ? null : "encode_failed"), (step.State, step.LastError?.Code));
            // Not in ffmpeg's words.
            Assert.Equal(isLast ? null : "At step text of its job; the job's log has more.", step.LastError?.Detail);
            board.Clock.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.Equal(["text_not_extracted"], (await board.CurrentAsync()).Notices.Select(notice => notice.Code));
    }

    private static Asset Accepted => new()
    {
        Id = "title",
        State = AssetState.Accepted,
        Title = "title",
        FileName = "title.mkv",
        SizeBytes = 1,
        MasterKey = "masters/title",
        CreatedAt = default,
        Media = BoardFixture.Media() with { Text = [new TextReport(2, "subrip", null, null, 0, false, false, false)] },
    };

    /// <summary>The step that takes text out, in the hands of a worker, and no other.</summary>
    private static async Task<Claim> ClaimAsync(BoardFixture board)
    {
        Claim? text = null;
        foreach (var claim in await board.ClaimAllAsync())
        {
            if (claim.Step.Plan.Kind == StepKind.Text) text = claim;
            else await board.Jobs.HandBackAsync(claim, Stop);
        }

        return text!;
    }
}
