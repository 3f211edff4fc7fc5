using System.Text.Json;
using FlickStream.Platform;
using FlickStream.Platform.Contracts;
using FlickStream.Platform.Documents;
using FlickStream.Transcoder.Board;
using FlickStream.Transcoder.Jobs;
using FlickStream.Transcoder.Planning;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace FlickStream.Transcoder.Tests.Board;

public sealed class AgainTests
{
    private static readonly PlanningOptions Low = new() { MaxHeight = 234 };

    private static CancellationToken Stop => BoardFixture.Stop;

    [Fact]
    public async Task A_new_rung_is_made_alone_and_takes_the_rest_from_where_it_lies()
    {
        await using var board = new BoardFixture { Planning = Low };
        var first = await board.ReadyAsync("title");
        board.Planning = new();

        var job = await board.AgainAsync();
        var steps = (await board.StepsAsync(job.Id)).Select(s => s.Plan).OrderBy(s => s.Rank).ToList();
        await board.FinishAsync(job);

        Assert.All(steps.Where(s => s.Kind == StepKind.Video), s => Assert.Equal(["v360"], s.Renditions));
        Assert.DoesNotContain(steps, s => s.Kind == StepKind.Audio || s.MakesSprite || s.MakesPlayable);
        var current = await board.CurrentAsync();
        Assert.Equal(PresentationState.Ready, current.State);
        Assert.Equal(
            [$"{job.Plan.Revision}/v360/", $"{first.Plan.Revision}/v234/", $"{first.Plan.Revision}/a1-128k/", $"{first.Plan.Revision}/a1-40k/"],
            current.RenditionParts().Select(p => $"{p.Revision}/{p.Name}"));
        Assert.Equal(first.Plan.Revision, current.SpritesPart().Revision);
    }

    [Fact]
    public async Task What_plays_keeps_its_place_until_the_next_is_whole_and_then_lies_aside()
    {
        await using var board = new BoardFixture { Planning = Low };
        var first = await board.ReadyAsync("title");
        board.Planning = new();
        var job = await board.AgainAsync();
        var publish = await board.EncodeAllAsync(job);

        Assert.Equal(first.Plan.Revision, (await board.CurrentAsync()).Revision);
        Assert.Equal(PresentationState.Encoding, (await board.AsideAsync(job.Plan.Revision))!.State);
        await board.Publish.RunAsync(publish, Stop);

        Assert.Equal(job.Plan.Revision, (await board.CurrentAsync()).Revision);
        Assert.Equal(board.Clock.GetUtcNow(), (await board.AsideAsync(first.Plan.Revision))!.RetiredAt);
        Assert.Null(await board.AsideAsync(job.Plan.Revision));
    }

    [Fact]
    public async Task Nothing_is_made_again_that_the_options_would_make_just_so()
    {
        await using var board = new BoardFixture();
        var job = await board.ReadyAsync("title");
        board.Planning = new() { MaxHeight = 720 }; // The master has 360 lines.

        Assert.Equal("up_to_date", await AskAsync(board));

        Assert.Equal(1, await board.Documents.Set(Job.Schema).CountAsync([], Stop));
        Assert.Equal(job.Plan.Revision, (await board.CurrentAsync()).Revision);
    }

    /// <summary>How far keyframes lie apart was not looked at by earlier versions.</summary>
    [Fact]
    public async Task A_plan_waits_for_what_it_would_be_wrong_without()
    {
        await using var board = new BoardFixture { Planning = Low };
        await board.ReadyAsync("title");
        var assets = board.Documents.Set(Asset.Schema);
        Task KnowAsync(double? lead) => assets.UpdateAsync(
            "title", a => a with { IsLeadWanted = false, Media = a.Media! with { Container = "mpegts", Video = a.Media.Video! with { LeadSeconds = lead } } }, Stop);
        board.Planning = new();
        await KnowAsync(null);

        Assert.Equal("master_measured", await AskAsync(board));
        Assert.True((await board.AssetAsync("title")).IsLeadWanted);
        var migration = new Migration { Id = "m", State = MigrationState.Running, Priority = -10, CreatedAt = board.Clock.GetUtcNow(), Assets = 1 };
        Assert.Equal(BoardProblems.JobOpen, (await board.Encode.MigrateAsync(await board.AssetAsync("title"), migration, Stop)).Problem);
        Assert.False(await board.Encode.TakeAsync(await board.AssetAsync("title"), Stop));
        Assert.Equal(1, await board.Documents.Set(Job.Schema).CountAsync([], Stop));

        await KnowAsync(3);
        Assert.NotNull((await board.AgainAsync()).Plan);
    }

