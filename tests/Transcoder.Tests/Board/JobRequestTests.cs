using FlickStream.Platform.Access;
using FlickStream.Platform.Contracts;
using FlickStream.Transcoder.Board;
using FlickStream.Transcoder.Jobs;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FlickStream.Transcoder.Tests.Board;

public sealed class JobRequestTests
{
    private static CancellationToken Stop => BoardFixture.Stop;

    [Theory]
    [InlineData(null)]
    [InlineData(-101)]
    [InlineData(101)]
    public async Task A_priority_that_is_missing_or_out_of_range_is_refused(int? priority)
    {
        await using var board = new BoardFixture();
        var job = await board.AddAsync("title");

        var answer = await SetPriority.Handle(job.Id, new SetPriority.Request(priority), Asking.Operator(), board.Documents, board.Spreader, Stop);

        Assert.Equal("bad_priority", CodeOf(answer.Result));
        Assert.Equal(0, (await board.JobAsync(job.Id)).Priority);
    }

    [Theory]
    [InlineData("1", 50, "bad_state")]
    [InlineData("", 50, "bad_state")]
    [InlineData("Queued", 50, "bad_state")]
    [InlineData(null, 0, "limit_invalid")]
    [InlineData(null, 201, "limit_invalid")]
    public async Task A_list_of_no_known_state_or_size_is_refused(string? state, int limit, string code)
    {
        await using var board = new BoardFixture();

        var answer = await ListJobs.Handle(Asking.Operator(), board.Documents, Stop, state, limit: limit);

        Assert.Equal(code, CodeOf(answer.Result));
    }

    [Fact]
    public async Task An_unknown_state_is_refused_for_one_asset_too()
    {
        await using var board = new BoardFixture();

        Assert.Equal("bad_state", CodeOf((await ListJobs.Handle(Asking.Operator(), board.Documents, Stop, "nonsense", "title")).Result));
    }

    [Theory]
    [InlineData(null, 1)]
    [InlineData("open", 1)]
    [InlineData("queued", 1)]
    [InlineData("done", 0)]
    public async Task Jobs_are_listed_by_state(string? state, int expected)
    {
        await using var board = new BoardFixture();
        await board.AddAsync("title");

        var answer = await ListJobs.Handle(Asking.Operator(), board.Documents, Stop, state);

        Assert.Equal(expected, Assert.IsType<Ok<ListJobs.Page>>(answer.Result).Value!.Items.Count);
    }

    [Theory]
    [InlineData(null, 1)]
    [InlineData("queued", 1)]
    [InlineData("open", 1)]
    [InlineData("done", 0)]
    public async Task Jobs_of_an_asset_are_listed_by_state_too(string? state, int expected)
    {
        await using var board = new BoardFixture();
        var job = await board.AddAsync("title");
        await board.AddAsync("other");

        var answer = await ListJobs.Handle(Asking.Operator(), board.Documents, Stop, state, job.AssetId);

        Assert.Equal(expected, Assert.IsType<Ok<ListJobs.Page>>(answer.Result).Value!.Items.Count);
    }

    [Fact]
    public async Task A_studio_finds_and_changes_no_job_of_another()
    {
        await using var board = new BoardFixture();
        var own = await board.AddAsync("own", owner: "studio");
        var job = await board.AddAsync("title", owner: "other");
        var http = Asking.Studio("studio");

        string?[] codes =
        [
            CodeOf((await GetJob.Handle(job.Id, http, board.Documents, Stop)).Result),
            CodeOf((await GetJobLog.Handle(job.Id, http, board.Documents, new StepLog(board.Documents, board.Clock), Stop)).Result),
            CodeOf((await SetPriority.Handle(job.Id, new SetPriority.Request(5), http, board.Documents, board.Spreader, Stop)).Result),
            CodeOf((await CancelJob.Handle(job.Id, http, board.Documents, board.Spreader, Stop)).Result),
            CodeOf((await RetryJob.Handle(job.Id, http, board.Documents, board.Spreader, Stop)).Result),
        ];

        Assert.All(codes, code => Assert.Equal("job_not_found", code));
        Assert.Equal((JobState.Queued, 0), ((await board.JobAsync(job.Id)).State, (await board.JobAsync(job.Id)).Priority));
        Assert.IsType<NoContent>((await SetPriority.Handle(own.Id, new SetPriority.Request(5), http, board.Documents, board.Spreader, Stop)).Result);
        Assert.IsType<NoContent>((await CancelJob.Handle(own.Id, http, board.Documents, board.Spreader, Stop)).Result);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("open")]
    [InlineData("queued")]
    public async Task A_studio_s_list_has_its_own_jobs_alone(string? state)
    {
        await using var board = new BoardFixture();
        var own = await board.AddAsync("own", owner: "studio");
        await board.AddAsync("title", owner: "other");
        await board.AddAsync("early");

        async Task<IEnumerable<string>> ListedAsync(HttpContext http, string? asset = null) =>
            Assert.IsType<Ok<ListJobs.Page>>((await ListJobs.Handle(http, board.Documents, Stop, state, asset)).Result).Value!.Items.Select(job => job.Id);

        Assert.Equal([own.Id], await ListedAsync(Asking.Studio("studio")));
        Assert.Empty(await ListedAsync(Asking.Studio("studio"), "title"));
        Assert.Equal(3, (await ListedAsync(Asking.Operator())).Count());
    }

    [Fact]
    public async Task A_studio_is_told_of_its_own_jobs_alone()
    {
        await using var board = new BoardFixture();
        var job = await board.AddAsync("title", owner: "other");
        var own = await board.AddAsync("own", owner: "studio");
        using var body = new Listening();
        using var left = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        var told = board.Events.FollowAsync(Caller.Of(Asking.Studio("studio")), body, left.Token).GetAsyncEnumerator(left.Token);

        var first = told.MoveNextAsync();
        await body.Began;
        await board.Bus.PublishAsync(Topics.JobChanged, job.Id, Stop);
        await board.Bus.PublishAsync(Topics.JobChanged, own.Id, Stop);

        Assert.True(await first);
        Assert.Equal(own.Id, told.Current.Data.Id);
        await told.DisposeAsync();
    }

    private static string? CodeOf(IResult result) =>
        (string?)Assert.IsType<ProblemHttpResult>(result).ProblemDetails.Extensions["code"];

    /// <summary>A connection that tells when the answer has begun.</summary>
    private sealed class Listening : MemoryStream
    {
        private readonly TaskCompletionSource _began = new();

        public Task Began => _began.Task;

        public override Task FlushAsync(CancellationToken cancellationToken)
        {
            _began.TrySetResult();
            return Task.CompletedTask;
        }
    }
}
