using FlickStream.Platform.Contracts;
using FlickStream.Platform.Documents;
using FlickStream.Platform.Problems;
using FlickStream.Transcoder.Board;
using FlickStream.Transcoder.Jobs;
using FlickStream.Transcoder.Migrations;
using FlickStream.Transcoder.Planning;
using FlickStream.Transcoder.Workers;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace FlickStream.Transcoder.Tests.Board;

public sealed class MigrationTests
{
    private static CancellationToken Stop => BoardFixture.Stop;

    [Fact]
    public async Task The_whole_library_comes_to_the_options_of_now_a_few_titles_at_a_time()
    {
        await using var board = await LibraryAsync(titles: 7);
        var id = (await StartAsync(board)).Id;
        board.Clock.Advance(TimeSpan.FromSeconds(1));
        await board.AddAsync("later");

        var most = 0;
        for (var sweep = 0; sweep < 20 && (await MigrationAsync(board, id)).State == MigrationState.Running; sweep++)
        {
            await board.Sweep.RunAsync(Stop);
            foreach (var job in (await MigrationAsync(board, id)).Open)
            {
                most = Math.Max(most, (await MigrationAsync(board, id)).Open.Count);
                await board.FinishAsync(await board.JobAsync(job));
            }
        }

        var end = await MigrationAsync(board, id);
        Assert.Equal((MigrationState.Done, 7L, 7L, 0L, 0L), (end.State, end.Seen, end.Done, end.Skipped, end.Failed));
        Assert.Equal(new BoardOptions().MigrationJobs, most);
        for (var i = 0; i < 7; i++) Assert.Equal(2, (await board.CurrentAsync($"title-{i}")).Video.Count);
    }

    [Fact]
    public async Task Titles_that_need_nothing_are_passed_over_and_those_in_work_are_looked_at_again()
    {
        await using var board = await LibraryAsync(titles: 3);
        var (good, _) = await board.Encode.AgainAsync(await board.AssetAsync("title-0"), 0, Stop);
        await board.FinishAsync(good!);
        board.Planning = new() { Quality = 30 };
        var (other, _) = await board.Encode.AgainAsync(await board.AssetAsync("title-1"), 0, Stop);
        board.Planning = new();
        var id = (await StartAsync(board)).Id;

        await board.Sweep.RunAsync(Stop);
        var first = await MigrationAsync(board, id);
        Assert.Equal(("title-1", 1L), (Assert.Single(first.Later), first.Skipped));
        await board.FinishAsync(await board.JobAsync(Assert.Single(first.Open)));
        await board.FinishAsync(other!);
        await board.Sweep.RunAsync(Stop);
        await board.FinishAsync(await board.JobAsync(Assert.Single((await MigrationAsync(board, id)).Open)));
        await board.Sweep.RunAsync(Stop);

        var end = await MigrationAsync(board, id);
        Assert.Equal((MigrationState.Done, 3L, 2L, 1L), (end.State, end.Seen, end.Done, end.Skipped));
    }

    [Fact]
    public async Task A_sweep_that_is_killed_before_it_says_what_it_began_begins_nothing_twice()
    {
        FailingDocuments? documents = null;
        await using var board = await LibraryAsync(titles: 2, real => documents = new FailingDocuments(real));
        var id = (await StartAsync(board)).Id;
        for (var writes = 0; writes < 40; writes++)
        {
            documents!.Left = writes;
            await Record.ExceptionAsync(() => board.Sweep.RunAsync(Stop));
            documents.Left = int.MaxValue;
            Assert.All(
                await Task.WhenAll(Enumerable.Range(0, 2).Select(i => board.Documents.Set(Job.Schema).OpenOfAsync($"title-{i}", Stop))),
                open => Assert.InRange(open.Count, 0, 1));
        }

        await board.Sweep.RunAsync(Stop);
        Assert.Equal(2, (await MigrationAsync(board, id)).Open.Count);
    }

    [Fact]
    public async Task A_cancelled_migration_ends_its_jobs_and_leaves_what_plays()
    {
        await using var board = await LibraryAsync(titles: 6);
        var id = (await StartAsync(board)).Id;
        await board.Sweep.RunAsync(Stop);
        var open = (await MigrationAsync(board, id)).Open;
        Assert.Equal("migration_open", CodeOf((await StartMigration.Handle(null, board.Documents, board.Clock, Stop)).Result));

        await CancelMigration.Handle(id, board.Documents, board.Clock, Stop);
        await board.Sweep.RunAsync(Stop);
        await board.Sweep.RunAsync(Stop);

        Assert.NotEmpty(open);
        foreach (var job in open) Assert.Equal(JobState.Cancelled, (await board.JobAsync(job)).State);
        var end = await MigrationAsync(board, id);
        Assert.Empty(end.Open);
        Assert.Equal((0L, (long)open.Count), (end.Failed, end.Cancelled));
        for (var i = 0; i < 6; i++) Assert.Single((await board.CurrentAsync($"title-{i}")).Video);
        Assert.Equal("migration_ended", CodeOf((await CancelMigration.Handle(id, board.Documents, board.Clock, Stop)).Result));
    }