    [Fact]
    public async Task An_encoding_of_an_earlier_version_knows_by_its_job_how_it_was_made()
    {
        await using var board = new BoardFixture { Planning = Low };
        await board.ReadyAsync("title");
        await board.Documents.Set(Presentation.Schema).UpdateAsync(
            "title",
            p => p with
            {
                Video = [.. p.Video.Select(v => v with { Source = null })],
                Audio = [.. p.Audio.Select(a => a with { Source = null })],
                Sprites = null,
                Poster = null,
            },
            Stop);

        Assert.Equal("up_to_date", await AskAsync(board));
        board.Planning = new();
        Assert.Equal(["v360"], (await board.AgainAsync()).Plan.Steps().First().Renditions);
    }

    [Fact]
    public async Task One_job_of_an_asset_is_open_at_a_time()
    {
        await using var board = new BoardFixture { Planning = Low };
        await board.ReadyAsync("title");
        board.Planning = new();
        await board.AgainAsync();

        Assert.Equal("job_open", await AskAsync(board));
        Assert.Equal("asset_not_found", await AskAsync(board, "nobody"));
        Assert.Equal("bad_priority", await AskAsync(board, priority: 101));
    }

    [Fact]
    public async Task Options_that_come_back_make_new_keys_and_not_the_old_ones_again()
    {
        await using var board = new BoardFixture();
        var revisions = new List<string> { (await board.ReadyAsync("title")).Plan.Revision };
        for (var i = 0; i < 4; i++)
        {
            board.Planning = i % 2 == 0 ? Low : new();
            var job = await board.AgainAsync();
            await board.FinishAsync(job);
            revisions.Add(job.Plan.Revision);
        }

        Assert.Equal(5, revisions.Distinct().Count());
    }

    [Fact]
    public async Task What_is_not_whole_gives_way_at_once()
    {
        await using var board = new BoardFixture();
        var first = await board.AddAsync("title");
        await board.Spreader.EndAsync(first.Id, JobState.Cancelled, null, Stop);
        board.Planning = Low;

        var job = await board.AgainAsync();

        var current = await board.CurrentAsync();
        Assert.Equal((job.Plan.Revision, PresentationState.Encoding), (current.Revision, current.State));
        Assert.NotNull((await board.AsideAsync(first.Plan.Revision))!.RetiredAt);
        Assert.Equal("job_open", await RetryAsync(board, first.Id));
        await board.FinishAsync(job);
        Assert.Equal("job_superseded", await RetryAsync(board, first.Id));
        Assert.Equal(job.Plan.Revision, (await board.CurrentAsync()).Revision);
    }

    [Fact]
    public async Task A_first_encoding_that_was_cancelled_goes_on_too()
    {
        await using var board = new BoardFixture();
        var first = await board.AddAsync("title");
        await board.Spreader.EndAsync(first.Id, JobState.Cancelled, null, Stop);

        Assert.Equal(first.Id, (await board.AgainAsync()).Id);

        Assert.Equal(PresentationState.Encoding, (await board.CurrentAsync()).State);
    }

    [Fact]
    public async Task A_ladder_that_is_wanted_no_more_goes_though_there_is_nothing_to_make()
    {
        await using var board = new BoardFixture { Planning = new() { Av1 = true } };
        await board.ReadyAsync("title");
        board.Planning = new();

        await board.FinishAsync(await board.AgainAsync());

        Assert.Equal(["v360", "v234"], (await board.CurrentAsync()).Video.Select(rung => rung.Name));
    }

