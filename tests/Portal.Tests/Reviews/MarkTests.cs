using FlickStream.Platform.Documents;
using FlickStream.Portal.Reviews;
using FlickStream.Portal.Reviews.Marks;
using FlickStream.Portal.Reviews.Ratings;
using FlickStream.Portal.Tests.Subscriptions.Simulation;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace FlickStream.Portal.Tests.Reviews;

/// <summary>What readers say of one review, on nodes that meet and are killed.</summary>
public sealed class MarkTests : IAsyncLifetime
{
    private const string Id = "0123456789abcdef";

    private readonly TestDocuments _disk = new();
    private readonly FakeTimeProvider _time = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => await _disk.Documents.Set(Review.Schema).InsertAsync(
        Id,
        new Review { Id = Id, AccountId = "a", ProfileId = "p", TitleId = "t", Rating = 8, Text = "Good.", StateSince = default, CreatedAt = default, EditedAt = default },
        Ct);

    public ValueTask DisposeAsync() => _disk.DisposeAsync();

    [Fact]
    public async Task One_mark_that_comes_while_another_goes_is_one()
    {
        var contended = new ContendedDocuments(_disk.Documents);
        var (here, there) = (Marks(contended), Marks(_disk.Documents));
        await there.MarkHelpfulAsync(Id, "x", Ct);
        contended.BeforeReplacement<Review>(() => there.UnmarkHelpfulAsync(Id, "x", Ct));
        await here.MarkHelpfulAsync(Id, "b", Ct);
        Assert.Equal(1, (await NowAsync()).Helpful);
    }

    [Fact]
    public async Task A_mark_that_is_taken_back_can_be_made_again()
    {
        var marks = Marks(_disk.Documents);
        foreach (var count in new[] { 1, 0, 1 })
        {
            await (count == 1 ? marks.MarkHelpfulAsync(Id, "x", Ct) : marks.UnmarkHelpfulAsync(Id, "x", Ct));
            Assert.Equal(count, (await NowAsync()).Helpful);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task What_a_node_that_is_killed_leaves_uncounted_the_sweep_counts(int seed)
    {
        var (fate, marked, reported) = (new Fate(seed), 0, 0);
        for (var i = 0; i < 60; i++)
        {
            var (node, account) = (Marks(new FaultyDocuments(_disk.Documents, fate, _ => { }, 0.08)), $"account{i}");
            try
            {
                await node.MarkHelpfulAsync(Id, account, Ct);
                if (i % 3 == 0) await node.UnmarkHelpfulAsync(Id, account, Ct);
                await node.ReportAsync(new(Id, account, "hate", null, _time.GetUtcNow(), Holds: true), Ct);
            }
            catch (NodeKilledException)
            {
                // What it did before stays.
            }
        }

        Assert.True(fate.Kills > 5, $"{fate.Kills} were killed.");
        _time.Advance(TimeSpan.FromMinutes(5));
        var (store, marks) = (new ReviewStore(_disk.Documents, new RatingBook(_disk.Documents), _time), Marks(_disk.Documents));
        for (var sweeps = 0; sweeps < 2; sweeps++) await new ReviewSweep(store, new ReviewRemoval(store, marks, _time), marks, _time).SweepAsync(Ct);
        foreach (var mark in await AllAsync(HelpfulMark.Schema))
        {
            Assert.True(mark is { IsCounted: true, IsGone: false });
            marked++;
        }

        foreach (var report in await AllAsync(Report.Schema))
        {
            Assert.True(report.IsCounted);
            reported++;
        }

        var now = await NowAsync();
        Assert.Equal((marked, reported, ReviewState.Held), (now.Helpful, now.Reports, now.State));
    }

    private MarkStore Marks(IDocuments documents) => new(documents, Options.Create(new ReviewOptions()), _time);

    private async Task<Review> NowAsync() => (await _disk.Documents.Set(Review.Schema).GetAsync(Id, Ct))!.Value;

    private async Task<List<T>> AllAsync<T>(DocumentSchema<T> schema)
        where T : class => [.. (await _disk.Documents.Set(schema).QueryAsync(new() { Limit = 1000 }, Ct)).Items.Select(item => item.Value)];
}
