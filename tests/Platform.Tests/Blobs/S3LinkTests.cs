using System.Net;
using System.Net.Http.Headers;
using FlickStream.Engines;

namespace FlickStream.Platform.Tests.Blobs;

/// <summary>What a stranger can do with a presigned address.</summary>
public sealed class S3LinkTests(S3Gateway gateway) : S3Fixture(gateway)
{
    private static readonly HttpClient Stranger = new();

    [Fact]
    public async Task Whoever_has_a_link_may_read_the_blob_and_ranges_of_it()
    {
        var bytes = Bytes(100_000);
        await Blobs.WriteAsync("media/x/v1080/3.m4s", new MemoryStream(bytes), Ct);
        var link = await Blobs.LinkAsync("media/x/v1080/3.m4s", TimeSpan.FromMinutes(1), Ct);
        Assert.Equal(bytes, await Stranger.GetByteArrayAsync(link, Ct));

        using var request = new HttpRequestMessage(HttpMethod.Get, link) { Headers = { Range = new RangeHeaderValue(10, 19) } };
        using var part = await Stranger.SendAsync(request, Ct);
        Assert.Equal(HttpStatusCode.PartialContent, part.StatusCode);
        Assert.Equal(bytes[10..20], await part.Content.ReadAsByteArrayAsync(Ct));
    }

    [Fact]
    public async Task A_link_is_good_for_nothing_else()
    {
        foreach (var key in (string[])["a", "b"]) await Blobs.WriteAsync(key, new MemoryStream([1]), Ct);
        var link = (await Blobs.LinkAsync("a", TimeSpan.FromMinutes(1), Ct))!;
        var other = new UriBuilder(link) { Path = link.AbsolutePath[..^1] + "b" }.Uri;
        var longer = new Uri(link.AbsoluteUri.Replace("X-Amz-Expires=", "X-Amz-Expires=9", StringComparison.Ordinal));
        foreach (var (method, uri) in ((HttpMethod, Uri)[])
            [(HttpMethod.Get, other), (HttpMethod.Get, longer), (HttpMethod.Put, link), (HttpMethod.Delete, link), (HttpMethod.Get, new Uri(link.GetLeftPart(UriPartial.Path)))])
        {
            using var request = new HttpRequestMessage(method, uri);
            using var response = await Stranger.SendAsync(request, Ct);
            Assert.True(response.StatusCode == HttpStatusCode.Forbidden, $"{method} {uri}: {response.StatusCode}");
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(8 * 24 * 60)]
    public Task A_lifetime_that_the_service_would_refuse_is_refused_here(int minutes) =>
        Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => Blobs.LinkAsync("a", TimeSpan.FromMinutes(minutes), Ct));
}
