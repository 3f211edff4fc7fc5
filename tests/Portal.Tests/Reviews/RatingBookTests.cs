using FlickStream.Platform.Documents;
using FlickStream.Portal.Profiles;
using FlickStream.Portal.Reviews;
using FlickStream.Portal.Reviews.Marks;
using FlickStream.Portal.Reviews.Ratings;
using FlickStream.Portal.Tests.Subscriptions.Simulation;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace FlickStream.Portal.Tests.Reviews;

/// <summary>Nodes that write reviews of one title at once, and are killed in the midst.</summary>
public sealed class RatingBookTests
{
    private const string Title = "0123456789abcdef";

    private static readonly string[] Reviewers = [.. Enumerable.Range(0, 12).Select(i => $"p{i}")];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task A_rating_is_what_its_reviews_are_however_many_nodes_write_them_and_die(int seed)
    {
        await using var disk = new TestDocuments();
        var time = new FakeTimeProvider();
        var fate = new Fate(seed);
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(
            async () =>
            {
                for (var act = 0; act < 60; act++)
                {
                    try
                    {
                        await ActAsync(new FaultyDocuments(disk.Documents, fate, _ => { }, 0.03), fate, time);
                    }
                    catch (NodeKilledException)
                    {
                        // Another goes on.
                    }
                }
            },
            Ct)));
        Assert.True(fate.Kills > 5, $"{fate.Kills} were killed.");

        time.Advance(TimeSpan.FromMinutes(5));
        var (book, reviews) = (new RatingBook(disk.Documents), disk.Documents.Set(Review.Schema));
        var store = new ReviewStore(disk.Documents, book, time);
        var marks = new MarkStore(disk.Documents, Options.Create(new ReviewOptions()), time);
        var sweep = new ReviewSweep(store, new ReviewRemoval(store, marks, time), marks, time);
        await Task.WhenAll(sweep.SweepAsync(Ct), sweep.SweepAsync(Ct));
        var left = (await reviews.QueryAsync(new() { Limit = 1000 }, Ct)).Items.Select(item => item.Value).ToList();
        Assert.All(left, review => Assert.True(review.IsCounted && review.State != ReviewState.Deleted));
        Assert.Equal(left.Count, left.Select(review => review.ProfileId).Distinct().Count());
        var counted = Enumerable.Range(1, 10).Select(rating => (long)left.Count(review => review.State == ReviewState.Shown && review.Rating == rating));
        Assert.Equal(counted, (await book.OfAsync(Title, Ct)).Counts);
        foreach (var reviewer in Reviewers)
            Assert.Equal(left.Where(review => review.ProfileId == reviewer && review.Rating is not null).Select(review => review.TitleId), await store.RatedAsync(Of(reviewer), Ct));
    }

    [Fact]
    public async Task What_is_taken_back_while_it_is_first_counted_is_in_no_rating()
    {
        await using var disk = new TestDocuments();
        var (time, contended) = (new FakeTimeProvider(), new ContendedDocuments(disk.Documents));
        var (here, there) = (Store(contended), Store(disk.Documents));
        await there.PutAsync(Of("p0"), Title, before => ReviewMoves.Write(before, 5, null, false, time.GetUtcNow()), Ct);
        contended.BeforeReplacement<TitleRating>(async () =>
        {
            var marks = new MarkStore(disk.Documents, Options.Create(new ReviewOptions()), time);
            var mine = (await there.FindAsync("p1", Title, Ct))!;
            await there.ChangeAsync(mine.Id, review => ReviewMoves.Delete(review, time.GetUtcNow()), Ct);
            await new ReviewRemoval(there, marks, time).FinishAsync(mine, Ct);
        });
        await here.PutAsync(Of("p1"), Title, before => ReviewMoves.Write(before, 8, null, false, time.GetUtcNow()), Ct);
        Assert.Null(await there.FindAsync("p1", Title, Ct));
        var counts = (await new RatingBook(disk.Documents).OfAsync(Title, Ct)).Counts;
        Assert.Equal((1, 0), (counts[4], counts[7]));

        ReviewStore Store(IDocuments documents) => new(documents, new RatingBook(documents), time);
    }

    [Fact]
    public async Task What_is_rated_while_a_profile_s_ratings_are_read_for_the_first_time_is_among_them()
    {
        await using var disk = new TestDocuments();
        var (time, contended) = (new FakeTimeProvider(), new ContendedDocuments(disk.Documents));
        var (here, there) = (new ReviewStore(contended, new RatingBook(contended), time), new ReviewStore(disk.Documents, new RatingBook(disk.Documents), time));
        Task RateAsync(string title) => there.PutAsync(Of("p"), title, before => ReviewMoves.Write(before, 5, null, false, time.GetUtcNow()), Ct);
        await RateAsync("first");
        contended.BeforeReplacement<TitlesOfProfile>(async () =>
        {
            await RateAsync("second");
            await there.ChangeAsync((await there.FindAsync("p", "first", Ct))!.Id, review => ReviewMoves.Delete(review, time.GetUtcNow()), Ct);
        });
        Assert.Equal(["second"], await here.RatedAsync(Of("p"), Ct));
        Assert.Equal(["second"], await there.RatedAsync(Of("p"), Ct));
    }

    [Fact]
    public async Task What_is_rated_before_a_profile_s_ratings_are_noted_for_the_first_time_is_among_them()
    {
        await using var disk = new TestDocuments();
        var (time, contended) = (new FakeTimeProvider(), new ContendedDocuments(disk.Documents));
        var (here, there) = (new ReviewStore(contended, new RatingBook(contended), time), new ReviewStore(disk.Documents, new RatingBook(disk.Documents), time));
        Task RateAsync(string title) => there.PutAsync(Of("p"), title, before => ReviewMoves.Write(before, 5, null, false, time.GetUtcNow()), Ct);
        await RateAsync("first");
        contended.BeforeInsertion = written => written is TitlesOfProfile ? RateAsync("second") : Task.CompletedTask;
        Assert.Equal(["first", "second"], (await here.RatedAsync(Of("p"), Ct)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task What_is_taken_back_while_a_profile_s_ratings_are_read_for_the_first_time_is_not_among_them()
    {
        await using var disk = new TestDocuments();
        var (time, contended) = (new FakeTimeProvider(), new ContendedDocuments(disk.Documents));
        var (here, there) = (new ReviewStore(contended, new RatingBook(contended), time), new ReviewStore(disk.Documents, new RatingBook(disk.Documents), time));
        foreach (var title in new[] { "first", "second" })
            await there.PutAsync(Of("p"), title, before => ReviewMoves.Write(before, 5, null, false, time.GetUtcNow()), Ct);
        contended.BeforeReplacement<TitlesOfProfile>(async () =>
            await there.ChangeAsync((await there.FindAsync("p", "first", Ct))!.Id, review => ReviewMoves.Delete(review, time.GetUtcNow()), Ct));
        Assert.Equal(["second"], await here.RatedAsync(Of("p"), Ct));
    }

    [Fact]
    public async Task What_is_taken_back_while_it_is_noted_as_rated_is_not_noted()
    {
        await using var disk = new TestDocuments();
        var (time, contended) = (new FakeTimeProvider(), new ContendedDocuments(disk.Documents));
        var (here, there) = (new ReviewStore(contended, new RatingBook(contended), time), new ReviewStore(disk.Documents, new RatingBook(disk.Documents), time));
        Task RateAsync(ReviewStore store, string title) => store.PutAsync(Of("p"), title, before => ReviewMoves.Write(before, 5, null, false, time.GetUtcNow()), Ct);
        await RateAsync(there, "first");
        await there.RatedAsync(Of("p"), Ct);
        contended.BeforeReplacement<TitlesOfProfile>(async () =>
            await there.ChangeAsync((await there.FindAsync("p", "second", Ct))!.Id, review => ReviewMoves.Delete(review, time.GetUtcNow()), Ct));
        await RateAsync(here, "second");
        Assert.Equal(["first"], await there.RatedAsync(Of("p"), Ct));
    }

    private static Profile Of(string id) => new() { Id = id, AccountId = "a", Place = 1, Content = new(), CreatedAt = default };

    private static async Task ActAsync(FaultyDocuments node, Fate fate, TimeProvider time)
    {
        var store = new ReviewStore(node, new RatingBook(node), time);
        var profile = Of(fate.Pick(Reviewers));
        var (act, rating, now) = (fate.Next(), fate.Pick(Enumerable.Range(1, 10).ToArray()), time.GetUtcNow());
        if (act < 0.2) await store.RatedAsync(profile, Ct);
        if (act < 0.6)
        {
            await store.PutAsync(profile, Title, before => ReviewMoves.Write(before, rating, null, false, now), Ct);
            return;
        }

        if (await store.FindAsync(profile.Id, Title, Ct) is not { } known) return;
        var marks = new MarkStore(node, Options.Create(new ReviewOptions()), time);
        if (act < 0.7) await store.ChangeAsync(known.Id, review => ReviewMoves.Remove(review, "no", now), Ct);
        else if (act < 0.8) await store.ChangeAsync(known.Id, review => ReviewMoves.Show(review, now), Ct);
        else if (await store.ChangeAsync(known.Id, review => ReviewMoves.Delete(review, now), Ct) is null) await new ReviewRemoval(store, marks, time).FinishAsync(known, Ct);
    }
}
