using FlickStream.Platform.Contracts;
using FlickStream.Platform.Documents;
using FlickStream.Transcoder.Board;
using FlickStream.Transcoder.Tests.Board;

namespace FlickStream.Transcoder.Tests.Workers;

public sealed class QualityQueueTests
{
    private static CancellationToken Stop => BoardFixture.Stop;

    [Fact]
    public async Task A_title_that_cannot_be_measured_stays_ready_and_is_tried_again_until_it_is_given_up()
    {
        await using var board = new BoardFixture();
        // Its master is there and no segment is.
        await board.StoreAsync("masters/title");
        await board.ReadyAsync("title");

        var tries = 0;
        for (; await WaitingAsync(board) > 0; board.Clock.Advance(Measurement.PauseAfter(tries)))
        {
            Assert.True(await board.Measurements.MeasureOneAsync(Stop));
            Assert.False(await board.Measurements.MeasureOneAsync(Stop));
            tries++;
        }

        Assert.Equal(Measurement.MostTries, tries);
        var title = await board.CurrentAsync();
        Assert.Equal(PresentationState.Ready, title.State);
        Assert.All(title.Video, rung => Assert.Null(rung.Quality));
    }

    [Fact]
    public async Task What_a_worker_had_taken_that_died_is_measured_by_another()
    {
        FailingDocuments? documents = null;
        await using var board = new BoardFixture(real => documents = new FailingDocuments(real));
        await board.ReadyAsync("title");
        documents!.Left = 1;
        await Assert.ThrowsAsync<IOException>(() => board.Measurements.MeasureOneAsync(Stop));
        documents.Left = int.MaxValue;

        board.Clock.Advance(Measurement.Turn - TimeSpan.FromSeconds(1));
        Assert.False(await board.Measurements.MeasureOneAsync(Stop));
        board.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.True(await board.Measurements.MeasureOneAsync(Stop));

        Assert.Equal(0, await WaitingAsync(board));
    }

    [Fact]
    public async Task A_worker_that_stops_gives_what_it_had_taken_to_the_others()
    {
        FailingDocuments? documents = null;
        await using var board = new BoardFixture(real => documents = new FailingDocuments(real));
        await board.StoreAsync("masters/title");
        var job = await board.ReadyAsync("title");
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        documents!.After = (job.Id, () => stopping.Cancel());

        await Assert.ThrowsAnyAsync<Exception>(() => board.Measurements.MeasureOneAsync(stopping.Token));

        var waiting = (await board.Documents.Set(Measurement.Schema).GetAsync(job.Id, Stop))!.Value;
        Assert.Equal((0, board.Clock.GetUtcNow()), (waiting.Tries, waiting.Due));
    }

    [Fact]
    public async Task However_many_titles_wait_and_workers_look_each_is_measured_once()
    {
        await using var board = new BoardFixture();
        for (var i = 0; i < 5; i++) await board.ReadyAsync($"title-{i}");

        var measured = await Task.WhenAll(Enumerable.Range(0, 4).Select(async _ =>
        {
            var own = 0;
            while (await board.Measurements.MeasureOneAsync(Stop)) own++;
            return own;
        }));

        Assert.Equal((5, 0L), (measured.Sum(), await WaitingAsync(board)));
    }

    [Fact]
    public async Task A_deleted_asset_is_measured_no_more()
    {
        await using var board = new BoardFixture();
        await board.ReadyAsync("title");
        await board.Documents.Set(Asset.Schema).UpdateAsync("title", a => a with { State = AssetState.Deleted }, Stop);

        await board.Sweep.RunAsync(Stop);

        Assert.Equal(0, await WaitingAsync(board));
    }

    private static Task<long> WaitingAsync(BoardFixture board) => board.Documents.Set(Measurement.Schema).CountAsync([], Stop);
}
