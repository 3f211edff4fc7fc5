using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using FlickStream.Platform.Contracts;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace FlickStream.Origin.Tests;

public sealed class SegmentDeliveryTests
{
    private static readonly byte[] Segment = Sample.Content("v720/1.m4s", 1_500_000);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_segment_comes_whole_and_for_ever(bool isLocal)
    {
        await using var host = await OriginHost.StartAsync(isLocal: isLocal);
        using var response = await host.Client.GetAsync(new Uri(await host.PlayAsync(), "v720/1.m4s"), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(Segment, await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
        Assert.Equal("public, max-age=31536000, immutable", response.Headers.CacheControl!.ToString());
        Assert.Equal("\"rev1-v720-1.m4s\"", response.Headers.ETag!.ToString());
        Assert.Equal("video/mp4", response.Content.Headers.ContentType!.ToString());
        Assert.Equal("bytes", response.Headers.AcceptRanges.Single());
        Assert.Equal("*", response.Headers.GetValues("Access-Control-Allow-Origin").Single());
    }

    [Theory]
    [InlineData("v720/init.mp4", "video/mp4", 1000)]
    [InlineData("a1-40k/init.mp4", "audio/mp4", 1000)]
    [InlineData("a1-128k/0.m4s", "audio/mp4", 96_000)]
    [InlineData("poster.jpg", "image/jpeg", 500)]
    [InlineData("sprites/0.jpg", "image/jpeg", 600)]
    public async Task Every_medium_has_its_type_and_HEAD_says_its_length(string name, string contentType, int length)
    {
        await using var host = await OriginHost.StartAsync();
        var uri = new Uri(await host.PlayAsync(), name);
        using var response = await host.Client.SendAsync(new HttpRequestMessage(HttpMethod.Head, uri), TestContext.Current.CancellationToken);
        Assert.Equal(contentType, response.Content.Headers.ContentType!.ToString());
        Assert.Equal(length, response.Content.Headers.ContentLength);
        Assert.Empty(await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
        Assert.Equal(Sample.Content(name, length), await host.Client.GetByteArrayAsync(uri, TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("bytes=0-0", 0, 1)]
    [InlineData("bytes=10-19", 10, 10)]
    [InlineData("bytes=1499990-", 1_499_990, 10)]
    [InlineData("bytes=1499990-9999999", 1_499_990, 10)]
    [InlineData("bytes=-5", 1_499_995, 5)]
    [InlineData("bytes=-9999999", 0, 1_500_000)]
    [InlineData("bytes=200000-700000", 200_000, 500_001)]
    public async Task A_range_is_cut_exactly(string range, int offset, int length)
    {
        foreach (var isLocal in new[] { true, false })
        {
            await using var host = await OriginHost.StartAsync(isLocal: isLocal);
            using var response = await AskAsync(host, "Range", range);
            Assert.Equal(length == Segment.Length ? HttpStatusCode.OK : HttpStatusCode.PartialContent, response.StatusCode);
            Assert.Equal(Segment.AsSpan(offset, length).ToArray(), await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
            if (length == Segment.Length) continue;
            Assert.Equal($"bytes {offset}-{offset + length - 1}/1500000", response.Content.Headers.ContentRange!.ToString());
        }
    }

    [Theory]
    [InlineData("bytes=1500000-")]
    [InlineData("bytes=9999999-10000000")]
    [InlineData("bytes=-0")]
    public async Task A_range_behind_the_end_is_refused_with_the_length(string range)
    {
        await using var host = await OriginHost.StartAsync();
        using var response = await AskAsync(host, "Range", range);
        Assert.Equal(HttpStatusCode.RequestedRangeNotSatisfiable, response.StatusCode);
        Assert.Equal("bytes */1500000", response.Content.Headers.ContentRange!.ToString());
        await Refusals.AssertAsync(response, 416, "range_not_satisfiable");
    }

    [Theory]
    [InlineData("bytes=0-1,5-6")]
    [InlineData("bytes=5-2")]
    [InlineData("bytes=x")]
    [InlineData("lines=0-1")]
    public async Task A_range_that_is_not_one_span_of_bytes_gets_the_whole(string range)
    {
        await using var host = await OriginHost.StartAsync();
        using var response = await AskAsync(host, "Range", range);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(1_500_000, response.Content.Headers.ContentLength);
    }

    [Theory]
    [InlineData("\"rev1-v720-1.m4s\"", HttpStatusCode.PartialContent)]
    [InlineData("\"other\"", HttpStatusCode.OK)]
    public async Task If_Range_gives_the_part_only_of_the_same_bytes(string etag, HttpStatusCode status)
    {
        await using var host = await OriginHost.StartAsync();
        using var response = await AskAsync(host, "Range", "bytes=0-9", "If-Range", etag);
        Assert.Equal(status, response.StatusCode);
    }

    [Theory]
    [InlineData("\"rev1-v720-1.m4s\"", HttpStatusCode.NotModified)]
    [InlineData("\"a\", W/\"rev1-v720-1.m4s\"", HttpStatusCode.NotModified)]
    [InlineData("*", HttpStatusCode.NotModified)]
    [InlineData("\"rev1-v720-2.m4s\"", HttpStatusCode.OK)]
    public async Task If_None_Match_spares_bytes_the_client_has(string etags, HttpStatusCode status)
    {
        await using var host = await OriginHost.StartAsync();
        using var response = await AskAsync(host, "If-None-Match", etags);
        Assert.Equal(status, response.StatusCode);
        Assert.Equal("\"rev1-v720-1.m4s\"", response.Headers.ETag!.ToString());
    }

    [Fact]
    public async Task Viewers_are_sent_on_to_the_storage_where_an_option_says_so()
    {
        await using var host = await OriginHost.StartAsync(isLocal: false, settings: new() { ["Origin:RedirectsToStorage"] = "true" });
        var uri = new Uri(await host.PlayAsync(), "v720/1.m4s");
        using var client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false });
        using var response = await client.GetAsync(uri, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.TemporaryRedirect, response.StatusCode);
        Assert.Equal($"https://storage.example/media/{Sample.AssetId}/{Sample.Revision}/v720/1.m4s?life=600", response.Headers.Location!.ToString());
        Assert.Equal("no-store", response.Headers.CacheControl!.ToString());
        Assert.Equal("*", response.Headers.GetValues("Access-Control-Allow-Origin").Single());
        Assert.Null(response.Headers.ETag);

        using var head = await client.SendAsync(new HttpRequestMessage(HttpMethod.Head, uri), TestContext.Current.CancellationToken);
        Assert.Equal((HttpStatusCode.OK, Segment.Length), (head.StatusCode, head.Content.Headers.ContentLength));
        using var absent = await client.GetAsync(new Uri(uri, "99.m4s"), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NotFound, absent.StatusCode);
    }

    [Fact]
    public async Task Media_that_are_files_of_this_machine_are_sent_from_here_whatever_the_option_says()
    {
        await using var host = await OriginHost.StartAsync(settings: new() { ["Origin:RedirectsToStorage"] = "true" });
        using var response = await AskAsync(host);
        Assert.Equal(Segment, await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_segment_comes_over_HTTP_2()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(100));
        await using var host = await OriginHost.StartAsync(kestrel: o => o.Listen(IPAddress.Loopback, 0, listen =>
        {
            listen.Protocols = HttpProtocols.Http1AndHttp2;
            listen.UseHttps(certificate);
        }));
        using var handler = new SocketsHttpHandler
        {
            SslOptions = new SslClientAuthenticationOptions
            {
                RemoteCertificateValidationCallback = (_, shown, _, _) => shown!.GetCertHashString() == certificate.GetCertHashString(),
            },
        };
        using var client = new HttpClient(handler) { DefaultRequestVersion = HttpVersion.Version20, DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact };
        host.Use(client);
        using var response = await client.GetAsync(new Uri(await host.PlayAsync(), "v720/1.m4s"), TestContext.Current.CancellationToken);
        Assert.Equal(HttpVersion.Version20, response.Version);
        Assert.Equal(Segment, await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_store_that_does_not_answer_is_said_to_be_away_for_now()
    {
        await using var host = await OriginHost.StartAsync(isLocal: false);
        var play = await host.PlayAsync();
        var store = (FarBlobs)host.Blobs;
        store.IsAway = true;
        using var refused = await host.Client.GetAsync(new Uri(play, "v720/0.m4s"), TestContext.Current.CancellationToken);
        await Refusals.AssertAsync(refused, 503, "storage_unavailable");

        store.IsAway = false;
        using var sent = await host.Client.GetAsync(new Uri(play, "v720/0.m4s"), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, sent.StatusCode);
    }

    [Fact]
    public async Task A_segment_that_this_origin_has_not_heard_of_is_looked_for()
    {
        await using var host = await OriginHost.StartAsync(1, PresentationState.Encoding);
        var play = await host.PlayAsync();
        await host.PutSegmentAsync(1);
        Assert.Equal(Segment, await host.Client.GetByteArrayAsync(new Uri(play, "v720/1.m4s"), TestContext.Current.CancellationToken));
    }

    private static async Task<HttpResponseMessage> AskAsync(OriginHost host, params string[] headers)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, new Uri(await host.PlayAsync(), "v720/1.m4s"));
        for (var i = 0; i < headers.Length; i += 2) request.Headers.TryAddWithoutValidation(headers[i], headers[i + 1]);
        return await host.Client.SendAsync(request, TestContext.Current.CancellationToken);
    }
}
