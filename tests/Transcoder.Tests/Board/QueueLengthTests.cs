using FlickStream.Platform.Documents;
using FlickStream.Platform.Documents.Sqlite;
using FlickStream.Transcoder.Board;

namespace FlickStream.Transcoder.Tests.Board;

/// <summary>What the board asks of its documents must not grow with what waits in it.</summary>
public sealed class QueueLengthTests
{
    private const double TwoHours = 7200;

    private static CancellationToken Stop => BoardFixture.Stop;

    [Fact]
    public async Task A_claim_and_its_end_ask_as_much_of_a_long_queue_as_of_a_short_one()
    {
        var (documents, board) = Watched();
        await using var _ = board;
        await board.AddAsync("short");
        var alone = await LifeAsync();
        for (var i = 0; i < 5; i++) await board.AddAsync($"long-{i}", TwoHours);
        var among = await LifeAsync();

        Assert.Equal(alone, among);
        Assert.Equal(7, alone.Calls); // docs/scale.md reckons with it.

        async Task<(int Calls, int Limits)> LifeAsync()
        {
            await EndAsync(); // The first of a job also begins it.
            documents.Forget();
            await EndAsync();
            return (documents.Calls, documents.Pages.Sum(page => page.Query.Limit));
        }

        async Task EndAsync()
        {
            var claim = await board.Jobs.ClaimAsync("worker", StepLane.Encode, Stop);
            Assert.True(await board.Jobs.FinishAsync(claim!, Stop));
        }
    }

    [Fact]
    public async Task Claiming_and_advancing_read_the_first_entries_of_an_index_and_sort_nothing()
    {
        var (documents, board) = Watched();
        await using var _ = board;
        await board.AddAsync("title", TwoHours);
        documents.Forget();
        var claim = await board.Jobs.ClaimAsync("worker", StepLane.Encode, Stop);
        await board.Jobs.FinishAsync(claim!, Stop);

        var plans = new List<string>();
        foreach (var (_, query) in documents.Pages) plans.Add(await ExplainAsync(documents, query));

        Assert.Contains("USING INDEX ix_steps__state__lane__order (f_state=? AND f_lane=?)", plans[0]);
        Assert.Contains("USING INDEX ix_steps__job__state (f_job=? AND f_state=?)", plans[1]);
        Assert.All(plans, plan => Assert.DoesNotContain("TEMP B-TREE", plan));
    }

    [Fact]
    public async Task The_depth_of_the_queue_is_counted_in_the_index_alone()
    {
        var (documents, board) = Watched();
        await using var _ = board;
        await board.AddAsync("title", TwoHours);
        documents.Forget();

        await board.Jobs.DepthAsync(StepLane.Encode, Stop);

        var counted = Assert.Single(documents.Counts);
        var statement = SqliteQuery.Count(counted.Collection, [.. counted.Filters.Select(f => DocumentRules.Check(f, Step.Schema))]);
        Assert.Contains("USING COVERING INDEX ix_steps__state__lane__order", await ExplainAsync(documents, statement));
    }

    [Fact]
    public async Task A_worker_that_rivals_overtake_looks_further_each_time_but_never_far()
    {
        var (documents, board) = Watched();
        await using var _ = board;
        await board.AddAsync("title", TwoHours);
        documents.Forget();

        documents.Lose(8);
        Assert.NotNull(await board.Jobs.ClaimAsync("worker", StepLane.Encode, Stop));

        Assert.Equal([1, 2, 4, 8, 16, 32, 32, 32, 32], documents.Pages.Select(page => page.Query.Limit));
    }

    [Fact]
    public async Task Rivals_share_what_is_equally_urgent_and_leave_the_rest_for_later()
    {
        var (documents, board) = Watched();
        await using var _ = board;
        await board.AddAsync("older", TwoHours);
        await board.AddAsync("newer", TwoHours);

        documents.Lose(8);
        var claims = new List<Claim>();
        for (var i = 0; i < 5; i++) claims.Add((await board.Jobs.ClaimAsync("worker", StepLane.Encode, Stop))!);

        Assert.Equal([true, true, true, true, false], claims.Select(claim => claim.Step.Plan.MakesPlayable));
    }

    [Fact]
    public async Task Rivals_in_one_lane_do_not_change_the_order_of_the_other()
    {
        var (documents, board) = Watched();
        await using var _ = board;
        await board.AddAsync("title", TwoHours);

        documents.Lose(8);
        await board.Jobs.ClaimAsync("worker", StepLane.Light, Stop);
        documents.Forget();
        await board.Jobs.ClaimAsync("worker", StepLane.Encode, Stop);

        Assert.Equal(1, documents.Pages.First().Query.Limit);
    }

    [Fact]
    public async Task Once_the_rivals_are_gone_the_first_step_goes_first_again()
    {
        var (documents, board) = Watched();
        await using var _ = board;
        await board.AddAsync("title", TwoHours);
        documents.Lose(8);
        for (var i = 0; i < 6; i++) await board.Jobs.ClaimAsync("worker", StepLane.Encode, Stop);

        var rest = (await board.ClaimAllAsync()).Where(claim => claim.Step.Lane == StepLane.Encode).Select(claim => claim.Step.Plan.Rank).ToList();

        Assert.Equal(rest.Order(), rest);
    }

    [Fact]
    public async Task The_jobs_ahead_are_counted_now_and_then_and_not_with_every_report()
    {
        var (documents, board) = Watched();
        await using var _ = board;
        var job = await board.AddAsync("title");
        await board.AddAsync("other");
        documents.Forget();

        for (var second = 0; second < 12; second++)
        {
            await board.Status.ReportAsync(job, evenIfRecent: false, Stop);
            board.Clock.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(2, documents.Counts.Count(count => count.Collection == Job.Schema.Name));
    }

    private static (WatchedDocuments Documents, BoardFixture Board) Watched()
    {
        var board = new BoardFixture(real => new WatchedDocuments(real));
        return ((WatchedDocuments)board.Documents, board);
    }

    private static async Task<string> ExplainAsync(WatchedDocuments documents, DocumentQuery query)
    {
        var plans = new List<string>();
        foreach (var statement in ((SqliteDocumentSet<Step>)documents.Real.Set(Step.Schema)).Plan(query))
            plans.Add(await ExplainAsync(documents, statement));
        return string.Join('\n', plans);
    }

    private static Task<string> ExplainAsync(WatchedDocuments documents, SqliteStatement statement) =>
        ((SqliteDocuments)documents.Real).Database.WriteAsync(
            session =>
            {
                using var reader = session.Read($"EXPLAIN QUERY PLAN {statement.Sql}", statement.Values);
                var lines = new List<string>();
                while (reader.Read()) lines.Add(reader.GetString(3));
                return string.Join('\n', lines);
            },
            Stop);
}
