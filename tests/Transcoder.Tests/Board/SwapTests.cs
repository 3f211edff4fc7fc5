using FlickStream.Platform.Contracts;
using FlickStream.Platform.Documents;
using FlickStream.Transcoder.Board;
using FlickStream.Transcoder.Planning;

namespace FlickStream.Transcoder.Tests.Board;

public sealed class SwapTests
{
    private static CancellationToken Stop => BoardFixture.Stop;

    [Fact]
    public async Task A_swap_that_is_killed_between_any_two_writes_is_finished_by_the_next_attempt()
    {
        var writes = 0;
        while (await KilledAfterAsync(writes)) writes++;

        // The candidate is whole, the copy lies aside, the current one is replaced, the candidate goes, what was left is given up, and it waits to
        // be measured.
        Assert.Equal(6, writes);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_job_that_is_cancelled_in_the_moment_of_its_swap_is_cancelled_or_told_that_it_is_done(bool isSwapped)
    {
        FailingDocuments? documents = null;
        await using var board = new BoardFixture(real => documents = new FailingDocuments(real)) { Planning = new() { MaxHeight = 234 } };
        var first = await board.ReadyAsync("title");
        board.Planning = new();
        var job = await board.AgainAsync();
        var publish = await board.EncodeAllAsync(job);
        var isCancelled = false;
        async Task CancelAsync() => isCancelled = await board.Spreader.EndAsync(job.Id, JobState.Cancelled, null, Stop);
        documents!.Before = ("title", !isSwapped ? CancelAsync : () =>
        {
            documents.Before = (Presentation.AsideId("title", job.Plan.Revision), CancelAsync);
            return Task.CompletedTask;
        });

        Assert.Null(await board.Publish.RunAsync(publish, Stop));
        await board.Sweep.RunAsync(Stop);

        Assert.Equal(isSwapped ? (false, JobState.Done) : (true, JobState.Cancelled), (isCancelled, (await board.JobAsync(job.Id)).State));
        Assert.Equal((isSwapped ? job : first).Plan.Revision, (await board.CurrentAsync()).Revision);
        Assert.Equal(isSwapped ? null : PresentationState.Cancelled, (await board.AsideAsync(job.Plan.Revision))?.State);
        if (!isSwapped) await board.FinishAsync(await board.AgainAsync());
        Assert.Equal(job.Plan.Revision, (await board.CurrentAsync()).Revision);
    }

    [Fact]
    public async Task Another_master_that_is_accepted_in_the_moment_of_a_swap_is_what_plays()
    {
        FailingDocuments? documents = null;
        await using var board = new BoardFixture(real => documents = new FailingDocuments(real)) { Planning = new() { MaxHeight = 234 } };
        var first = await board.ReadyAsync("title");
        board.Planning = new();
        var old = await board.AgainAsync();
        var publish = await board.EncodeAllAsync(old);
        documents!.Before = ("title", () => AcceptAsync(board, "masters/other"));

        Assert.Null(await board.Publish.RunAsync(publish, Stop));

        Assert.Equal(first.Plan.Revision, (await board.CurrentAsync()).Revision);
        Assert.Equal((JobState.Cancelled, "job_superseded"), await EndAsync(board, old));
        Assert.Equal(PresentationState.Cancelled, (await board.AsideAsync(old.Plan.Revision))!.State);
        var job = Assert.Single(await board.Documents.Set(Job.Schema).OpenOfAsync("title", Stop));
        await board.FinishAsync(job);
        Assert.Equal(("masters/other", job.Plan.Revision), (job.MasterKey, (await board.CurrentAsync()).Revision));
    }

    [Fact]
    public async Task Another_master_that_is_accepted_while_the_old_one_is_asked_for_again_is_what_plays()
    {
        FailingDocuments? documents = null;
        await using var board = new BoardFixture(real => documents = new FailingDocuments(real)) { Planning = new() { MaxHeight = 234 } };
        await board.ReadyAsync("title");
        board.Planning = new();
        var asset = await board.AssetAsync();
        var late = EncodingPlan.For(asset.Media!, new() { Quality = 30 }, asset.Source).Over(await board.CurrentAsync());
        documents!.Before = (Job.IdOf("title", late.Revision), () => AcceptAsync(board, "masters/other"));

        var (job, problem) = await board.Encode.AgainAsync(asset, 0, Stop, wishes: new() { Quality = 30 });

        Assert.Equal((null, BoardProblems.Superseded), (job, problem));
        Assert.Null((await board.AssetAsync()).Encoding);
        var other = Assert.Single(await board.Documents.Set(Job.Schema).OpenOfAsync("title", Stop));
        await board.FinishAsync(other);
        Assert.Equal(("masters/other", other.Plan.Revision), (other.MasterKey, (await board.CurrentAsync()).Revision));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Of_two_that_are_asked_for_at_once_one_is_made_and_its_options_are_kept(bool isFirstDone)
    {
        FailingDocuments? documents = null;
        await using var board = new BoardFixture(real => documents = new FailingDocuments(real)) { Planning = new() { MaxHeight = 234 } };
        await board.ReadyAsync("title");
        var asset = await board.AssetAsync();
        var (winner, loser) = (new EncodingWishes { MaxHeight = 360 }, new EncodingWishes { Quality = 30 });
        var late = EncodingPlan.For(asset.Media!, board.Planning.For(loser), asset.Source).Over(await board.CurrentAsync());
        Job? won = null;
        documents!.Before = (Job.IdOf("title", late.Revision), async () => won = (await board.Encode.AgainAsync(asset, 0, Stop, wishes: winner)).Job);

        var (job, problem) = await board.Encode.AgainAsync(asset, 0, Stop, wishes: loser);

        Assert.Equal((null, BoardProblems.Superseded), (job, problem));
        Assert.Equal(winner, (await board.AssetAsync()).Encoding);
        if (isFirstDone) await board.FinishAsync(won!);
        else await board.Spreader.EndAsync(won!.Id, JobState.Cancelled, null, Stop);

        // What lost has its turn when it is asked for again.
        (job, _) = await board.Encode.AgainAsync(await board.AssetAsync(), 0, Stop, wishes: loser);
        Assert.Equal(loser, (await board.AssetAsync()).Encoding);
        await board.FinishAsync(job!);
        Assert.Equal(job!.Plan.Revision, (await board.CurrentAsync()).Revision);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_text_that_comes_or_goes_in_the_moment_of_a_swap_does_so_in_what_plays(bool isDeleted)
    {
        FailingDocuments? documents = null;
        await using var board = new BoardFixture(real => documents = new FailingDocuments(real)) { Planning = new() { MaxHeight = 234 } };
        await board.ReadyAsync("title");
        board.Planning = new();
        if (isDeleted) await board.UploadTextAsync("00:01.000 --> 00:02.000\nHello");
        var job = await board.AgainAsync();
        if (isDeleted) await board.Texts.RunAsync(TextId, Stop);
        var publish = await board.EncodeAllAsync(job);
        documents!.Before = ("title", async () =>
        {
            if (isDeleted) await board.Documents.Set(SideText.Schema).UpdateAsync(TextId, t => t with { IsDeleted = true, IsPending = true }, Stop);
            else await board.UploadTextAsync("00:01.000 --> 00:02.000\nHello");
            await board.Texts.RunAsync(TextId, Stop);
        });

        Assert.Null(await board.Publish.RunAsync(publish, Stop));
        await board.Texts.RunAsync(TextId, Stop);

        var current = await board.CurrentAsync();
        Assert.Equal((job.Plan.Revision, isDeleted ? 0 : 1), (current.Revision, current.Text.Count));
        Assert.False((await board.Documents.Set(SideText.Schema).GetAsync(TextId, Stop))!.Value.IsPending);
    }

    private static readonly string TextId = SideText.IdOf("title", "0123abcd");

    private static async Task AcceptAsync(BoardFixture board, string master)
    {
        await board.Documents.Set(Asset.Schema).UpdateAsync(
            "title", a => a with { State = AssetState.Accepted, MasterKey = master, Sha256 = null }, Stop);
        await board.Sweep.RunAsync(Stop);
    }

    private static async Task<(JobState State, string? Code)> EndAsync(BoardFixture board, Job job) =>
        await board.JobAsync(job.Id) is var now ? (now.State, now.Problem?.Code) : default;

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
