using FlickStream.Platform.Contracts;
using FlickStream.Platform.Documents;
using FlickStream.Transcoder.Board;

namespace FlickStream.Transcoder.Tests.Board;

public sealed class IntakeTests
{
    private static CancellationToken Stop => BoardFixture.Stop;

    // What inspection refuses, so that no planner knows what to do with it.
    private static MediaReport Nothing => BoardFixture.Media() with { Video = null, Audio = [] };

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_master_that_cannot_be_planned_fails_with_a_code_and_can_be_asked_for_again(bool isReady)
    {
        await using var board = new BoardFixture();
        if (isReady) await board.ReadyAsync("title");
        else await board.Documents.Set(Asset.Schema).InsertAsync("title", New, Stop);
        await AcceptAsync(board, Nothing);

        for (var tries = 1; tries < new BoardOptions().MaxAttempts; tries++)
        {
            await board.Sweep.RunAsync(Stop);
            Assert.Equal(AssetState.Accepted, (await board.AssetAsync()).State);
        }

        await board.Sweep.RunAsync(Stop);

        var asset = await board.AssetAsync();
        Assert.Equal((AssetState.Planned, "planning_failed"), (asset.State, asset.Problem?.Code));
        var told = (await board.Documents.Set(EncodingOutcome.Schema).GetAsync(Job.IdOf("title", "unplanned"), Stop))!.Value;
        Assert.Equal((false, "planning_failed"), (told.IsDone, told.Problem?.Code));
        Assert.Equal((null, BoardProblems.PlanningFailed), await board.Encode.AgainAsync(asset, 0, Stop));
        if (isReady) Assert.Equal(PresentationState.Ready, (await board.CurrentAsync()).State);

        await board.Documents.Set(Asset.Schema).UpdateAsync("title", a => a with { Media = BoardFixture.Media() }, Stop);
        var job = await board.AgainAsync();
        await board.FinishAsync(job);
        Assert.Equal((job.Plan.Revision, null), ((await board.CurrentAsync()).Revision, (await board.AssetAsync()).Problem));
    }

    [Fact]
    public async Task A_storage_that_is_away_fails_no_master()
    {
        FailingDocuments? documents = null;
        await using var board = new BoardFixture(real => documents = new FailingDocuments(real));
        await board.Documents.Set(Asset.Schema).InsertAsync("title", New, Stop);
        await AcceptAsync(board, BoardFixture.Media());

        documents!.Left = 0;
        for (var tries = 0; tries < 5; tries++) await board.Sweep.RunAsync(Stop);
        documents.Left = int.MaxValue;
        await board.Sweep.RunAsync(Stop);

        Assert.Equal((AssetState.Planned, null), await board.AssetAsync() is var asset ? (asset.State, asset.Problem) : default);
    }

    private static Asset New => new()
    {
        Id = "title",
        State = AssetState.Inspecting,
        Title = "title",
        FileName = "title.mp4",
        SizeBytes = 1,
        MasterKey = "masters/title",
        CreatedAt = default,
    };

    private static async Task AcceptAsync(BoardFixture board, MediaReport media) => await board.Documents.Set(Asset.Schema).UpdateAsync(
        "title", a => a with { State = AssetState.Accepted, MasterKey = "masters/other", Media = media }, Stop);
}
