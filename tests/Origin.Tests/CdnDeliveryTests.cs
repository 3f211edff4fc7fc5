using System.Net;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using FlickStream.Platform.Contracts;
using FlickStream.Tests.CloudFront;

namespace FlickStream.Origin.Tests;

/// <summary>Manifests from the origin, media from an edge of CloudFront.</summary>
public sealed partial class CdnDeliveryTests : IAsyncLifetime
{
    private const string Root = "https://media.example.com/media/asset1/rev1/";
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cdn-");
    private SigningKey _key = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync()
    {
        _key = SigningKey.Rsa(_folder.FullName, "K2JCJMDEHXQW5F");
        return default;
    }

    public ValueTask DisposeAsync()
    {
        _folder.Delete(recursive: true);
        return default;
    }

    [Theory]
    [InlineData("v720/media.m3u8", 5)]
    [InlineData("v720/iframes.m3u8", 11)]
    [InlineData("a1-128k/media.m3u8", 5)]
    [InlineData("thumbnails.vtt", 10)]
    [InlineData("manifest.mpd", 8)]
    public async Task Every_medium_that_a_manifest_names_is_one_that_the_edge_sends(string manifest, int media)
    {
        await using var host = await StartAsync();
        var text = await host.Client.GetStringAsync(new Uri(await host.PlayAsync(), manifest), Ct);
        var urls = MediaUrls(manifest, text);
        Assert.Equal(media, urls.Count);
        Assert.All(urls, url => Assert.Null(WhyNot(url)));
        Assert.Single(urls.Select(url => url.Query).Distinct());
    }

    [Fact]
    public async Task Playlists_stay_with_the_origin()
    {
        await using var host = await StartAsync();
        var main = await host.Client.GetStringAsync(new Uri(await host.PlayAsync(), "master.m3u8"), Ct);
        Assert.DoesNotContain("media.example.com", main, StringComparison.Ordinal);
        Assert.Contains("\nv720/media.m3u8\n", main, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("v234/media.m3u8")]
    [InlineData("v234/iframes.m3u8")]
    [InlineData("a1-128k/media.m3u8")]
    [InlineData("thumbnails.vtt")]
    [InlineData("manifest.mpd")]
    public async Task No_signature_of_a_grant_for_less_height_opens_a_larger_rendition(string manifest)
    {
        await using var host = await StartAsync();
        var play = await host.PlayAsync(new { assetId = Sample.AssetId, maxHeight = 719 });
        var urls = MediaUrls(manifest, await host.Client.GetStringAsync(new Uri(play, manifest), Ct));
        Assert.NotEmpty(urls);
        Assert.All(urls, url => Assert.Null(WhyNot(url)));
        Assert.All(urls, url => Assert.Equal("other resource", WhyNot(new Uri($"{Root}v720/0.m4s{url.Query}"))));
        Assert.All(urls, url => Assert.DoesNotContain("v720", url.AbsolutePath, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("poster.jpg", null)]
    [InlineData("poster.jpg", 719)]
    [InlineData("sprites/0.jpg", 719)]
    [InlineData("v234/0.m4s", null)]
    [InlineData("v234/0.m4s", 719)]
    [InlineData("v234/init.mp4", null)]
    public async Task The_origin_sends_on_who_asks_it_for_a_medium(string name, int? maxHeight)
    {
        await using var host = await StartAsync();
        host.Use(new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }));
        var play = await host.PlayAsync(new { assetId = Sample.AssetId, maxHeight });
        using var response = await host.Client.GetAsync(new Uri(play, name), Ct);
        Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
        Assert.True(response.Headers.CacheControl!.NoStore);
        Assert.Equal("*", response.Headers.GetValues("Access-Control-Allow-Origin").Single());
        Assert.Equal(Root + name, response.Headers.Location!.GetLeftPart(UriPartial.Path));
        Assert.Null(WhyNot(response.Headers.Location));
        Assert.Equal(0, response.Content.Headers.ContentLength ?? 0);
    }

    [Fact]
    public async Task What_the_grant_does_not_open_is_not_sent_on()
    {
        await using var host = await StartAsync();
        host.Use(new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }));
        var play = await host.PlayAsync(new { assetId = Sample.AssetId, maxHeight = 719, ttlSeconds = 60 });
        foreach (var name in new[] { "v720/0.m4s", "v234/4.m4s", "sprites/9.jpg" })
        {
            using var hidden = await host.Client.GetAsync(new Uri(play, name), Ct);
            await Refusals.AssertAsync(hidden, 404, "not_found");
        }

