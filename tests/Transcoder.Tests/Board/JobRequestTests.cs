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

        var answer = await SetPriority.Handle(job.Id, new SetPriority.Request(priority), board.Documents, board.Spreader, Stop);

        Assert.Equal("bad_priority", CodeOf(answer.Result));
        Assert.Equal(0, (await board.JobAsync(job.Id)).Priority);
    }

    [Theory]
    [InlineData("1", 50, "bad_state")]
    [InlineData("", 50, "bad_state")]
    [InlineData("Queued", 50, "bad_state")]
    [InlineData(null, 0, "bad_limit")]
    [InlineData(null, 201, "bad_limit")]
    public async Task A_list_of_no_known_state_or_size_is_refused(string? state, int limit, string code)
    {
        await using var board = new BoardFixture();

        var answer = await ListJobs.Handle(board.Documents, Stop, state, limit: limit);

        Assert.Equal(code, CodeOf(answer.Result));
    }

    [Fact]
    public async Task An_unknown_state_is_refused_for_one_asset_too()
    {
        await using var board = new BoardFixture();

        Assert.Equal("bad_state", CodeOf((await ListJobs.Handle(board.Documents, Stop, "nonsense", "title")).Result));
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

        var answer = await ListJobs.Handle(board.Documents, Stop, state);

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

        var answer = await ListJobs.Handle(board.Documents, Stop, state, job.AssetId);

        Assert.Equal(expected, Assert.IsType<Ok<ListJobs.Page>>(answer.Result).Value!.Items.Count);
    }

    private static object? CodeOf(IResult result) => Assert.IsType<ProblemHttpResult>(result).ProblemDetails.Extensions["code"];
}
