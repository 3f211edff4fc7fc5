using FlickStream.Platform.Contracts;
using FlickStream.Platform.Documents;
using FlickStream.Transcoder.Board;
using FlickStream.Transcoder.Planning;

namespace FlickStream.Transcoder.Tests.Board;

public sealed class CollectionTests
{
    private static CancellationToken Stop => BoardFixture.Stop;

    [Fact]
    public async Task What_the_next_encoding_shares_stays_when_the_one_before_goes()
    {
        await using var board = new BoardFixture();
        var first = await board.ReadyAsync("title");
        board.Planning = new() { MaxHeight = 234 };
        var second = await board.AgainAsync();
        await board.FinishAsync(second);
        await board.ReadyAsync("other");

        await board.Sweep.RunAsync(Stop);
        Assert.Null((await board.AsideAsync(first.Plan.Revision))!.LetGoAt);
        await board.ReleaseAsync(first.Plan.Revision);
        await board.Sweep.RunAsync(Stop);

        Assert.NotNull((await board.AsideAsync(first.Plan.Revision))!.LetGoAt);
        Assert.Equal(
            [$"{first.Plan.Revision}/a1-128k", $"{first.Plan.Revision}/a1-40k", $"{first.Plan.Revision}/v234"],
            (await RunsOfAsync(board, "title")).Order(StringComparer.Ordinal));
        Assert.Equal(3, (await RunsOfAsync(board, "other")).Count);
        Assert.Empty(await board.StepsAsync(first.Id));
        Assert.Equal(JobState.Done, (await board.JobAsync(first.Id)).State);
        Assert.NotEmpty(await board.StepsAsync(second.Id));
    }

    [Fact]
    public async Task A_part_goes_with_the_last_encoding_that_uses_it_in_whatever_order_they_go()
    {
        await using var board = new BoardFixture();
        var first = await board.ReadyAsync("title");
        board.Planning = new() { MaxHeight = 234 };
        var second = await board.AgainAsync();
        await board.FinishAsync(second);
        board.Planning = new() { Quality = 30 };
        var third = await board.AgainAsync();
        await board.FinishAsync(third);

        await board.ReleaseAsync(first.Plan.Revision);
        await board.ReleaseAsync(second.Plan.Revision);
        await board.Sweep.RunAsync(Stop);

        // The sound is the same throughout.
        Assert.Equal(
            new[]
            {
                $"{first.Plan.Revision}/a1-128k", $"{first.Plan.Revision}/a1-40k", $"{third.Plan.Revision}/v234", $"{third.Plan.Revision}/v360",
            }.Order(StringComparer.Ordinal),
            await board.RunsAsync());
    }