    [Fact]
    public async Task A_cancelled_encoding_goes_on_when_it_is_asked_for_again()
    {
        await using var board = new BoardFixture { Planning = Low };
        await board.ReadyAsync("title");
        board.Planning = new();
        var job = await board.AgainAsync();
        await board.Jobs.FinishAsync((await board.ClaimAllAsync())[0], Stop);
        await board.Spreader.EndAsync(job.Id, JobState.Cancelled, null, Stop);
        Assert.Equal(PresentationState.Cancelled, (await board.AsideAsync(job.Plan.Revision))!.State);

        var again = await board.AgainAsync();

        Assert.Equal(job.Id, again.Id);
        Assert.Contains(await board.StepsAsync(job.Id), s => s.State == StepState.Done);
        Assert.Equal(PresentationState.Encoding, (await board.AsideAsync(job.Plan.Revision))!.State);
    }

    [Fact]
    public async Task A_new_master_ends_what_is_made_of_the_old_one_and_takes_nothing_from_it()
    {
        await using var board = new BoardFixture { Planning = Low };
        var first = await board.ReadyAsync("title");
        board.Planning = new();
        var old = await board.AgainAsync();
        await board.Documents.Set(Asset.Schema).UpdateAsync(
            "title", a => a with { State = AssetState.Accepted, MasterKey = "masters/other" }, Stop);

        await board.Sweep.RunAsync(Stop);

        var jobs = await board.Documents.Set(Job.Schema).OpenOfAsync("title", Stop);
        var job = Assert.Single(jobs);
        Assert.Equal(("masters/other", 0), (job.MasterKey, job.Plan.Reused.Count));
        Assert.Equal("job_superseded", (await board.JobAsync(old.Id)).Problem!.Code);
        Assert.Equal(AssetState.Planned, (await board.AssetAsync()).State);
        Assert.Equal(first.Plan.Revision, (await board.CurrentAsync()).Revision);
        await board.FinishAsync(job);
        Assert.Equal(job.Plan.Revision, (await board.CurrentAsync()).Revision);
        Assert.Equal("job_superseded", await RetryAsync(board, old.Id));
    }

    [Fact]
    public async Task A_job_planned_on_what_is_current_no_more_is_not_begun()
    {
        await using var board = new BoardFixture { Planning = Low };
        var first = await board.ReadyAsync("title");
        board.Planning = new();
        var asset = await board.AssetAsync();
        var late = EncodingPlan.For(asset.Media!, new() { Quality = 30 }, asset.Source).Over(await board.CurrentAsync());
        await board.FinishAsync(await board.AgainAsync());
        var job = (await board.JobAsync(first.Id)) with { Id = "late", Plan = late, State = JobState.Queued, IsUnspread = true };
        await board.Documents.Set(Job.Schema).InsertAsync("late", job, Stop);

        await board.Sweep.RunAsync(Stop);

        Assert.Equal((JobState.Cancelled, "job_superseded"), ((await board.JobAsync("late")).State, (await board.JobAsync("late")).Problem!.Code));
        Assert.Null(await board.AsideAsync(late.Revision));
    }

    [Fact]
    public async Task A_title_has_options_of_its_own_until_they_are_taken_back()
    {
        await using var board = new BoardFixture { Planning = Low };
        await board.ReadyAsync("title");
        var first = await AskAsync(board, new EncodeAgain.Request("title", null, Options: Json("""{"maxHeight":360,"hevc":true,"loudness":"-16","protection":"cbcs"}""")));
        var job = await board.JobAsync(Assert.IsType<Created<JobView>>(first).Value!.Id);
        Assert.Equal(
            (360, true, "-16", ContentProtection.Cbcs),
            (job.Plan.Options.MaxHeight, job.Plan.Options.Hevc, job.Plan.Options.Loudness, job.Plan.Options.Protection));
        Assert.Equal("job_open", CodeOf(await AskAsync(board, new EncodeAgain.Request("title", null, Options: Json("""{"av1":true}""")))));
        await board.FinishAsync(job);
        Assert.Equal("up_to_date", await AskAsync(board));
        Assert.Equal((null, 360), ((await board.AssetAsync()).Encoding!.Av1, (await board.AssetAsync()).Encoding!.MaxHeight));

        var back = await AskAsync(board, new EncodeAgain.Request("title", null, Options: Json("{}")));
        job = await board.JobAsync(Assert.IsType<Created<JobView>>(back).Value!.Id);
        Assert.Equal(Low with { }, job.Plan.Options);
    }

