using FlickStream.Platform.Contracts;
using FlickStream.Platform.Problems;
using FlickStream.Transcoder.Board;
using FlickStream.Transcoder.Jobs;
using FlickStream.Transcoder.Planning;

namespace FlickStream.Transcoder.Tests.Board;

public sealed class ExtrasTests
{
    private static readonly StepFault Fault = new(FaultCause.Attempt, ProblemReport.Of(BoardProblems.EncodeFailed));

    private static CancellationToken Stop => BoardFixture.Stop;

    [Fact]
    public async Task A_title_goes_without_a_ladder_that_fails_for_good_and_says_so()
    {
        await using var board = new BoardFixture { Planning = new() { Hevc = true, Av1 = true } };
        var job = await board.AddAsync("title");

        await FailAsync(board, job, "video-0001-v360-hevc");

        var steps = await board.StepsAsync(job.Id);
        Assert.All(steps.Where(step => step.Plan.Renditions.Contains("v360-hevc")), step => Assert.False(step.IsOpen));
        Assert.Equal((StepState.Failed, "encode_failed"), Find(steps, "video-0001-v360-hevc") is var failed ? (failed.State, failed.LastError?.Code) : default);
        await board.FinishAsync(job);
        var title = await board.CurrentAsync();
        Assert.Equal(PresentationState.Ready, title.State);
        Assert.Equal(["v360", "v234", "v360-av1"], title.Video.Select(rung => rung.Name));
        Assert.Equal(("ladder_left_out", "hevc"), Assert.Single(title.Notices) is var notice ? (notice.Code, notice.Subject) : default);
        Assert.Equal(JobState.Done, (await board.JobAsync(job.Id)).State);

        var again = await board.AgainAsync();
        Assert.All(again.Plan.Steps().Where(step => step.Kind == StepKind.Video), step => Assert.Equal(["v360-hevc"], step.Renditions));
        await board.FinishAsync(again);
        Assert.Empty((await board.CurrentAsync()).Notices);
    }

    [Fact]
    public async Task Leaving_a_ladder_out_can_be_killed_between_any_two_writes()
    {
        for (var writes = 0; ; writes++)
        {
            FailingDocuments? documents = null;
            await using var board = new BoardFixture(real => documents = new FailingDocuments(real)) { Planning = new() { Hevc = true } };
            var job = await board.AddAsync("title", seconds: 8);
            await FailAsync(board, job, "video-0000-v360-hevc", attempts: 2);
            var last = await ClaimAsync(board, job, "video-0000-v360-hevc");

            documents!.Left = writes;
            var isKilled = await Record.ExceptionAsync(() => board.Jobs.FailAsync(last, Fault, Stop)) is IOException;
            documents.Left = int.MaxValue;
            board.Clock.Advance(TimeSpan.FromMinutes(1));
            await board.Sweep.RunAsync(Stop);
            if (Find(await board.StepsAsync(job.Id), last.Step.Name).State == StepState.Ready)
                await board.Jobs.FailAsync(await ClaimAsync(board, job, last.Step.Name), Fault, Stop);
            await board.FinishAsync(job);

            Assert.Equal(JobState.Done, (await board.JobAsync(job.Id)).State);
            Assert.Equal(["v360", "v234"], (await board.CurrentAsync()).Video.Select(rung => rung.Name));
            if (!isKilled) break;
        }
    }

    [Fact]
    public async Task A_ladder_that_is_all_a_job_was_to_add_makes_it_fail_and_the_title_plays_on()
    {
        await using var board = new BoardFixture();
        var first = await board.ReadyAsync("title");
        board.Planning = new() { Av1 = true };
        var job = await board.AgainAsync();

        await FailAsync(board, job, "video-0000-v360-av1");

        Assert.Equal((JobState.Failed, "encode_failed"), await board.JobAsync(job.Id) is var now ? (now.State, now.Problem?.Code) : default);
        Assert.Equal((first.Plan.Revision, PresentationState.Ready), await board.CurrentAsync() is var title ? (title.Revision, title.State) : default);
    }

    [Fact]
    public async Task A_job_that_is_retried_tries_what_it_left_out_too()
    {
        await using var board = new BoardFixture { Planning = new() { Hevc = true } };
        var job = await board.AddAsync("title");
        await FailAsync(board, job, "video-0000-v360-hevc");
        await FailAsync(board, job, "video-0001-a");

        await RetryJob.Handle(job.Id, Asking.Operator(), board.Documents, board.Spreader, Stop);
        await board.FinishAsync(job);

        Assert.Equal(["v360", "v234", "v360-hevc"], (await board.CurrentAsync()).Video.Select(rung => rung.Name));
        Assert.Empty((await board.CurrentAsync()).Notices);
    }

