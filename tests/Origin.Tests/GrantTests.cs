using System.Net;
using System.Text.Json.Nodes;
using FlickStream.Platform.Contracts;

namespace FlickStream.Origin.Tests;

public sealed class GrantTests
{
    [Fact]
    public async Task A_grant_names_both_manifests_and_outlives_the_title()
    {
        await using var host = await OriginHost.StartAsync();
        var grant = await host.GrantAsync();
        Assert.Equal(Sample.Start.AddHours(6), (DateTimeOffset)grant["expiresAt"]!);
        Assert.Equal(30, (double)grant["heartbeatSeconds"]!);
        var play = new Uri((string)grant["hls"]!);
        Assert.Equal(host.Client.BaseAddress!.Authority, play.Authority);
        Assert.Equal(new Uri(play, "manifest.mpd"), new Uri((string)grant["dash"]!));
        Assert.StartsWith("#EXTM3U", await host.Client.GetStringAsync(play, TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Documents_of_one_time_lie_together()
    {
        await using var host = await OriginHost.StartAsync();
        var ids = new List<string>();
        for (var grant = 0; grant < 10; grant++)
        {
            ids.Add((string)(await host.GrantAsync())["grantId"]!);
            host.Time.Advance(TimeSpan.FromMilliseconds(1));
        }

        Assert.Equal(ids.Order(StringComparer.Ordinal), ids);
    }

    [Fact]
    public async Task The_public_address_is_used_when_it_is_set()
    {
        await using var host = await OriginHost.StartAsync(settings: new() { ["Origin:PublicUrl"] = "https://play.example/base/" });
        Assert.StartsWith("https://play.example/base/play/", (string)(await host.GrantAsync())["hls"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Smaller_renditions_only_where_the_grant_says_so()
    {
        await using var host = await OriginHost.StartAsync();
        var play = await host.PlayAsync(new { assetId = Sample.AssetId, maxHeight = 719 });
        var main = await host.Client.GetStringAsync(new Uri(play, "master.m3u8"), TestContext.Current.CancellationToken);
        Assert.DoesNotContain("v720", main, StringComparison.Ordinal);
        Assert.DoesNotContain("v720", await host.Client.GetStringAsync(new Uri(play, "manifest.mpd"), TestContext.Current.CancellationToken), StringComparison.Ordinal);
        foreach (var name in new[] { "v720/media.m3u8", "v720/iframes.m3u8", "v720/init.mp4", "v720/0.m4s" })
        {
            using var response = await host.Client.GetAsync(new Uri(play, name), TestContext.Current.CancellationToken);
            await Refusals.AssertAsync(response, 404, "not_found");
        }

        using var allowed = await host.Client.GetAsync(new Uri(play, "v234/0.m4s"), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, allowed.StatusCode);
    }

    [Theory]
    [InlineData("{}", 404, "asset_not_found")]
    [InlineData("""{"assetId":"nothing"}""", 404, "asset_not_found")]
    [InlineData("""{"assetId":"ä"}""", 404, "asset_not_found")]
    [InlineData("""{"assetId":"asset1","maxHeight":0}""", 400, "max_height_invalid")]
    [InlineData("""{"assetId":"asset1","maxHeight":99999}""", 400, "max_height_invalid")]
    [InlineData("""{"assetId":"asset1","maxHeight":100}""", 409, "no_rendition_allowed")]
    [InlineData("""{"assetId":"asset1","streamLimit":0,"viewer":"v"}""", 400, "stream_limit_invalid")]
    [InlineData("""{"assetId":"asset1","streamLimit":256,"viewer":"v"}""", 400, "stream_limit_invalid")]
    [InlineData("""{"assetId":"asset1","streamLimit":1}""", 400, "viewer_invalid")]
    [InlineData("""{"assetId":"asset1","viewer":""}""", 400, "viewer_invalid")]
    [InlineData("""{"assetId":"asset1","viewer":"a\u0000b"}""", 400, "viewer_invalid")]
    [InlineData("""{"assetId":"asset1","ttlSeconds":0}""", 400, "ttl_invalid")]
    [InlineData("""{"assetId":"asset1","ttlSeconds":604801}""", 400, "ttl_invalid")]
    public async Task A_request_that_cannot_be_granted_is_refused_with_its_code(string request, int status, string code)
    {
        await using var host = await OriginHost.StartAsync();
        using var response = await host.AskAsync(JsonNode.Parse(request)!);
        await Refusals.AssertAsync(response, status, code);
    }

    [Theory]
    [InlineData(PresentationState.Encoding, 0, "asset_not_playable")]
    [InlineData(PresentationState.Failed, 4, "asset_failed")]
    [InlineData(PresentationState.Cancelled, 4, "asset_failed")]
    public async Task A_title_that_does_not_play_is_not_granted(PresentationState state, int segments, string code)
    {
        await using var host = await OriginHost.StartAsync(segments, state);
        using var response = await host.AskAsync(new { assetId = Sample.AssetId });
        await Refusals.AssertAsync(response, 409, code);
    }

    [Fact]
    public async Task A_title_is_granted_as_soon_as_every_rendition_has_its_first_segment()
    {
        await using var host = await OriginHost.StartAsync(0, PresentationState.Encoding);
        using var early = await host.AskAsync(new { assetId = Sample.AssetId });
        await Refusals.AssertAsync(early, 409, "asset_not_playable");
        await host.PutSegmentAsync(0);
        await host.GrantAsync();
    }

    [Theory]
    [InlineData(AssetState.Inspecting, "asset_not_playable", 409)]
    [InlineData(AssetState.Refused, "asset_failed", 409)]
    [InlineData(AssetState.Deleted, "asset_not_found", 404)]
    public async Task An_asset_without_a_presentation_is_refused_by_its_state(AssetState state, string code, int status)
    {
        await using var host = await OriginHost.StartAsync();
        await host.Documents.Set(Presentation.Schema).DeleteAsync(Sample.AssetId, cancellationToken: TestContext.Current.CancellationToken);
        await host.SetAssetAsync(state);
        using var response = await host.AskAsync(new { assetId = Sample.AssetId });
        await Refusals.AssertAsync(response, status, code);
    }

    [Fact]
    public async Task Who_has_no_key_is_granted_nothing()
    {
        await using var host = await OriginHost.StartAsync();
        using var response = await host.Client.PostAsync("/api/playback", null, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
    }

    [Fact]
    public async Task Another_callers_grant_can_neither_be_renewed_nor_ended()
    {
        await using var host = await OriginHost.StartAsync();
        var id = (string)(await host.GrantAsync())["grantId"]!;
        foreach (var (method, path) in new[] { (HttpMethod.Post, $"/api/playback/{id}/heartbeat"), (HttpMethod.Delete, $"/api/playback/{id}") })
        {
            using var foreign = await SendAsync(host, method, path, "key2");
            await Refusals.AssertAsync(foreign, 404, "grant_not_found");
            using var own = await SendAsync(host, method, path, "key1");
            Assert.True(own.IsSuccessStatusCode);
        }
    }

    [Fact]
    public async Task An_ended_grant_opens_nothing_and_cannot_be_renewed()
    {
        await using var host = await OriginHost.StartAsync();
        var grant = await host.GrantAsync();
        var id = (string)grant["grantId"]!;
        using var ended = await SendAsync(host, HttpMethod.Delete, $"/api/playback/{id}");
        Assert.Equal(HttpStatusCode.NoContent, ended.StatusCode);
        using var playing = await host.Client.GetAsync((string)grant["hls"]!, TestContext.Current.CancellationToken);
        await Refusals.AssertAsync(playing, 403, "grant_revoked");
        using var renewed = await SendAsync(host, HttpMethod.Post, $"/api/playback/{id}/heartbeat");
        await Refusals.AssertAsync(renewed, 403, "grant_revoked");
    }

    [Fact]
    public async Task Another_origin_learns_of_an_ended_grant_even_without_a_message()
    {
        await using var host = await OriginHost.StartAsync();
        await using var other = await OriginHost.StartAsync(documents: host.Documents, time: host.Time);
        var grant = await host.GrantAsync();
        using var ended = await SendAsync(host, HttpMethod.Delete, $"/api/playback/{grant["grantId"]}");
        var there = new Uri(other.Client.BaseAddress!, new Uri((string)grant["hls"]!).AbsolutePath);
        HttpResponseMessage response;
        do
        {
            host.Time.Advance(TimeSpan.FromSeconds(2));
            response = await other.Client.GetAsync(there, TestContext.Current.CancellationToken);
        }
        while (response.IsSuccessStatusCode);
        await Refusals.AssertAsync(response, 403, "grant_revoked");
    }

    [Fact]
    public async Task A_restarted_origin_still_knows_what_was_ended()
    {
        await using var host = await OriginHost.StartAsync();
        var grant = await host.GrantAsync();
        using var ended = await SendAsync(host, HttpMethod.Delete, $"/api/playback/{grant["grantId"]}");
        await using var restarted = await OriginHost.StartAsync(documents: host.Documents, time: host.Time);
        using var response = await restarted.Client.GetAsync(
            new Uri(restarted.Client.BaseAddress!, new Uri((string)grant["hls"]!).AbsolutePath), TestContext.Current.CancellationToken);
        await Refusals.AssertAsync(response, 403, "grant_revoked");
    }

    internal static Task<HttpResponseMessage> SendAsync(OriginHost host, HttpMethod method, string path, string key = "key1") =>
        host.Client.SendAsync(new HttpRequestMessage(method, path) { Headers = { { KeyHeader.Header, key } } }, TestContext.Current.CancellationToken);
}