        host.Time.Advance(TimeSpan.FromSeconds(60));
        using var late = await host.Client.GetAsync(new Uri(play, "v234/0.m4s"), Ct);
        await Refusals.AssertAsync(late, 403, "token_expired");
    }

    [Fact]
    public async Task The_origin_sends_media_itself_where_that_is_asked_for()
    {
        await using var host = await StartAsync(("Delivery:OriginServesMedia", "true"));
        var play = await host.PlayAsync();
        Assert.Equal(Sample.Content("v720/0.m4s", Sample.Bytes("v720")), await host.Client.GetByteArrayAsync(new Uri(play, "v720/0.m4s"), Ct));
        Assert.Contains(Root, await host.Client.GetStringAsync(new Uri(play, "v720/media.m3u8"), Ct), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_grants_answer_sets_cookies_that_end_by_themselves()
    {
        await using var host = await StartAsync(("Delivery:CloudFront:SetCookies", "true"), ("Delivery:CloudFront:CookieDomain", "example.com"));
        using var response = await host.AskAsync(new { assetId = Sample.AssetId });
        var cookies = response.Headers.GetValues("Set-Cookie").ToList();
        Assert.Equal(["CloudFront-Policy", "CloudFront-Signature", "CloudFront-Key-Pair-Id"], cookies.Select(c => c.Split('=')[0]));
        Assert.All(cookies, cookie => Assert.Equal(
            ["domain=example.com", "httponly", "path=/media/asset1/rev1/", "samesite=none", "secure"],
            cookie.Split("; ").Skip(1).Order(StringComparer.Ordinal)));
        var sent = cookies.ToDictionary(c => c.Split('=')[0], c => c.Split(';')[0][(c.IndexOf('=', StringComparison.Ordinal) + 1)..]);
        var group = new KeyGroup(_key);
        Assert.Null(group.WhyNot(new Uri($"{Root}v720/0.m4s"), new Dictionary<string, string>(), sent, Sample.Start));
    }

    [Fact]
    public async Task Cookies_of_a_grant_for_less_height_open_its_folders_one_by_one()
    {
        await using var host = await StartAsync(("Delivery:CloudFront:SetCookies", "true"), ("Delivery:CloudFront:SignUrls", "false"));
        using var response = await host.AskAsync(new { assetId = Sample.AssetId, maxHeight = 719 });
        var paths = response.Headers.GetValues("Set-Cookie").Select(c => CookiePath().Match(c).Groups[1].Value).Distinct();
        Assert.Equal(["v234/", "a1-128k/", "a1-40k/", "sprites/", "poster.jpg"], paths.Select(p => p["/media/asset1/rev1/".Length..]));

        var media = new Uri(await host.PlayAsync(), "v234/media.m3u8");
        Assert.Contains($"\n{Root}v234/0.m4s\n", await host.Client.GetStringAsync(media, Ct), StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_signature_reaches_the_log()
    {
        await using var host = await StartAsync();
        var text = await host.Client.GetStringAsync(new Uri(await host.PlayAsync(), "v720/media.m3u8"), Ct);
        var signature = MediaUrls("v720/media.m3u8", text)[0].Query.Split("Signature=")[1][..40];
        Assert.DoesNotContain(host.Log.Lines, line => line.Contains(signature, StringComparison.Ordinal));
    }

    private static List<Uri> MediaUrls(string manifest, string text) => manifest.EndsWith(".mpd", StringComparison.Ordinal)
        ?
        [
            .. XDocument.Parse(text).Descendants().Where(e => e.Name.LocalName == "SegmentTemplate")
                .SelectMany(e => new[] { e.Attribute("initialization")!.Value, e.Attribute("media")!.Value.Replace("$Number$", "0", StringComparison.Ordinal) })
                .Select(url => new Uri(url)),
        ]
        : [.. Url().Matches(text).Select(m => new Uri(m.Value))];

    private string? WhyNot(Uri url)
    {
        var query = url.Query.TrimStart('?').Split('&').Select(p => p.Split('=', 2)).ToDictionary(p => p[0], p => p[1]);
        return new KeyGroup(_key).WhyNot(url, query, new Dictionary<string, string>(), Sample.Start);
    }

    private Task<OriginHost> StartAsync(params (string Name, string Value)[] settings)
    {
        var all = new Dictionary<string, string?>
        {
            ["Delivery:Adapter"] = "CloudFront",
            ["Delivery:CloudFront:BaseUrl"] = "https://media.example.com",
            ["Delivery:CloudFront:DistributionId"] = "E2QWRUHAPOMQZL",
            ["Delivery:CloudFront:Keys:0:KeyPairId"] = _key.KeyPairId,
            ["Delivery:CloudFront:Keys:0:PrivateKeyFile"] = _key.File,
        };
        foreach (var (name, value) in settings) all[name] = value;
        return OriginHost.StartAsync(4, PresentationState.Ready, settings: all);
    }

    [GeneratedRegex("https://media[^\"\\n#]+")]
    private static partial Regex Url();

    [GeneratedRegex("path=([^;]+)")]
    private static partial Regex CookiePath();
}