    [Theory]
    [InlineData("""{"maxHeight":4000}""")]
    [InlineData("""{"quality":5}""")]
    [InlineData("""{"loudness":"-14"}""")]
    [InlineData("""{"loudness":""}""")]
    [InlineData("""{"protection":"drm"}""")]
    [InlineData("""{"hevk":true}""")]
    [InlineData("[]")]
    public async Task Options_that_no_title_can_have_are_refused(string options)
    {
        await using var board = new BoardFixture { Planning = Low };
        Assert.Equal("encoding_options_invalid", CodeOf(await AskAsync(board, new EncodeAgain.Request("title", null, Options: Json(options)))));
    }

    [Fact]
    public async Task Protection_is_refused_where_its_keys_could_be_lost_and_new_keys_where_there_are_none()
    {
        await using var board = new BoardFixture { Planning = Low };
        await board.ReadyAsync("title");
        var apart = new PlatformOptions { Hosting = PlatformHosting.Apart };
        Assert.Equal("protection_unavailable", CodeOf(await AskAsync(board, new EncodeAgain.Request("title", null, Options: Json("""{"protection":"aes128"}""")), apart)));
        Assert.Equal("not_protected", CodeOf(await AskAsync(board, new EncodeAgain.Request("title", null, NewKeys: true))));
        Assert.Null((await board.AssetAsync()).Encoding);
    }

    private static async Task<string?> AskAsync(BoardFixture board, string assetId = "title", int? priority = null)
    {
        return CodeOf(await AskAsync(board, new EncodeAgain.Request(assetId, priority)));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_nobody_can_decrypt_is_encoded_anew_when_it_is_asked_for(bool newKeys)
    {
        await using var board = new BoardFixture { Planning = new() { MaxHeight = 234, Protection = ContentProtection.Cbcs } };
        var first = await board.ReadyAsync("title");
        Assert.Equal("up_to_date", await AskAsync(board));
        var keys = board.Documents.Set(TitleKeys.Schema);
        Assert.True(await keys.DeleteAsync(TitleKeys.IdOf("title", first.Plan.Revision), cancellationToken: Stop));

        var (begun, _) = await board.Encode.AgainAsync(await board.AssetAsync(), 0, Stop, newKeys);

        var made = begun!.Plan.Steps().SelectMany(step => step.Renditions).Distinct().Order(StringComparer.Ordinal);
        Assert.Equal(["a1-128k", "a1-40k", "v234"], made);
        Assert.DoesNotContain(begun.Plan.Steps(), step => step.Kind is StepKind.Protect or StepKind.Poster);
        await board.FinishAsync(begun);
        Assert.Equal(begun.Plan.Revision, (await board.CurrentAsync()).Revision);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public async Task A_request_that_names_no_asset_is_told_what_is_missing(string? assetId)
    {
        await using var board = new BoardFixture();
        Assert.Equal("asset_id_missing", CodeOf(await AskAsync(board, new EncodeAgain.Request(assetId, null))));
    }

    [Fact]
    public async Task A_studio_has_nothing_encoded_that_is_anothers()
    {
        await using var board = new BoardFixture { Planning = Low };
        await board.ReadyAsync("title");
        var request = new EncodeAgain.Request("title", null, Options: Json("""{"protection":"aes128"}"""));
        Assert.Equal("asset_not_found", CodeOf(await AskAsync(board, request, studio: "other")));
        Assert.Null((await board.AssetAsync()).Encoding);
    }

    private static async Task<object> AskAsync(BoardFixture board, EncodeAgain.Request request, PlatformOptions? platform = null, string? studio = null) =>
        (await EncodeAgain.Handle(request, studio is null ? Asking.Operator() : Asking.Studio(studio), board.Documents, board.Encode, Options.Create(platform ?? new() { Hosting = PlatformHosting.Standalone }), Stop)).Result;

    private static JsonElement Json(string json) => JsonDocument.Parse(json).RootElement;

    private static async Task<string?> RetryAsync(BoardFixture board, string jobId) =>
        CodeOf((await RetryJob.Handle(jobId, Asking.Operator(), board.Documents, board.Spreader, Stop)).Result);

    private static string? CodeOf(object result) =>
        result is ProblemHttpResult problem ? (string?)problem.ProblemDetails.Extensions["code"] : null;
}
