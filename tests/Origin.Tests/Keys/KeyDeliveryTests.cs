using System.Net;
using System.Text.RegularExpressions;
using FlickStream.Platform.Contracts;
using FlickStream.Platform.Documents;
using static FlickStream.Origin.Tests.Keys.ProtectedSample;

namespace FlickStream.Origin.Tests.Keys;

/// <summary>Keys as HLS players fetch them.</summary>
public sealed partial class KeyDeliveryTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_AES_128_title_names_a_key_a_period_and_each_is_the_segments_own()
    {
        await using var host = await ProtectedAsync(ContentProtection.Aes128);
        var play = await host.PlayAsync();
        foreach (var (rendition, use) in new[] { ("v720", KeyUse.Hd), ("v234", KeyUse.Sd), ("a1-128k", KeyUse.Audio), ("a1-40k", KeyUse.Audio) })
        {
            var address = new Uri(play, $"{rendition}/media.m3u8");
            var lines = (await host.Client.GetStringAsync(address, Stop)).Split('\n');
            var keys = lines.Index().Where(line => line.Item.StartsWith("#EXT-X-KEY:", StringComparison.Ordinal)).ToList();
            Assert.Equal(["#EXT-X-KEY:METHOD=AES-128,URI=\"0.key\"", "#EXT-X-KEY:METHOD=AES-128,URI=\"1.key\""], keys.Select(k => k.Item));
            // The init segment is before the first, and so in the clear.
            Assert.StartsWith("#EXT-X-MAP", lines[keys[0].Index - 1], StringComparison.Ordinal);
            Assert.Equal("3.m4s", lines[keys[1].Index + 2]);
            for (var period = 0; period < 2; period++)
                Assert.Equal(PeriodKeyOf(use, rendition, period), await KeyAsync(host, new Uri(address, $"{period}.key")));
            using var beyond = await host.Client.GetAsync(new Uri(address, "2.key"), Stop);
            await Refusals.AssertAsync(beyond, 404, "key_not_found");
        }
    }

    [Fact]
    public async Task An_AES_128_title_is_for_HLS_alone()
    {
        await using var host = await ProtectedAsync(ContentProtection.Aes128);
        Assert.Null((string?)(await host.GrantAsync())["dash"]);
        var play = await host.PlayAsync();
        var master = await host.Client.GetStringAsync(new Uri(play, "master.m3u8"), Stop);
        Assert.Contains("#EXT-X-I-FRAME-STREAM-INF", master, StringComparison.Ordinal);
        Assert.DoesNotContain("SESSION-KEY", master, StringComparison.Ordinal);
        using var mpd = await host.Client.GetAsync(new Uri(play, "manifest.mpd"), Stop);
        await Refusals.AssertAsync(mpd, 404, "dash_not_offered");
        using var content = await host.Client.GetAsync(new Uri(play, $"keys/{IdOf(KeyUse.Hd):n}.key"), Stop);
        await Refusals.AssertAsync(content, 404, "key_not_found");
    }

    [Fact]
    public async Task The_pictures_of_an_AES_128_segment_have_its_key_and_its_initialization_vector()
    {
        await using var host = await ProtectedAsync(ContentProtection.Aes128);
        var lines = (await host.Client.GetStringAsync(new Uri(await host.PlayAsync(), "v720/iframes.m3u8"), Stop)).Split('\n');
        var keyed = lines.Where(line => line.StartsWith("#EXT-X-KEY", StringComparison.Ordinal) || line.EndsWith(".m4s", StringComparison.Ordinal)).Distinct();
        Assert.Equal(
            Enumerable.Range(0, 4).SelectMany(n => new[] { $"#EXT-X-KEY:METHOD=AES-128,URI=\"{n / KeySegments}.key\",IV=0x{n:X32}", $"{n}.m4s" }), keyed);
    }

    [Fact]
    public async Task A_cbcs_title_names_one_key_a_rendition_in_every_playlist()
    {
        await using var host = await ProtectedAsync(ContentProtection.Cbcs);
        var play = await host.PlayAsync();
        foreach (var (playlist, use) in new[]
        {
            ("v720/media.m3u8", KeyUse.Hd), ("v234/media.m3u8", KeyUse.Sd), ("v234/iframes.m3u8", KeyUse.Sd), ("a1-40k/media.m3u8", KeyUse.Audio),
        })
        {
            var address = new Uri(play, playlist);
            var text = await host.Client.GetStringAsync(address, Stop);
            var identity = Assert.Single(Identity().Matches(text));
            Assert.Equal($"0x{Convert.ToHexString(Iv)}", identity.Groups[2].Value);
            Assert.Equal(SecretOf(use), await KeyAsync(host, new Uri(address, identity.Groups[1].Value)));
        }

        // Shaka Player would take the key's id for zero.
        Assert.DoesNotContain("SESSION-KEY", await host.Client.GetStringAsync(new Uri(play, "master.m3u8"), Stop), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_grant_for_less_height_gets_no_key_of_what_is_larger()
    {
        foreach (var scheme in new[] { ContentProtection.Cbcs, ContentProtection.Aes128 })
        {
            await using var host = await ProtectedAsync(scheme);
            var play = await host.PlayAsync(new { assetId = Sample.AssetId, maxHeight = 234 });
            using var larger = await host.Client.GetAsync(
                new Uri(play, scheme == ContentProtection.Cbcs ? $"keys/{IdOf(KeyUse.Hd):n}.key" : "v720/0.key"), Stop);
            if (scheme == ContentProtection.Cbcs) await Refusals.AssertAsync(larger, 403, "key_not_granted");
            else await Refusals.AssertAsync(larger, 404, "not_found");
            await KeyAsync(host, new Uri(play, scheme == ContentProtection.Cbcs ? $"keys/{IdOf(KeyUse.Sd):n}.key" : "v234/0.key"));
        }
    }

    [Theory]
    [InlineData(ContentProtection.Aes128)]
    [InlineData(ContentProtection.Cbcs)]
    public async Task A_key_is_given_as_long_as_the_grant_holds_and_counts_as_playing(ContentProtection scheme)
    {
        await using var host = await ProtectedAsync(scheme);
        var name = scheme == ContentProtection.Cbcs ? $"keys/{IdOf(KeyUse.Sd):n}.key" : "v234/0.key";
        var grant = await host.GrantAsync(new { assetId = Sample.AssetId, viewer = "ann", streamLimit = 1, ttlSeconds = 3600 });
        var play = new Uri(new Uri((string)grant["hls"]!), ".");
        for (var i = 0; i < 5; i++)
        {
            host.Time.Advance(TimeSpan.FromSeconds(30));
            await KeyAsync(host, new Uri(play, name));
        }

        using (var second = await host.AskAsync(new { assetId = Sample.AssetId, viewer = "ann", streamLimit = 1 }))
            await Refusals.AssertAsync(second, 403, "stream_limit");
        var path = play.AbsolutePath;
        var changed = $"{path[..20]}{(path[20] == 'A' ? 'B' : 'A')}{path[21..]}{name}";
        using (var forged = await host.Client.GetAsync(changed, Stop)) await Refusals.AssertAsync(forged, 403, "token_invalid");

        using (var ending = new HttpRequestMessage(HttpMethod.Delete, $"/api/playback/{(string)grant["grantId"]!}") { Headers = { { KeyHeader.Header, "key1" } } })
        using (var ended = await host.Client.SendAsync(ending, Stop))
            Assert.Equal(HttpStatusCode.NoContent, ended.StatusCode);
        using (var revoked = await host.Client.GetAsync(new Uri(play, name), Stop)) await Refusals.AssertAsync(revoked, 403, "grant_revoked");

        var other = await host.PlayAsync(new { assetId = Sample.AssetId, ttlSeconds = 60 });
        host.Time.Advance(TimeSpan.FromSeconds(61));
        using var expired = await host.Client.GetAsync(new Uri(other, name), Stop);
        await Refusals.AssertAsync(expired, 403, "token_expired");
    }

    [Fact]
    public async Task Keys_whose_seal_is_lost_are_a_fault_with_a_code_and_their_cause_in_the_log()
    {
        await using var host = await ProtectedAsync(ContentProtection.Cbcs);
        await host.Documents.Set(TitleKeys.Schema).UpdateAsync(
            TitleKeys.IdOf(Sample.AssetId, Sample.Revision), t => t with { Keys = [.. t.Keys.Select(k => k with { Sealed = [1, 2, 3] })] }, Stop);
        using var response = await host.Client.GetAsync(new Uri(await host.PlayAsync(), $"keys/{IdOf(KeyUse.Sd):n}.key"), Stop);
        await Refusals.AssertAsync(response, 503, "keys_unavailable");
        Assert.Contains(host.Log.Lines, line => line.Contains("Platform:ProtectionKeys", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_title_is_not_playable_before_its_keys_are_there()
    {
        await using var host = await OriginHost.StartAsync();
        await host.Documents.Set(Presentation.Schema).UpdateAsync(
            Sample.AssetId, p => p with { Protection = new PresentationProtection(ContentProtection.Cbcs, 0) }, Stop);
        using var response = await host.AskAsync(new { assetId = Sample.AssetId });
        await Refusals.AssertAsync(response, 409, "asset_not_playable");
    }

    [Theory]
    [InlineData("v720/0.key")]
    [InlineData("keys/00000000000000000000000000000000.key")]
    public async Task A_clear_title_has_no_keys(string name)
    {
        await using var host = await OriginHost.StartAsync();
        using var response = await host.Client.GetAsync(new Uri(await host.PlayAsync(), name), Stop);
        await Refusals.AssertAsync(response, 404, "key_not_found");
    }

    internal static async Task<OriginHost> ProtectedAsync(ContentProtection scheme, params DrmSignal[] systems)
    {
        var host = await OriginHost.StartAsync();
        await host.ProtectAsync(scheme, systems);
        return host;
    }

    private static async Task<byte[]> KeyAsync(OriginHost host, Uri address)
    {
        using var response = await host.Client.GetAsync(address, Stop);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.True(response.Headers.CacheControl!.NoStore);
        Assert.Equal("*", response.Headers.GetValues("Access-Control-Allow-Origin").Single());
        Assert.Equal(16, response.Content.Headers.ContentLength);
        return await response.Content.ReadAsByteArrayAsync(Stop);
    }

    [GeneratedRegex("""#EXT-X-KEY:METHOD=SAMPLE-AES,URI="([^"]+)",IV=(0x[0-9A-F]{32}),KEYFORMAT="identity",KEYFORMATVERSIONS="1"\n""")]
    private static partial Regex Identity();
}
