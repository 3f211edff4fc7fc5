using System.Net;
using FlickStream.Platform.Documents;
using FlickStream.Portal.Tests.Accounts;
using FlickStream.Portal.Tests.Catalog;
using FlickStream.Portal.Tests.Subscriptions;
using FlickStream.Portal.Watching.Plays;
using FlickStream.Portal.Watching.Shelves;
using Microsoft.Extensions.DependencyInjection;

namespace FlickStream.Portal.Tests.Watching;

/// <summary>What is deleted from history in the moment in which something is kept.</summary>
public sealed class ForgettingTests : IAsyncLifetime
{
    private ContendedDocuments _documents = null!;
    private PortalHost _portal = null!;
    private Studio _studio = null!;
    private Person _viewer = null!;
    private string[] _episodes = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _portal = await PortalHost.StartAsync(
            new() { ["Origin:ReleaseInterval"] = "01:00:00", ["Origin:WithdrawalInterval"] = "01:00:00" }, hasOrigin: true,
            through: real => _documents = new ContendedDocuments(real));
        _studio = await Studio.OfAsync(_portal);
        _viewer = await Person.RegisteredAsync(_portal);
        await _viewer.SubscribeAsync("basic");
        await _viewer.EnterAsync();
        var season = await _studio.PublishAsync(Series.Part("season", await _studio.PublishAsync(Series.Of("Series")), 1));
        _episodes = [await EpisodeAsync(1), await EpisodeAsync(2), await EpisodeAsync(3)];

        async Task<string> EpisodeAsync(int number)
        {
            var (content, asset) = (Series.Part("episode", season, number), await _studio.AssetAsync());
            await Playable.EncodedAsync(_portal, asset);
            content["assetId"] = asset;
            return await _studio.PublishAsync(content);
        }
    }

    public async ValueTask DisposeAsync()
    {
        _viewer.Dispose();
        _studio.Dispose();
        await _portal.DisposeAsync();
    }

    [Theory]
    [InlineData("playing", false)]
    [InlineData("playing", true)]
    [InlineData("closed", false)]
    [InlineData("closed", true)]
    public async Task What_is_deleted_while_it_is_kept_does_not_come_back(string state, bool isKeptByHalf)
    {
        await _viewer.WatchAsync(_portal, _episodes[0], 200);
        var play = await _viewer.PlayAsync(_episodes[1]);
        _portal.Clock.Advance(TimeSpan.FromSeconds(100));
        if (isKeptByHalf) _documents.BeforeReplacement<ShelfEntry>(ForgetAsync);
        else
        {
            _documents.BeforeInsertion = async written =>
            {
                if (written is not Progress) return;
                _documents.BeforeInsertion = null;
                await ForgetAsync();
            };
        }

        await _viewer.BeatAsync(play, 100, state);
        Assert.Equal([(_episodes[0], 200, false)], await _viewer.ContinuedAsync());
        Assert.Equal([_episodes[0]], (await _viewer.ListAsync("/api/history")).Select(item => item.GetProperty("titleId").GetString()));

        async Task ForgetAsync() => Assert.Equal(HttpStatusCode.NoContent, (await _viewer.Browser.DeleteAsync($"/api/history/{_episodes[1]}", Ct)).StatusCode);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Another_episode_that_is_kept_while_the_last_one_is_deleted_is_where_its_series_goes_on(bool isKnown)
    {
        if (isKnown) await _viewer.WatchAsync(_portal, _episodes[0], 200);
        await _viewer.WatchAsync(_portal, _episodes[1], 100);
        var plays = _portal.Services.GetRequiredService<IDocuments>().Set(Play.Schema);
        var last = Assert.Single((await plays.QueryAsync(new() { Filters = [DocumentFilter.Equal("title", _episodes[1])] }, Ct)).Items).Value;

        // By a node that was slow: what it keeps is from before the last one, which it still found on the shelf.
        var slow = last with { TitleId = _episodes[0], PositionSeconds = 300, MovedAt = last.MovedAt - TimeSpan.FromSeconds(1) };
        var shelves = _portal.Services.GetRequiredService<ShelfStore>();
        if (isKnown) _documents.BeforeReplacement<ShelfEntry>(() => shelves.KeepAsync(slow, Ct));
        else
        {
            _documents.BeforeDeletion = async type =>
            {
                if (type != typeof(ShelfEntry)) return;
                _documents.BeforeDeletion = null;
                await shelves.KeepAsync(slow, Ct);
            };
        }

        Assert.Equal(HttpStatusCode.NoContent, (await _viewer.Browser.DeleteAsync($"/api/history/{_episodes[1]}", Ct)).StatusCode);
        Assert.Equal([(_episodes[0], 300, false)], await _viewer.ContinuedAsync());
    }
}