    [Fact]
    public async Task What_was_given_up_goes_with_the_next_encoding_but_not_while_a_worker_may_write_it()
    {
        await using var board = new BoardFixture { Planning = new() { MaxHeight = 234 } };
        await board.ReadyAsync("title");
        board.Planning = new() { Quality = 30 };
        var left = await board.AgainAsync();
        var claims = await board.ClaimAllAsync();
        await board.Spreader.EndAsync(left.Id, JobState.Cancelled, null, Stop);
        board.Planning = new();
        await board.FinishAsync(await board.AgainAsync());

        await board.Sweep.RunAsync(Stop);
        Assert.Null((await board.AsideAsync(left.Plan.Revision))!.LetGoAt);
        foreach (var claim in claims) await board.Jobs.LetGoAsync(claim, Stop);
        await board.Sweep.RunAsync(Stop);

        Assert.NotNull((await board.AsideAsync(left.Plan.Revision))!.LetGoAt);
        Assert.Null(await board.Documents.Set(Job.Schema).GetAsync(left.Id, Stop));
        Assert.Empty(await board.StepsAsync(left.Id));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_was_given_up_goes_by_itself_when_it_has_lain_long_enough_and_can_be_begun_anew(bool isCancelled)
    {
        var end = isCancelled ? JobState.Cancelled : JobState.Failed;
        await using var board = new BoardFixture { Planning = new() { MaxHeight = 234 } };
        var first = await board.ReadyAsync("title");
        var playing = await board.RunsAsync();
        board.Planning = new();
        var left = await board.AgainAsync();
        await board.EncodeAllAsync(left);
        foreach (var claim in (await board.StepsAsync(left.Id)).Where(step => step.Owner is not null))
            await board.Jobs.HandBackAsync(new Claim(Step.IdOf(left.Id, claim.Name), claim, left), Stop);
        await board.Spreader.EndAsync(left.Id, end, null, Stop);

        board.Clock.Advance(new BoardOptions().GivenUpStay - TimeSpan.FromMinutes(1));
        await board.Sweep.RunAsync(Stop);
        Assert.Null((await board.AsideAsync(left.Plan.Revision))!.ReleasedAt);
        board.Clock.Advance(TimeSpan.FromMinutes(1));
        await board.Sweep.RunAsync(Stop);

        Assert.NotNull((await board.AsideAsync(left.Plan.Revision))!.LetGoAt);
        Assert.Equal(playing, await board.RunsAsync());
        Assert.Empty(await board.StepsAsync(left.Id));
        Assert.Equal(first.Plan.Revision, (await board.CurrentAsync()).Revision);
        Assert.Equal(end, (await board.JobAsync(left.Id)).State);

        // It begins when Ingest has removed the media.
        var anew = await board.AgainAsync();
        await board.Sweep.RunAsync(Stop);
        Assert.Equal((JobState.Queued, null), await board.JobAsync(anew.Id) is var waiting ? (waiting.State, waiting.Problem) : default);
        Assert.Empty(await board.StepsAsync(anew.Id));
        await board.Documents.Set(Presentation.Schema).DeleteAsync(Presentation.AsideId("title", left.Plan.Revision), null, Stop);
        await board.Sweep.RunAsync(Stop);
        await board.FinishAsync(anew);
        Assert.Equal((left.Id, left.Plan.Revision), (anew.Id, (await board.CurrentAsync()).Revision));
    }

    [Fact]
    public async Task A_job_that_another_process_cancels_while_it_begins_leaves_nothing_that_nobody_collects()
    {
        var (made, documents, asset, plan) = await WithMorePlannedAsync();
        await using var board = made;
        documents.Before = (
            Presentation.AsideId("title", plan.Revision),
            () => board.Spreader.EndAsync(Job.IdOf("title", plan.Revision), JobState.Cancelled, null, Stop));

        await board.Encode.AgainAsync(asset, 0, Stop);

        Assert.Equal(PresentationState.Cancelled, (await board.AsideAsync(plan.Revision))!.State);
        Assert.NotNull((await board.AsideAsync(plan.Revision))!.GivenUpAt);
    }

    [Fact]
    public async Task What_was_begun_for_a_cancelled_job_by_a_process_that_died_amid_it_goes_too()
    {
        var (made, documents, asset, plan) = await WithMorePlannedAsync();
        await using var board = made;
        documents.Before = (Presentation.AsideId("title", plan.Revision), async () =>
        {
            await board.Spreader.EndAsync(Job.IdOf("title", plan.Revision), JobState.Cancelled, null, Stop);
            documents.Left = 1;
        });
        await Assert.ThrowsAsync<IOException>(() => board.Encode.AgainAsync(asset, 0, Stop));
        documents.Left = int.MaxValue;
        Assert.Equal(PresentationState.Encoding, (await board.AsideAsync(plan.Revision))!.State);

        board.Clock.Advance(new BoardOptions().GivenUpStay);
        await board.Sweep.RunAsync(Stop);

        Assert.True(await board.AsideAsync(plan.Revision) is { State: PresentationState.Cancelled, LetGoAt: not null });
    }

    [Fact]
    public async Task What_was_given_up_and_is_made_again_stays()
    {
        await using var board = new BoardFixture { Planning = new() { MaxHeight = 234 } };
        await board.ReadyAsync("title");
        board.Planning = new();
        var left = await board.AgainAsync();
        await board.Spreader.EndAsync(left.Id, JobState.Cancelled, null, Stop);
        await board.AgainAsync();

        board.Clock.Advance(new BoardOptions().GivenUpStay * 2);
        await board.Sweep.RunAsync(Stop);

        Assert.Equal((PresentationState.Encoding, null), ((await board.AsideAsync(left.Plan.Revision))!.State, (await board.AsideAsync(left.Plan.Revision))!.RetiredAt));
    }

    [Fact]
    public async Task A_deleted_asset_takes_all_its_encodings_along()
    {
        await using var board = new BoardFixture();
        await board.ReadyAsync("title");
        board.Planning = new() { MaxHeight = 234 };
        await board.FinishAsync(await board.AgainAsync());
        board.Planning = new() { Quality = 30 };
        await board.AgainAsync();
        await board.Documents.Set(Asset.Schema).UpdateAsync("title", a => a with { State = AssetState.Deleted }, Stop);

        await board.Sweep.RunAsync(Stop);

        Assert.Equal(0, await board.Documents.Set(Presentation.Schema).CountAsync([], Stop));
        Assert.Equal(0, await board.Documents.Set(Job.Schema).CountAsync([], Stop));
        Assert.Empty(await board.RunsAsync());
    }

    private static async Task<List<string>> RunsOfAsync(BoardFixture board, string assetId)
    {
        var runs = new List<string>();
        var query = new DocumentQuery { Filters = [DocumentFilter.Equal("asset", assetId)] };
        await foreach (var run in board.Documents.Set(SegmentRun.Schema).QueryAllAsync(query, Stop))
            runs.Add($"{run.Value.Revision}/{run.Value.Rendition}");
        return runs;
    }

    /// <summary>A title of one rung that is ready, and the plan of a whole ladder for it, which no job has yet.</summary>
    private static async Task<(BoardFixture Board, FailingDocuments Documents, Asset Asset, EncodingPlan Plan)> WithMorePlannedAsync()
    {
        FailingDocuments? documents = null;
        var board = new BoardFixture(real => documents = new FailingDocuments(real)) { Planning = new() { MaxHeight = 234 } };
        await board.ReadyAsync("title");
        board.Planning = new();
        var asset = await board.AssetAsync();
        return (board, documents!, asset, EncodingPlan.For(asset.Media!, board.Planning, asset.Source).Over(await board.CurrentAsync()));
    }
}