    [Fact]
    public async Task What_a_studio_asked_for_is_not_ended_with_a_migration()
    {
        await using var board = await LibraryAsync(titles: 3);
        var own = await board.AgainAsync("title-0");
        var id = (await StartAsync(board)).Id;
        await board.Sweep.RunAsync(Stop);
        var migration = await MigrationAsync(board, id);
        Assert.Equal((2, 1L), (migration.Open.Count, migration.Skipped));
        var takenOver = migration.Open[0];
        await board.Spreader.EndAsync(takenOver, JobState.Cancelled, null, Stop);
        Assert.IsType<NoContent>((await RetryJob.Handle(takenOver, Asking.Operator(), board.Documents, board.Spreader, Stop)).Result);

        await CancelMigration.Handle(id, board.Documents, board.Clock, Stop);
        await board.Sweep.RunAsync(Stop);

        Assert.True((await board.JobAsync(own.Id)).IsOpen);
        Assert.True((await board.JobAsync(takenOver)).IsOpen);
        var end = await MigrationAsync(board, id);
        Assert.Equal((0L, 1L, 2L), (end.Failed, end.Cancelled, end.Skipped));
        Assert.Equal("migration_cancelled", (await board.JobAsync(migration.Open[1])).Problem?.Code);
    }

    [Fact]
    public async Task What_was_cancelled_by_hand_or_failed_by_its_master_stays_so_and_what_is_not_whole_is_passed_over()
    {
        await using var board = await LibraryAsync(titles: 4);
        await board.Spreader.EndAsync((await board.AgainAsync("title-0")).Id, JobState.Cancelled, null, Stop);
        var problem = ProblemReport.Of(BoardProblems.EncodeFailed);
        await board.Spreader.EndAsync((await board.AgainAsync("title-1")).Id, JobState.Failed, problem, Stop, isMastersFault: true);
        await board.Spreader.EndAsync((await board.AgainAsync("title-2")).Id, JobState.Failed, problem, Stop);
        await board.Spreader.EndAsync((await board.AddAsync("first")).Id, JobState.Cancelled, null, Stop);
        var id = (await StartAsync(board)).Id;

        await board.Sweep.RunAsync(Stop);

        var migration = await MigrationAsync(board, id);
        Assert.Equal(["title-2", "title-3"], (await Task.WhenAll(migration.Open.Select(board.JobAsync))).Select(job => job.AssetId));
        Assert.Equal(3, migration.Skipped);
    }

    [Fact]
    public async Task A_walk_waits_where_too_much_is_being_encoded_otherwise()
    {
        await using var board = new BoardFixture { Planning = new() { Quality = 30 } };
        for (var i = 0; i < MigrationSweep.MaxLater + 3; i++) await board.AddAsync($"title-{i}");
        board.Planning = new();
        var id = (await StartAsync(board)).Id;

        await board.Sweep.RunAsync(Stop);
        await board.Sweep.RunAsync(Stop);

        var migration = await MigrationAsync(board, id);
        Assert.Equal((MigrationSweep.MaxLater, (long)MigrationSweep.MaxLater, false), (migration.Later.Count, migration.Seen, migration.IsWalked));
    }

    [Fact]
    public async Task Its_jobs_wait_behind_what_studios_wait_for()
    {
        await using var board = await LibraryAsync(titles: 1);
        await StartAsync(board);
        await board.Sweep.RunAsync(Stop);
        var upload = await board.AddAsync("upload");

        Assert.Equal(upload.Id, (await board.Jobs.ClaimAsync("worker", StepLane.Encode, Stop))!.Job.Id);
    }

    [Fact]
    public async Task Steps_that_have_begun_keep_no_upload_from_becoming_playable()
    {
        await using var board = await LibraryAsync(titles: 1);
        await StartAsync(board);
        await board.Sweep.RunAsync(Stop);
        Assert.NotEmpty(await board.ClaimAllAsync());
        Assert.Contains(new WorkerSlot(StepLane.Encode, true), Worker.SlotsOf(new()));
        Assert.Null(await board.Jobs.ClaimAsync("beside", StepLane.Encode, Stop, isOpening: true));
        var upload = await board.AddAsync("upload");

        var taken = new List<string>();
        foreach (var (lane, isOpening) in Worker.SlotsOf(new()).Where(slot => slot.IsOpening))
            while (await board.Jobs.ClaimAsync("beside", lane, Stop, isOpening) is { } claim) taken.Add(claim.Step.Name);

        Assert.Equal(["video-0000-a", "video-0000-b", "audio-a1-128k", "audio-a1-40k"], taken);
        Assert.Equal(
            upload.Plan.Steps().Count(step => !step.MakesPlayable),
            (await board.StepsAsync(upload.Id)).Count(step => step.State is StepState.Ready or StepState.Waiting));
    }

