using System.Net;
using System.Text.Json;
using FlickStream.Portal.Profiles;
using FlickStream.Portal.Tests.Accounts;
using FlickStream.Portal.Tests.Catalog;
using FlickStream.Portal.Tests.Subscriptions;
using FlickStream.Portal.Watching;
using FlickStream.Portal.Watching.Plays;
using FlickStream.Portal.Watching.Shelves;
using Microsoft.Extensions.DependencyInjection;

namespace FlickStream.Portal.Tests.Watching;

/// <summary>A write that never comes stands for a node that is killed before it.</summary>
public sealed class KilledNodeTests : IAsyncLifetime
{
    private ContendedDocuments _documents = null!;
    private PortalHost _portal = null!;
    private Studio _studio = null!;
    private Person _viewer = null!;

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
    }

    public async ValueTask DisposeAsync()
    {
        _viewer.Dispose();
        _studio.Dispose();
        await _portal.DisposeAsync();
    }

    [Theory]
    [InlineData(typeof(Progress))]
    [InlineData(typeof(TitlesOfProfile))]
    [InlineData(typeof(ShelfEntry))]
    public async Task What_a_node_that_is_killed_at_the_last_word_of_a_player_left_undone_is_made_up_for(Type unwritten)
    {
        var (shelves, profile, known, title) = (_portal.Services.GetRequiredService<ShelfStore>(), await ProfileAsync(), await MovieAsync(), await MovieAsync());
        await _viewer.WatchAsync(_portal, known, 100);
        Assert.Equal([known], await shelves.WatchedAsync(profile, Ct));

        var play = await _viewer.PlayAsync(title);
        _portal.Clock.Advance(TimeSpan.FromSeconds(100));
        _documents.BeforeInsertion = DieAsync;
        _documents.BeforeReplacement<TitlesOfProfile>(() => DieAsync(new TitlesOfProfile { AccountId = profile.AccountId }));
        using var answer = await Viewer.AskToBeatAsync(
            _portal, new { token = play.GetProperty("token").GetString(), positionSeconds = 100, state = "closed" });
        Assert.Equal(HttpStatusCode.InternalServerError, answer.StatusCode);
        _documents.BeforeInsertion = null;

        _portal.Clock.Advance(TimeSpan.FromMinutes(16));
        await _portal.Services.GetRequiredService<WatchingSweep>().SweepAsync(Ct);
        Assert.Equal(new[] { known, title }.Order(StringComparer.Ordinal), (await shelves.WatchedAsync(profile, Ct)).Order(StringComparer.Ordinal));
        Assert.Equal([(title, 100, false), (known, 100, false)], await _viewer.ContinuedAsync());
        Assert.NotNull((await _portal.Services.GetRequiredService<PlayStore>().GetAsync(play.GetProperty("streamId").GetString()!, Ct))!.ClosedAt);

        Task DieAsync(object written) => written.GetType() == unwritten ? throw new IOException("The node is killed.") : Task.CompletedTask;
    }

    [Fact]
    public async Task A_watched_title_that_a_node_which_was_killed_did_not_tell_of_is_known_once_its_player_is_closed()
    {
        var (shelves, profile, known, title) = (_portal.Services.GetRequiredService<ShelfStore>(), await ProfileAsync(), await MovieAsync(), await MovieAsync());
        await _viewer.WatchAsync(_portal, known, 100);
        Assert.Equal([known], await shelves.WatchedAsync(profile, Ct));

        var play = await _viewer.PlayAsync(title);
        _portal.Clock.Advance(TimeSpan.FromSeconds(100));
        await _viewer.BeatAsync(play, 100);
        _documents.BeforeReplacement<TitlesOfProfile>(() => throw new IOException("The node is killed."));
        using var look = await _viewer.Browser.GetAsync("/api/continue-watching", Ct);
        Assert.Equal(HttpStatusCode.InternalServerError, look.StatusCode);
        _portal.Clock.Advance(TimeSpan.FromSeconds(10));
        await _viewer.BeatAsync(play, 110, "closed");
        Assert.Equal(new[] { known, title }.Order(StringComparer.Ordinal), (await shelves.WatchedAsync(profile, Ct)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task The_last_word_of_a_player_that_woke_is_not_lost_with_a_node_that_is_killed()
    {
        var (sweep, title) = (_portal.Services.GetRequiredService<WatchingSweep>(), await MovieAsync());
        var play = await _viewer.PlayAsync(title);
        _portal.Clock.Advance(TimeSpan.FromSeconds(100));
        await _viewer.BeatAsync(play, 100);
        _portal.Clock.Advance(TimeSpan.FromMinutes(16));
        await sweep.SweepAsync(Ct);
        var over = await PlayAsync(play);

        _documents.BeforeReplacement<Progress>(() => throw new IOException("The node is killed."));
        using var answer = await Viewer.AskToBeatAsync(
            _portal, new { token = play.GetProperty("token").GetString(), positionSeconds = 130, state = "closed" });
        Assert.Equal(HttpStatusCode.InternalServerError, answer.StatusCode);
        _portal.Clock.Advance(TimeSpan.FromMinutes(16));
        await sweep.SweepAsync(Ct);
        Assert.Equal([(title, 130, false)], await _viewer.ContinuedAsync());
        // For popularity it was over when it was first closed.
        Assert.Equal((true, over.ClosedAt), ((await PlayAsync(play)).IsOver, (await PlayAsync(play)).ClosedAt));
    }

    [Fact]
    public async Task What_a_player_tells_while_it_is_ended_is_not_lost_with_a_node_that_is_killed()
    {
        var (sweep, title) = (_portal.Services.GetRequiredService<WatchingSweep>(), await MovieAsync());
        var play = await _viewer.PlayAsync(title);
        _portal.Clock.Advance(TimeSpan.FromSeconds(100));
        await _viewer.BeatAsync(play, 100);
        _portal.Clock.Advance(TimeSpan.FromMinutes(16));
        _documents.BeforeReplacement<Play>(async () =>
        {
            await _viewer.BeatAsync(play, 130);
            _documents.BeforeReplacement<Progress>(() => throw new IOException("The node is killed."));
        });
        await Assert.ThrowsAsync<IOException>(() => sweep.SweepAsync(Ct));
        _portal.Clock.Advance(TimeSpan.FromMinutes(16));
        await sweep.SweepAsync(Ct);
        Assert.Equal([(title, 130, false)], await _viewer.ContinuedAsync());
        Assert.True((await PlayAsync(play)).IsOver);
    }

    private async Task<Play> PlayAsync(JsonElement play) =>
        (await _portal.Services.GetRequiredService<PlayStore>().GetAsync(play.GetProperty("streamId").GetString()!, Ct))!;

    private Task<string> MovieAsync() => Playable.MovieAsync(_portal, _studio);

    private async Task<Profile> ProfileAsync()
    {
        var account = (await _viewer.AccountAsync()).GetProperty("id").GetString()!;
        return Assert.Single(await _portal.Services.GetRequiredService<ProfileStore>().ReadAsync(account, Ct));
    }
}
