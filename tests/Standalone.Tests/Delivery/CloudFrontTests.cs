using System.Net;
using FlickStream.Standalone.Tests.Harness;
using FlickStream.Tests.CloudFront;

namespace FlickStream.Standalone.Tests.Delivery;

/// <summary>The whole way with a CDN in it: manifests from FlickStream, media from an edge that knows nothing but the public keys.</summary>
public sealed class CloudFrontTests
{
    private const int Height = 360;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_title_plays_from_the_edge_while_keys_change_and_is_gone_from_it_when_it_is_deleted()
    {
        await using var run = await CdnRun.StartAsync(Ct);
        using var client = Edge.Client();
        var master = await TestMaster.MakeAsync(Path.Combine(run.Folder, "numbers.mov"), seconds: 13, height: Height, cancellationToken: Ct);
        var assetId = await run.FlickStream.Client.UploadAsync(master.Path, Ct);
        await run.FlickStream.Client.WaitForAsync(assetId, asset => asset.StateIs("ready"), Ct);

        // Every frame of every rung, over HLS and DASH, comes from the edge.
        var grant = await run.FlickStream.Client.GrantAsync(assetId, Ct);
        var ofHls = await AssertPlaysAsync(run, grant.Hls, master);
        var ofDash = await AssertPlaysAsync(run, grant.Dash, master);
        Assert.True(ofHls > 1);
        Assert.Equal(ofHls, ofDash);

        // A grant for less height plays without the largest rung, and its signatures do not open that either.
        var smaller = await run.FlickStream.Client.GrantAsync(assetId, Ct, maxHeight: Height - 1);
        Assert.Equal(ofHls - 1, await AssertPlaysAsync(run, smaller.Hls, master));
        Assert.Equal(ofHls - 1, await AssertPlaysAsync(run, smaller.Dash, master));
        var largest = await SegmentAsync(run, client, grant, rung: 0);
        var signature = (await SegmentAsync(run, client, smaller, rung: 0)).Query;
        Assert.Equal(HttpStatusCode.Forbidden, await AskAsync(client, new Uri(largest.GetLeftPart(UriPartial.Path) + signature)));

        // A second key takes over; what the first one signed plays on.
        run.AddKey(SigningKey.Ecdsa(run.Folder, "K2"));
        await run.StartFlickStreamAsync(Ct);
        var renewed = await run.FlickStream.Client.GrantAsync(assetId, Ct, ttlSeconds: 3600);
        await AssertPlaysAsync(run, renewed.Hls, master);
        Assert.Equal(HttpStatusCode.OK, await AskAsync(client, largest));
        var byNewKey = await SegmentAsync(run, client, renewed, rung: 0);
        Assert.Contains("Key-Pair-Id=K2&", byNewKey.Query, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, await AskAsync(client, byNewKey));

        // It ends with the grant: one hour for this one, six for the other.
        run.EdgeTime.Advance(TimeSpan.FromHours(2));
        Assert.Equal(HttpStatusCode.Forbidden, await AskAsync(client, byNewKey));
        Assert.Equal(HttpStatusCode.OK, await AskAsync(client, largest));

        // Deletion takes the media from the bucket, then the copies from the edges.
        using (var deleted = await run.FlickStream.Client.DeleteAsync(new Uri($"/api/assets/{assetId}", UriKind.Relative), Ct))
            Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
        await WaitForInvalidationAsync(run, $"/media/{assetId}/*");
        Assert.Equal(HttpStatusCode.Forbidden, await AskAsync(client, largest));
    }

    [Fact]
    public async Task It_does_not_start_without_the_key_and_says_so_in_a_sentence()
    {
        await using var run = await CdnRun.PrepareAsync();
        File.Delete(Path.Combine(run.Folder, "K1.pem"));
        var fault = await Assert.ThrowsAsync<InvalidOperationException>(() => run.StartFlickStreamAsync(Ct));
        Assert.Contains("FlickStream cannot start. Delivery:CloudFront:Keys:0:PrivateKeyFile (", fault.Message, StringComparison.Ordinal);
    }

    /// <returns>How many rungs there are.</returns>
    private static async Task<int> AssertPlaysAsync(CdnRun run, string url, TestMaster master)
    {
        run.Edge.Requests.Clear();
        var rungs = await FfmpegClient.FramesOfRungsAsync(url, Ct);
        Assert.All(rungs, frames => Assert.Equal(master.Frames, frames));
        var paths = run.Edge.Requests.Select(r => r.Path).Distinct().ToList();
        Assert.All(run.Edge.Requests, request => Assert.InRange(request.Status, 200, 206));
        Assert.Equal(rungs.Count, paths.Count(p => p.EndsWith("/2.m4s", StringComparison.Ordinal) && p.Contains("/v", StringComparison.Ordinal)));
        return rungs.Count;
    }

    /// <summary>The first segment of a rung, the largest first, as a playlist names it.</summary>
    private static async Task<Uri> SegmentAsync(CdnRun run, HttpClient client, Studio.Grant grant, int rung)
    {
        var main = await run.FlickStream.Client.GetStringAsync(grant.Hls, Ct);
        var playlists = main.Split('\n').Where(line => line.EndsWith("/media.m3u8", StringComparison.Ordinal) && line[0] == 'v');
        var playlist = new Uri(new Uri(grant.Hls), playlists.OrderByDescending(p => int.Parse(p.AsSpan(1, p.IndexOf('/', StringComparison.Ordinal) - 1), System.Globalization.CultureInfo.InvariantCulture)).ElementAt(rung));
        var segment = new Uri((await run.FlickStream.Client.GetStringAsync(playlist, Ct)).Split('\n').First(line => line.Contains(".m4s?", StringComparison.Ordinal)));
        Assert.Equal(HttpStatusCode.OK, await AskAsync(client, segment));
        return segment;
    }

    private static async Task<HttpStatusCode> AskAsync(HttpClient client, Uri url)
    {
        using var response = await client.GetAsync(url, Ct);
        return response.StatusCode;
    }

    private static async Task WaitForInvalidationAsync(CdnRun run, string path)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(200));
        while (await timer.WaitForNextTickAsync(Ct))
        {
            var log = await run.Api.LogAsync();
            if (log.Invalidations.Count == 0) continue;
            Assert.Equal([path], log.Invalidations);
            Assert.Equal([503, 201], log.Requests.Select(r => r.Status));
            return;
        }
    }
}