    [Fact]
    public async Task A_studio_that_asks_for_a_migrations_job_has_it_at_its_own_priority()
    {
        await using var board = await LibraryAsync(titles: 1);
        var id = (await StartAsync(board)).Id;
        await board.Sweep.RunAsync(Stop);
        var job = Assert.Single((await MigrationAsync(board, id)).Open);

        var (open, problem) = await board.Encode.AgainAsync(await board.AssetAsync("title-0"), 20, Stop);

        Assert.Equal((BoardProblems.JobOpen, job, 20, null), (problem, open!.Id, open.Priority, open.Migration));
        Assert.All(await board.StepsAsync(job), step => Assert.Equal(20, step.Priority));
    }

    [Fact]
    public async Task A_title_whose_keys_are_gone_is_passed_over()
    {
        await using var board = new BoardFixture { Planning = new() { Protection = ContentProtection.Cbcs } };
        var job = await board.ReadyAsync("secret");
        Assert.True(await board.Documents.Set(TitleKeys.Schema).DeleteAsync(TitleKeys.IdOf("secret", job.Plan.Revision), cancellationToken: Stop));
        await StartMigration.Handle(new StartMigration.Request(null, NewKeys: true), board.Documents, board.Clock, Stop);
        await board.Sweep.RunAsync(Stop);
        var migration = Assert.Single((await ListMigrations.Handle(board.Documents, Stop)).Items);
        Assert.Equal(("done", 1L, 0L), (migration.State, migration.Skipped, migration.Failed));
    }

    [Fact]
    public async Task Each_month_what_is_protected_gets_new_keys_as_it_is_and_the_rest_is_passed_over()
    {
        await using var board = new BoardFixture { Planning = new() { Protection = ContentProtection.Cbcs } };
        await board.ReadyAsync("secret");
        await board.AddAsync("clear");
        await board.Documents.Set(Asset.Schema).UpdateAsync("clear", a => a with { Encoding = new() { Protection = ContentProtection.None } }, Stop);
        await board.Encode.TakeAsync(await board.AssetAsync("clear"), Stop);
        await board.FinishAsync(Assert.Single(await board.Documents.Set(Job.Schema).OpenOfAsync("clear", Stop)));
        board.Planning = new() { Protection = ContentProtection.Cbcs, MaxHeight = 234, Quality = 30 };
        var sweep = new MigrationSweep(
            board.Documents, board.Encode, board.Spreader, board.Clock, Options.Create(new BoardOptions { KeyRotation = TimeSpan.FromDays(30) }), NullLogger<MigrationSweep>.Instance);

        await sweep.RunAsync(Stop);

        var id = Assert.Single((await ListMigrations.Handle(board.Documents, Stop)).Items).Id;
        var migration = await MigrationAsync(board, id);
        var job = await board.JobAsync(Assert.Single(migration.Open));
        Assert.Equal(("secret", 1L), (job.AssetId, migration.Skipped));
        Assert.Equal([StepKind.Protect, StepKind.Publish], job.Plan.Steps().Select(step => step.Kind).Distinct());
        await board.FinishAsync(job);
        await sweep.RunAsync(Stop);
        Assert.Equal(MigrationState.Done, (await MigrationAsync(board, id)).State);
        board.Clock.Advance(TimeSpan.FromDays(29));
        await sweep.RunAsync(Stop);
        Assert.Single((await ListMigrations.Handle(board.Documents, Stop)).Items);
        board.Clock.Advance(TimeSpan.FromDays(2));
        await sweep.RunAsync(Stop);
        Assert.Equal(2, (await ListMigrations.Handle(board.Documents, Stop)).Items.Count);
    }

    [Fact]
    public async Task A_walk_asks_as_much_of_a_large_library_as_of_a_small_one()
    {
        var counts = new List<int>();
        foreach (var titles in new[] { 8, 24 })
        {
            WatchedDocuments? documents = null;
            await using var board = await LibraryAsync(titles, real => documents = new WatchedDocuments(real));
            await StartAsync(board);
            documents!.Forget();
            await board.Sweep.RunAsync(Stop);
            counts.Add(documents.Calls);
        }

        Assert.Equal(counts[0], counts[1]);
    }

    private static async Task<BoardFixture> LibraryAsync(int titles, Func<IDocuments, IDocuments>? documents = null)
    {
        var board = new BoardFixture(documents) { Planning = new() { MaxHeight = 234 } };
        for (var i = 0; i < titles; i++) await board.ReadyAsync($"title-{i}");
        board.Planning = new PlanningOptions();
        return board;
    }

    private static async Task<MigrationView> StartAsync(BoardFixture board) =>
        Assert.IsType<Created<MigrationView>>((await StartMigration.Handle(null, board.Documents, board.Clock, Stop)).Result).Value!;

    private static async Task<Migration> MigrationAsync(BoardFixture board, string id) =>
        (await board.Documents.Set(Migration.Schema).GetAsync(id, Stop))!.Value;

    private static string? CodeOf(object result) =>
        result is ProblemHttpResult problem ? (string?)problem.ProblemDetails.Extensions["code"] : null;
}
