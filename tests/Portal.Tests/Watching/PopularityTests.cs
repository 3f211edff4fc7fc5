using System.Text.Json;
using FlickStream.Platform.Documents;
using FlickStream.Portal.Catalog.Titles;
using FlickStream.Portal.Tests.Catalog;
using FlickStream.Portal.Watching.Plays;
using FlickStream.Portal.Watching.Popularity;
using Microsoft.Extensions.DependencyInjection;

namespace FlickStream.Portal.Tests.Watching;

public sealed class PopularityTests
{
    private static readonly TimeSpan Week = TimeSpan.FromDays(7);
    private static readonly DateTimeOffset Start = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public void It_orders_titles_as_sums_that_decay_would()
    {
        var random = new Random(7);
        for (var round = 0; round < 200; round++)
        {
            var plays = Enumerable.Range(0, 2).Select(_ => Enumerable.Range(0, random.Next(1, 9)).Select(_ => (Day: random.NextDouble() * 60, Share: 0.02 + (random.NextDouble() * 0.98))).ToList()).ToList();
            var kept = plays.Select(title => title.Aggregate(0.0, (sum, play) => PopularityScale.With(sum, play.Share, Start.AddDays(play.Day), Week))).ToList();
            var decayed = plays.Select(title => title.Sum(play => play.Share * Math.Pow(2, -(60 - play.Day) / 7))).ToList();
            Assert.Equal(decayed[0] > decayed[1], kept[0] > kept[1]);
            var rescaled = kept.Select(sum => PopularityScale.Rescaled(sum, Start.AddDays(60), Week, TimeSpan.FromDays(30))).ToList();
            Assert.Equal(kept[0] > kept[1], rescaled[0] > rescaled[1]);
            Assert.All(rescaled, sum => Assert.True(sum > 0));
        }
    }

    [Fact]
    public async Task What_is_watched_now_comes_before_what_was_watched_more_long_ago_and_twice_counted_is_once()
    {
        await using var portal = await PortalHost.StartAsync();
        using var studio = await Studio.OfAsync(portal);
        var (old, current, unseen) = (await MovieAsync("B old"), await MovieAsync("C current"), await MovieAsync("A unseen"));
        var series = await studio.PublishAsync(Series.Of("D series"));
        var season = await studio.PublishAsync(Series.Part("season", series, 1));
        var episode = await studio.PublishAsync(Series.Part("episode", season, 1));
        for (var i = 0; i < 3; i++) await PlayedAsync(old, $"a{i}", daysAgo: 21);
        await PlayedAsync(current, "a1");
        await PlayedAsync(current, "a2", share: 0.01);
        await PlayedAsync(episode, "a1", share: 0.5, partOf: [season, series]);
        portal.Clock.Advance(TimeSpan.FromMinutes(3));

        var count = portal.Services.GetRequiredService<PopularityCount>();
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => count.CountAsync(Ct)));
        Assert.Equal([current, series, old, unseen], await OrderAsync());
        var before = await PopularityAsync(current);
        await count.CountAsync(Ct);
        Assert.Equal(before, await PopularityAsync(current));
        Assert.Equal(await PopularityAsync(series), await PopularityAsync(episode));
        var point = PopularityScale.With(0, 1, portal.Clock.GetUtcNow() - TimeSpan.FromMinutes(3), Week);
        Assert.Equal(point, before, 1e-9);

        // One account that plays all the time counts once an hour.
        for (var i = 0; i < 20; i++) await PlayedAsync(series, "a9");
        portal.Clock.Advance(TimeSpan.FromMinutes(3));
        await count.CountAsync(Ct);
        Assert.InRange(await PopularityAsync(series), point, point + 1);

        // Editors see no edit in it.
        Assert.Equal("\"r2\"", (await studio.GetAsync(current)).Tag);

        async Task<string> MovieAsync(string name) => await studio.PublishAsync(Studio.Movie(name));

        Task PlayedAsync(string title, string account, double share = 1, string[]? partOf = null, int daysAgo = 0) => portal.Services.GetRequiredService<PlayStore>().AddAsync(
            new Play
            {
                Id = Guid.NewGuid().ToString("n"), AccountId = account, ProfileId = account, TitleId = title, Kind = "movie", PartOf = partOf ?? [],
                StartedAt = portal.Clock.GetUtcNow(), SeenAt = portal.Clock.GetUtcNow(), ClosedAt = portal.Clock.GetUtcNow().AddDays(-daysAgo), DurationSeconds = 100,
                WatchedSeconds = 100 * share,
            },
            Ct);

        async Task<string[]> OrderAsync()
        {
            var page = JsonElement.Parse(await portal.Anonymous.GetStringAsync("/api/titles?sort=popularity", Ct));
            return [.. page.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("id").GetString()!)];
        }

        async Task<double> PopularityAsync(string title) =>
            (await portal.Services.GetRequiredService<IDocuments>().Set(Title.Schema).GetAsync(title, Ct))!.Value.Popularity;
    }
}
