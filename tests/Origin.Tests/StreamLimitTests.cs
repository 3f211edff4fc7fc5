using System.Net;
using System.Text.Json.Nodes;
using FlickStream.Origin.Grants;
using FlickStream.Origin.Segments;
using FlickStream.Platform.Bus;
using FlickStream.Platform.Leases;
using Microsoft.Extensions.DependencyInjection;

namespace FlickStream.Origin.Tests;

public sealed class StreamLimitTests
{
    [Fact]
    public async Task V15_4_2_Of_20_streams_started_at_once_exactly_as_many_play_as_are_allowed()
    {
        await using var host = await OriginHost.StartAsync();
        var responses = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => host.AskAsync(Limited(2))));
        Assert.Equal(2, responses.Count(r => r.IsSuccessStatusCode));
        foreach (var refused in responses.Where(r => !r.IsSuccessStatusCode)) await Refusals.AssertAsync(refused, 403, "stream_limit");
    }

    [Fact]
    public async Task Viewers_and_callers_are_counted_apart()
    {
        await using var host = await OriginHost.StartAsync();
        await host.GrantAsync(Limited(1));
        await host.GrantAsync(Limited(1, "other viewer"));
        using var otherCaller = await host.AskAsync(Limited(1), "key2");
        Assert.Equal(HttpStatusCode.OK, otherCaller.StatusCode);
        using var same = await host.AskAsync(Limited(1));
        await Refusals.AssertAsync(same, 403, "stream_limit");
    }

    [Fact]
    public async Task A_caller_is_told_which_grants_of_its_viewer_hold_places()
    {
        await using var host = await OriginHost.StartAsync();
        var (one, two) = (await host.GrantAsync(Limited(2)), await host.GrantAsync(Limited(2)));
        await host.GrantAsync(Limited(2, "other viewer"));
        Assert.Equal(new[] { (string)one["grantId"]!, (string)two["grantId"]! }.Order(), (await PlayingAsync("key1")).Order());
        Assert.Empty(await PlayingAsync("key2"));
        using var ended = await GrantTests.SendAsync(host, HttpMethod.Delete, $"/api/playback/{one["grantId"]}");
        Assert.Equal([(string)two["grantId"]!], await PlayingAsync("key1"));

        async Task<string[]> PlayingAsync(string key)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/api/playback?viewer=viewer") { Headers = { { KeyHeader.Header, key } } };
            using var answer = await host.Client.SendAsync(request, TestContext.Current.CancellationToken);
            var body = JsonNode.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!;
            return [.. body["grantIds"]!.AsArray().Select(id => (string)id!)];
        }
    }

    /// <summary>Who sends no heartbeats, or is counted in no limit, holds no place by which the grant could be found.</summary>
    [Fact]
    public async Task A_caller_ends_all_that_its_viewer_may_play_and_nothing_of_others()
    {
        await using var host = await OriginHost.StartAsync();
        var (limited, free) = (await host.GrantAsync(Limited(2)), await host.GrantAsync(new { assetId = Sample.AssetId, viewer = "viewer" }));
        var other = await host.GrantAsync(Limited(2, "other viewer"));
        host.Time.Advance(TimeSpan.FromSeconds(76));

        using (var others = await EndAllAsync("?viewer=viewer", "key2")) Assert.Equal(HttpStatusCode.NoContent, others.StatusCode);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(free));
        for (var times = 0; times < 2; times++)
            using (var ended = await EndAllAsync("?viewer=viewer", "key1")) Assert.Equal(HttpStatusCode.NoContent, ended.StatusCode);
        Assert.Equal((HttpStatusCode.Forbidden, HttpStatusCode.Forbidden), (await StatusAsync(limited), await StatusAsync(free)));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(other));
        using var late = await HeartbeatAsync(host, limited);
        await Refusals.AssertAsync(late, 403, "grant_revoked");
        using var unnamed = await EndAllAsync("", "key1");
        await Refusals.AssertAsync(unnamed, 400, "viewer_invalid");

        async Task<HttpStatusCode> StatusAsync(JsonNode grant)
        {
            using var answer = await host.Client.GetAsync((string)grant["hls"]!, TestContext.Current.CancellationToken);
            return answer.StatusCode;
        }

        Task<HttpResponseMessage> EndAllAsync(string query, string key) => host.Client.SendAsync(
            new(HttpMethod.Delete, $"/api/playback{query}") { Headers = { { KeyHeader.Header, key } } }, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Heartbeats_keep_the_place_and_silence_frees_it()
    {
        await using var host = await OriginHost.StartAsync();
        var first = await host.GrantAsync(Limited(1));
        for (var i = 0; i < 5; i++)
        {
            host.Time.Advance(TimeSpan.FromSeconds(30));
            using var beat = await HeartbeatAsync(host, first);
            Assert.Equal(HttpStatusCode.OK, beat.StatusCode);
            using var refused = await host.AskAsync(Limited(1));
            await Refusals.AssertAsync(refused, 403, "stream_limit");
        }

        host.Time.Advance(TimeSpan.FromSeconds(76));
        await host.GrantAsync(Limited(1));
        using var lost = await HeartbeatAsync(host, first);
        await Refusals.AssertAsync(lost, 403, "stream_lost");
    }

    [Fact]
    public async Task Segments_keep_the_place_of_a_player_without_heartbeats()
    {
        await using var host = await OriginHost.StartAsync();
        var play = await host.PlayAsync(Limited(1));
        for (var i = 0; i < 10; i++)
        {
            host.Time.Advance(TimeSpan.FromSeconds(30));
            using var segment = await host.Client.GetAsync(new Uri(play, "v720/0.m4s"), TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.OK, segment.StatusCode);
        }

        using var refused = await host.AskAsync(Limited(1));
        await Refusals.AssertAsync(refused, 403, "stream_limit");
    }

    [Fact]
    public async Task A_silent_player_that_lost_its_place_gets_no_more_segments()
    {
        await using var host = await OriginHost.StartAsync();
        var first = await host.PlayAsync(Limited(1));
        using var playing = await host.Client.GetAsync(new Uri(first, "v720/0.m4s"), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, playing.StatusCode);
        host.Time.Advance(TimeSpan.FromSeconds(76));
        var second = await host.PlayAsync(Limited(1));
        foreach (var name in new[] { "v720/1.m4s", "v720/init.mp4", "v720/media.m3u8", "manifest.mpd" })
        {
            using var refused = await host.Client.GetAsync(new Uri(first, name), TestContext.Current.CancellationToken);
            await Refusals.AssertAsync(refused, 403, "stream_limit");
        }

        using var poster = await host.Client.GetAsync(new Uri(first, "poster.jpg"), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, poster.StatusCode);
        using var allowed = await host.Client.GetAsync(new Uri(second, "v720/1.m4s"), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, allowed.StatusCode);
    }

    [Fact]
    public async Task Ending_a_stream_frees_its_place_at_once()
    {
        await using var host = await OriginHost.StartAsync();
        var first = await host.GrantAsync(Limited(1));
        using var ended = await GrantTests.SendAsync(host, HttpMethod.Delete, $"/api/playback/{first["grantId"]}");
        await host.GrantAsync(Limited(1));
    }

    [Fact]
    public async Task A_heartbeat_that_is_overtaken_by_the_end_of_its_stream_takes_no_place()
    {
        await using var host = await OriginHost.StartAsync();
        var id = (string)(await host.GrantAsync(Limited(1)))["grantId"]!;
        var leases = new OvertakenLeases(
            host.Services.GetRequiredService<ILeases>(), () => GrantTests.SendAsync(host, HttpMethod.Delete, $"/api/playback/{id}"));
        var (grant, refusal) = await ActivatorUtilities.CreateInstance<GrantStore>(host.Services, leases)
            .RenewAsync(id, "key1", TestContext.Current.CancellationToken);
        Assert.Null(grant);
        Assert.Equal("grant_revoked", refusal!.Code);
        await host.GrantAsync(Limited(1));
    }

    [Fact]
    public async Task A_segment_that_is_overtaken_by_the_end_of_its_stream_takes_no_place()
    {
        await using var host = await OriginHost.StartAsync();
        var grant = await host.GrantAsync(Limited(1));
        var leases = new OvertakenLeases(
            host.Services.GetRequiredService<ILeases>(), () => GrantTests.SendAsync(host, HttpMethod.Delete, $"/api/playback/{grant["grantId"]}"));
        var gate = ActivatorUtilities.CreateInstance<Gate>(host.Services, ActivatorUtilities.CreateInstance<StreamPlaces>(host.Services, leases));
        var token = new Uri((string)grant["hls"]!).Segments[2].TrimEnd('/');
        var (claims, refusal) = await gate.AdmitAsync(token.AsMemory(), isPlaying: true, TestContext.Current.CancellationToken);
        Assert.Null(claims);
        Assert.Equal("grant_revoked", refusal!.Code);
        await host.GrantAsync(Limited(1));
    }

    [Fact]
    public async Task A_place_that_was_taken_again_before_its_streams_end_was_heard_of_is_given_back()
    {
        await using var host = await OriginHost.StartAsync();
        var grant = await host.GrantAsync(Limited(1));
        using var playing = await host.Client.GetAsync(new Uri(new Uri((string)grant["hls"]!), "v720/0.m4s"), TestContext.Current.CancellationToken);
        // Another origin has ended it, and gave its place back before the segment took it.
        await host.Services.GetRequiredService<IBus>().PublishAsync(Revocations.Topic, (string)grant["grantId"]!, TestContext.Current.CancellationToken);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(20));
        for (var taken = false; !taken; await Task.Yield())
        {
            limit.Token.ThrowIfCancellationRequested();
            using var answer = await host.AskAsync(Limited(1));
            taken = answer.IsSuccessStatusCode;
        }
    }

    /// <summary>Something else happens just before a place is taken.</summary>
    private sealed class OvertakenLeases(ILeases leases, Func<Task<HttpResponseMessage>> before) : ILeases
    {
        public async ValueTask<bool> AcquireAsync(string group, string holder, int limit, TimeSpan duration, CancellationToken cancellationToken = default)
        {
            using var answer = await before();
            Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
            return await leases.AcquireAsync(group, holder, limit, duration, cancellationToken);
        }

        public ValueTask ReleaseAsync(string group, string holder, CancellationToken cancellationToken = default) =>
            leases.ReleaseAsync(group, holder, cancellationToken);

        public ValueTask<int> CountAsync(string group, CancellationToken cancellationToken = default) => leases.CountAsync(group, cancellationToken);

        public ValueTask<IReadOnlyList<string>> HoldersAsync(string group, CancellationToken cancellationToken = default) =>
            leases.HoldersAsync(group, cancellationToken);
    }

    private static object Limited(int limit, string viewer = "viewer") => new { assetId = Sample.AssetId, viewer, streamLimit = limit };

    private static Task<HttpResponseMessage> HeartbeatAsync(OriginHost host, JsonObject grant) =>
        GrantTests.SendAsync(host, HttpMethod.Post, $"/api/playback/{grant["grantId"]}/heartbeat");
}