    [Fact]
    public async Task What_the_title_opens_with_makes_its_job_fail()
    {
        await using var board = new BoardFixture { Planning = new() { Hevc = true } };
        var job = await board.AddAsync("title");

        await FailAsync(board, job, "video-0001-a");

        Assert.Equal(JobState.Failed, (await board.JobAsync(job.Id)).State);
    }

    [Theory]
    [InlineData("v2160-hevc", "v2160-hevc", "v2160-hevc")]
    [InlineData("v1440-hevc", "v1440-hevc", "v1440-hevc")]
    [InlineData("v360-hevc", "hevc", "v2160-hevc v1440-hevc v1080-hevc v720-hevc v540-hevc v432-hevc v360-hevc")]
    public void A_large_rung_goes_alone_and_the_small_ones_take_their_ladder_along(string failed, string subject, string names)
    {
        var job = Open(EncodingPlan.For(Planning.Media.Of(3840, 2160), new() { Hevc = true, MaxHeight = 2160 }));

        var without = Extras.Without(job, job.Plan.Steps().First(step => step.Renditions.Contains(failed)), Fault.Problem)!;

        Assert.Equal((subject, names), (Assert.Single(without.Notices).Subject, string.Join(' ', without.LeftOut)));
    }

    [Fact]
    public void A_ladder_is_told_of_once_though_a_rung_of_it_failed_before()
    {
        var job = Open(EncodingPlan.For(Planning.Media.Of(3840, 2160), new() { Hevc = true, MaxHeight = 2160 }));
        foreach (var failed in (string[])["v2160-hevc", "v360-hevc", "v360-hevc"])
            job = Extras.Without(job, job.Plan.Steps().First(step => step.Renditions.Contains(failed)), Fault.Problem)!;

        Assert.Equal("hevc", Assert.Single(job.Notices).Subject);
        Assert.Equal(7, job.LeftOut.Count);
    }

    [Fact]
    public async Task What_was_made_of_a_ladder_that_was_left_out_goes_with_its_encoding()
    {
        await using var board = new BoardFixture { Planning = new() { Hevc = true } };
        var job = await board.AddAsync("title");
        var run = new SegmentRun { AssetId = "title", Revision = job.Plan.Revision, Rendition = "v360-hevc", Chunk = 0, First = 0, Segments = [] };
        await board.Documents.Set(SegmentRun.Schema).InsertAsync(SegmentRun.IdOf("title", job.Plan.Revision, "v360-hevc", 0), run, Stop);
        await FailAsync(board, job, "video-0001-v360-hevc");
        await board.FinishAsync(job);
        board.Planning = new() { Quality = 30 };
        await board.FinishAsync(await board.AgainAsync());

        await board.ReleaseAsync(job.Plan.Revision);
        await board.Sweep.RunAsync(Stop);

        Assert.DoesNotContain($"{job.Plan.Revision}/v360-hevc", await board.RunsAsync());
    }

    private static Job Open(EncodingPlan plan) => new()
    {
        Id = "job",
        AssetId = "title",
        Title = "title",
        MasterKey = "masters/title",
        State = JobState.Running,
        Priority = 0,
        Plan = plan,
        CreatedAt = default,
        IsUnspread = false,
    };

    private static async Task FailAsync(BoardFixture board, Job job, string step, int? attempts = null)
    {
        for (var attempt = 0; attempt < (attempts ?? new BoardOptions().MaxAttempts); attempt++)
        {
            await board.Jobs.FailAsync(await ClaimAsync(board, job, step), Fault, Stop);
            board.Clock.Advance(TimeSpan.FromMinutes(1));
        }
    }

    /// <summary>One step in the hands of a worker, and no other.</summary>
    private static async Task<Claim> ClaimAsync(BoardFixture board, Job job, string step)
    {
        Claim? found = null;
        foreach (var claim in await board.ClaimAllAsync())
        {
            if (claim.StepId == Step.IdOf(job.Id, step)) found = claim;
            else await board.Jobs.HandBackAsync(claim, Stop);
        }

        return found ?? throw new InvalidOperationException($"Step {step} cannot be claimed.");
    }

    private static Step Find(IEnumerable<Step> steps, string name) => steps.Single(step => step.Name == name);
}
