using System.Net;
using System.Text.Json.Nodes;
using FlickStream.Engines;
using FlickStream.Platform.Contracts;
using FlickStream.Platform.Documents;
using FlickStream.Tests;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace FlickStream.Origin.Tests;

/// <summary>Two origins of one installation, on the same documents and the same Redis.</summary>
public sealed class SharedRedisTests(SharedRedis server) : IClassFixture<SharedRedis>, IAsyncLifetime
{
    private readonly FakeTimeProvider _time = new(Sample.Start);
    private OriginHost _one = null!;
    private OriginHost _two = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var settings = Settings(server, RedisServer.NewPrefix(), ("Origin:GrantsPerMinute", "25"));
        _one = await OriginHost.StartAsync(time: _time, settings: settings);
        _two = await OriginHost.StartAsync(time: _time, settings: settings, documents: _one.Documents);
    }

    public async ValueTask DisposeAsync()
    {
        await _two.DisposeAsync();
        await _one.DisposeAsync();
    }

    public static Dictionary<string, string?> Settings(RedisServer server, string prefix, params (string Key, string Value)[] more) =>
        new(more.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value)))
        {
            ["Platform:Bus"] = "Redis",
            ["Platform:Leases"] = "Redis",
            ["Platform:Cache"] = "Redis",
            ["Platform:Redis:Connection"] = server.Connection,
            ["Platform:Redis:KeyPrefix"] = prefix,
            // A busy machine is not to be taken for a server that is away.
            ["Platform:Redis:ConnectTimeout"] = "00:00:10",
            ["Platform:Redis:CommandTimeout"] = "00:00:10",
        };

    [Fact]
    public async Task Of_20_streams_started_at_once_at_both_exactly_as_many_play_as_are_allowed()
    {
        var responses = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => (i % 2 == 0 ? _one : _two).AskAsync(Limited(2))));
        Assert.Equal(2, responses.Count(r => r.IsSuccessStatusCode));
        foreach (var refused in responses.Where(r => !r.IsSuccessStatusCode)) await Refusals.AssertAsync(refused, 403, "stream_limit");
    }

    [Fact]
    public async Task A_stream_is_renewed_and_ended_at_either()
    {
        var grant = await _one.GrantAsync(Limited(1));
        using var beat = await GrantTests.SendAsync(_two, HttpMethod.Post, $"/api/playback/{grant["grantId"]}/heartbeat");
        Assert.Equal(HttpStatusCode.OK, beat.StatusCode);
        using var refused = await _two.AskAsync(Limited(1));
        await Refusals.AssertAsync(refused, 403, "stream_limit");
        using var ended = await GrantTests.SendAsync(_two, HttpMethod.Delete, $"/api/playback/{grant["grantId"]}");
        await _one.GrantAsync(Limited(1));
    }

    [Fact]
    public async Task A_grant_ended_at_one_is_refused_at_the_other_by_the_doorbell_alone()
    {
        var grant = await _one.GrantAsync();
        await UntilAsync(async () => (await PlayAsync(_two, grant)).StatusCode == HttpStatusCode.OK);
        using var ended = await GrantTests.SendAsync(_one, HttpMethod.Delete, $"/api/playback/{grant["grantId"]}");

        // The clock stands still, so nothing is read again by itself.
        await UntilAsync(async () => (await PlayAsync(_two, grant)).StatusCode == HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Grants_of_a_key_are_counted_at_both_together()
    {
        var responses = await Task.WhenAll(Enumerable.Range(0, 40).Select(
            i => (i % 2 == 0 ? _one : _two).AskAsync(new { assetId = Sample.AssetId }, "busy key")));
        Assert.Equal(25, responses.Count(r => r.IsSuccessStatusCode));
        foreach (var refused in responses.Where(r => !r.IsSuccessStatusCode))
        {
            await Refusals.AssertAsync(refused, 429, "rate_limited");
            Assert.InRange(refused.Headers.RetryAfter!.Delta!.Value, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(3));
        }

        using var other = await _two.AskAsync(new { assetId = Sample.AssetId }, "other key");
        Assert.Equal(HttpStatusCode.OK, other.StatusCode);
    }

    [Fact]
    public async Task A_finished_title_that_one_has_read_is_not_read_from_the_documents_by_the_other()
    {
        var grant = await _one.GrantAsync();
        await UntilAsync(IsSharedAsync);
        var runs = _one.Documents.Set(SegmentRun.Schema);
        await foreach (var run in runs.QueryAllAsync(new DocumentQuery(), Ct)) await runs.DeleteAsync(run.Id, cancellationToken: Ct);
        using var playlist = await PlayAsync(_two, grant);
        Assert.Contains("3.m4s", await playlist.Content.ReadAsStringAsync(Ct));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_title_that_was_deleted_or_encoded_anew_is_not_served_from_what_is_shared(bool isDeleted)
    {
        var grant = await _one.GrantAsync();
        await UntilAsync(IsSharedAsync);
        if (isDeleted) await _one.SetAssetAsync(AssetState.Deleted);
        else await _one.Documents.Set(Presentation.Schema).UpdateAsync(Sample.AssetId, p => p with { Revision = "rev2" }, Ct);

        // The other has never read the title itself.
        using var refused = await PlayAsync(_two, grant);
        await Refusals.AssertAsync(refused, isDeleted ? 404 : 410, isDeleted ? "not_found" : "presentation_replaced");
    }

    [Fact]
    public async Task A_change_of_a_title_rung_at_one_is_known_to_the_other()
    {
        var grant = await _one.GrantAsync();
        using (var before = await PlayAsync(_two, grant)) Assert.Equal(HttpStatusCode.OK, before.StatusCode);
        await _one.Documents.Set(Presentation.Schema).UpdateAsync(Sample.AssetId, p => p with { Revision = "rev2" }, Ct);
        await _one.RingAsync(Topics.PresentationChanged);
        await UntilAsync(async () => (await PlayAsync(_two, grant)).StatusCode == HttpStatusCode.Gone);
    }

    private async Task<bool> IsSharedAsync() =>
        await _one.Services.GetRequiredService<IDistributedCache>().GetAsync($"runs:{Sample.AssetId}:{Sample.Revision}:1", Ct) is not null;

    internal static object Limited(int limit) => new { assetId = Sample.AssetId, viewer = "viewer", streamLimit = limit };

    /// <summary>A media playlist, by whatever origin: a viewer's requests are spread over all.</summary>
    internal static Task<HttpResponseMessage> PlayAsync(OriginHost host, JsonObject grant)
    {
        var path = new Uri(new Uri((string)grant["hls"]!), "v720/media.m3u8").AbsolutePath;
        return host.Client.GetAsync(new Uri(host.Client.BaseAddress!, path), Ct);
    }

    internal static async Task UntilAsync(Func<Task<bool>> condition)
    {
        var since = TimeProvider.System.GetTimestamp();
        while (!await condition())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(since) < TimeSpan.FromSeconds(30), "It did not come about in 30 s.");
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, Ct);
        }
    }
}
