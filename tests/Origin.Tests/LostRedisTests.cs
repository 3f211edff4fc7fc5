using System.Net;
using FlickStream.Engines;

namespace FlickStream.Origin.Tests;

public sealed class LostRedisTests : IAsyncLifetime
{
    private readonly RedisServer _server = new();

    public async ValueTask InitializeAsync() => await _server.StartAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Viewers_play_on_and_limits_hold_a_process_where_the_option_says_so()
    {
        await using var host = await StartAsync("CountAlone");
        var grant = await host.GrantAsync(SharedRedisTests.Limited(1));
        await _server.KillAsync();
        host.Time.Advance(TimeSpan.FromSeconds(30));
        using var playlist = await SharedRedisTests.PlayAsync(host, grant);
        Assert.Equal(HttpStatusCode.OK, playlist.StatusCode);
        using var refused = await host.AskAsync(SharedRedisTests.Limited(1));
        await Refusals.AssertAsync(refused, 403, "stream_limit");
    }

    [Fact]
    public async Task Streams_with_a_limit_are_refused_with_a_code_where_the_option_says_so_until_it_is_back()
    {
        await using var host = await StartAsync("Refuse");
        var (limited, free) = (await host.GrantAsync(SharedRedisTests.Limited(1)), await host.GrantAsync());
        await _server.KillAsync();
        host.Time.Advance(TimeSpan.FromSeconds(30));

        // Known streams are not asked for again before half a heartbeat has passed; this one is due.
        using var playing = await SharedRedisTests.PlayAsync(host, limited);
        await Refusals.AssertAsync(playing, 503, "limits_unavailable");
        using var unlimited = await SharedRedisTests.PlayAsync(host, free);
        Assert.Equal(HttpStatusCode.OK, unlimited.StatusCode);

        // Stopping works all the same.
        using var ended = await GrantTests.SendAsync(host, HttpMethod.Delete, $"/api/playback/{free["grantId"]}");
        Assert.Equal(HttpStatusCode.NoContent, ended.StatusCode);

        await _server.StartAgainAsync();
        await SharedRedisTests.UntilAsync(async () =>
            (await SharedRedisTests.PlayAsync(host, limited)).StatusCode == HttpStatusCode.OK);
    }

    private Task<OriginHost> StartAsync(string whileAway) => OriginHost.StartAsync(
        settings: SharedRedisTests.Settings(_server, "a:", ("Platform:Redis:LeasesWhileAway", whileAway)));
}
