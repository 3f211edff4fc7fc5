using System.IO.Compression;
using System.Net;
using FlickStream.Platform.Contracts;

namespace FlickStream.Origin.Tests;

public sealed class ManifestDeliveryTests
{
    [Theory]
    [InlineData("master.m3u8", "application/vnd.apple.mpegurl", "#EXTM3U")]
    [InlineData("v720/media.m3u8", "application/vnd.apple.mpegurl", "#EXTM3U")]
    [InlineData("v720/iframes.m3u8", "application/vnd.apple.mpegurl", "#EXTM3U")]
    [InlineData("manifest.mpd", "application/dash+xml", "<?xml")]
    [InlineData("thumbnails.vtt", "text/vtt; charset=utf-8", "WEBVTT")]
    public async Task Every_manifest_comes_in_every_encoding_with_a_tag_of_its_own(string name, string contentType, string start)
    {
        await using var host = await OriginHost.StartAsync();
        var uri = new Uri(await host.PlayAsync(), name);
        HashSet<string> tags = [];
        HashSet<string> texts = [];
        foreach (var (accept, encoding) in new[]
        {
            ("", ""), ("gzip", "gzip"), ("gzip, deflate, br", "br"), ("br;q=0, gzip;q=0.5", "gzip"), ("*", "br"), ("*;q=0", ""), ("identity", ""),
        })
        {
            using var response = await AskAsync(host, uri, "Accept-Encoding", accept);
            Assert.Equal(contentType, response.Content.Headers.ContentType!.ToString());
            Assert.Equal(encoding, string.Join(',', response.Content.Headers.ContentEncoding));
            Assert.Equal("Accept-Encoding", response.Headers.Vary.Single());
            Assert.Equal("private, max-age=60", string.Join(", ", response.Headers.CacheControl!.ToString().Split(", ").Order().Reverse()));
            tags.Add(response.Headers.ETag!.ToString());
            texts.Add(await TextAsync(response));
        }

        Assert.Equal(3, tags.Count);
        Assert.StartsWith(start, Assert.Single(texts), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_manifest_that_did_not_change_is_not_sent_again()
    {
        await using var host = await OriginHost.StartAsync();
        var uri = new Uri(await host.PlayAsync(), "master.m3u8");
        using var first = await AskAsync(host, uri, "Accept-Encoding", "gzip");
        using var second = await AskAsync(host, uri, "Accept-Encoding", "gzip", "If-None-Match", first.Headers.ETag!.ToString());
        Assert.Equal(HttpStatusCode.NotModified, second.StatusCode);
        Assert.Equal(first.Headers.ETag, second.Headers.ETag);
        Assert.Equal("Accept-Encoding", second.Headers.Vary.Single());
    }

    [Fact]
    public async Task A_growing_title_grows_for_its_players_until_it_ends_and_is_VOD_for_those_who_come_then()
    {
        await using var host = await OriginHost.StartAsync(1, PresentationState.Encoding);
        var play = await host.PlayAsync();
        var media = new Uri(play, "v720/media.m3u8");
        using var first = await AskAsync(host, media);
        Assert.True(first.Headers.CacheControl!.NoCache);
        var text = await TextAsync(first);
        Assert.Contains("TYPE:EVENT", text, StringComparison.Ordinal);
        Assert.EndsWith("0.m4s\n", text, StringComparison.Ordinal);

        await host.PutSegmentAsync(1);
        host.Time.Advance(TimeSpan.FromSeconds(60));
        var grown = await host.Client.GetStringAsync(media, TestContext.Current.CancellationToken);
        Assert.StartsWith(text, grown, StringComparison.Ordinal);
        Assert.EndsWith("1.m4s\n", grown, StringComparison.Ordinal);
        Assert.Contains("dynamic", await host.Client.GetStringAsync(new Uri(play, "manifest.mpd"), TestContext.Current.CancellationToken), StringComparison.Ordinal);

        await host.PutSegmentAsync(2);
        await host.PutSegmentAsync(3);
        await host.SetStateAsync(PresentationState.Ready);
        host.Time.Advance(TimeSpan.FromSeconds(60));
        var ended = await host.Client.GetStringAsync(media, TestContext.Current.CancellationToken);
        Assert.StartsWith(grown, ended, StringComparison.Ordinal);
        Assert.EndsWith("3.m4s\n#EXT-X-ENDLIST\n", ended, StringComparison.Ordinal);
        var later = await host.Client.GetStringAsync(new Uri(await host.PlayAsync(), "v720/media.m3u8"), TestContext.Current.CancellationToken);
        Assert.Contains("TYPE:VOD", later, StringComparison.Ordinal);
        Assert.Contains("type=\"static\"", await host.Client.GetStringAsync(new Uri(play, "manifest.mpd"), TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_message_makes_new_segments_show_at_once()
    {
        await using var host = await OriginHost.StartAsync(1, PresentationState.Encoding);
        var media = new Uri(await host.PlayAsync(), "v720/media.m3u8");
        await host.Client.GetStringAsync(media, TestContext.Current.CancellationToken);
        await host.PutSegmentAsync(1);
        await host.RingAsync(Topics.PresentationChanged);

        // The clock stands still, so only the message can bring it; it travels beside us, so we ask until it has.
        string text;
        do text = await host.Client.GetStringAsync(media, TestContext.Current.CancellationToken);
        while (!text.EndsWith("1.m4s\n", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_rung_that_is_ahead_shows_only_what_all_have()
    {
        await using var host = await OriginHost.StartAsync(1, PresentationState.Encoding);
        var ahead = Sample.Run("v234", 1);
        await host.Documents.Set(SegmentRun.Schema)
            .InsertAsync(SegmentRun.IdOf(ahead.AssetId, ahead.Revision, "v234", 1), ahead, TestContext.Current.CancellationToken);
        var play = await host.PlayAsync();
        var text = await host.Client.GetStringAsync(new Uri(play, "v234/media.m3u8"), TestContext.Current.CancellationToken);
        Assert.EndsWith("0.m4s\n", text, StringComparison.Ordinal);
    }

    private static async Task<HttpResponseMessage> AskAsync(OriginHost host, Uri uri, params string[] headers)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, uri);
        for (var i = 0; i < headers.Length; i += 2) request.Headers.TryAddWithoutValidation(headers[i], headers[i + 1]);
        return await host.Client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    private static async Task<string> TextAsync(HttpResponseMessage response)
    {
        var body = await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken);
        await using Stream plain = response.Content.Headers.ContentEncoding.FirstOrDefault() switch
        {
            "gzip" => new GZipStream(body, CompressionMode.Decompress),
            "br" => new BrotliStream(body, CompressionMode.Decompress),
            _ => body,
        };
        using var reader = new StreamReader(plain);
        return await reader.ReadToEndAsync(TestContext.Current.CancellationToken);
    }
}
