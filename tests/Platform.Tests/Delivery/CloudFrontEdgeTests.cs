using FlickStream.Platform.Contracts;
using System.Net;
using FlickStream.Platform.Delivery;
using FlickStream.Tests.CloudFront;

namespace FlickStream.Platform.Tests.Delivery;

/// <summary>What an edge with the key group lets in, over real HTTP.</summary>
public sealed class CloudFrontEdgeTests : IAsyncLifetime
{
    private readonly TempFolder _folder = new();
    private readonly HttpClient _client = Edge.Client();
    private Edge _edge = null!;
    private SigningKey _key = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _key = SigningKey.Rsa(_folder.Path, "K1");
        _edge = await Edge.StartAsync(new Microsoft.Extensions.Time.Testing.FakeTimeProvider(CloudFrontHost.Start));
        _edge.Keys = new KeyGroup(_key);
        _edge.Folder = _folder.In("bucket");
        foreach (var name in new[] { "media/a/r/v1080/0.m4s", "media/a/r/v720/0.m4s", "media/a/r/poster.jpg", "media/a/r2/poster.jpg", "media/ab/r/poster.jpg" })
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(_edge.Folder, name))!);
            await File.WriteAllTextAsync(Path.Combine(_edge.Folder, name), name, Ct);
        }
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _edge.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_grant_opens_its_title_and_no_other()
    {
        using var host = Host([_key]);
        var address = await host.Delivery.AddressAsync(Scope(), Ct);
        foreach (var (part, name) in new[] { ("v1080/", "0.m4s"), ("v720/", "0.m4s"), ("poster.jpg", "") })
            Assert.Equal(HttpStatusCode.OK, await AskAsync(address.UrlOf(In(part), name)));
        foreach (var other in new[] { "media/a/r2/poster.jpg", "media/ab/r/poster.jpg" })
            Assert.Equal(HttpStatusCode.Forbidden, await AskAsync($"{_edge.Url}{other}{address.SuffixOf(In(""))}"));
        Assert.Equal(HttpStatusCode.Forbidden, await AskAsync($"{_edge.Url}media/a/r/poster.jpg"));
    }

    [Fact]
    public async Task A_grant_for_less_height_opens_no_larger_rendition_with_any_of_its_signatures()
    {
        using var host = Host([_key]);
        var address = await host.Delivery.AddressAsync(Scope(["v720/", "poster.jpg"]), Ct);
        Assert.Equal(HttpStatusCode.OK, await AskAsync(address.UrlOf(In("v720/"), "0.m4s")));
        Assert.Equal(HttpStatusCode.OK, await AskAsync(address.UrlOf(In("poster.jpg"), "")));
        Assert.All(address.Queries!.Values, query => Assert.Equal(
            HttpStatusCode.Forbidden, AskAsync($"{address.Root}r/v1080/0.m4s?{query}").GetAwaiter().GetResult()));
    }

    [Fact]
    public async Task A_title_whose_parts_lie_in_two_encodings_is_opened_in_both()
    {
        using var host = Host([_key], ("SetCookies", "true"));
        var scope = Scope() with { Parts = [new("r", ""), new("r2", "")] };
        var address = await host.Delivery.AddressAsync(scope, Ct);
        Assert.Equal(HttpStatusCode.OK, await AskAsync(address.UrlOf(new("r", "v720/"), "0.m4s")));
        Assert.Equal(HttpStatusCode.OK, await AskAsync(address.UrlOf(new("r2", "poster.jpg"), "")));
        Assert.Equal(HttpStatusCode.Forbidden, await AskAsync($"{address.Root}r2/poster.jpg{address.SuffixOf(In(""))}"));
        Assert.Equal(["/media/a/r/", "/media/a/r2/"], (await host.Delivery.CookiesAsync(scope, Ct)).Select(c => c.Path).Distinct());
    }

    [Fact]
    public async Task Cookies_open_what_the_address_opens()
    {
        using var host = Host([_key], ("SetCookies", "true"), ("Hash", "Sha256"));
        var cookies = await host.Delivery.CookiesAsync(Scope(), Ct);
        var header = string.Join("; ", cookies.Select(c => $"{c.Name}={c.Value}"));
        Assert.Equal(HttpStatusCode.OK, await AskAsync($"{_edge.Url}media/a/r/v1080/0.m4s", header));
        Assert.Equal(HttpStatusCode.Forbidden, await AskAsync($"{_edge.Url}media/ab/r/poster.jpg", header));
        Assert.All(cookies, cookie => Assert.Equal("/media/a/r/", cookie.Path));
    }

    [Theory]
    [InlineData(1, HttpStatusCode.OK)]
    [InlineData(0, HttpStatusCode.Forbidden)]
    [InlineData(-3600, HttpStatusCode.Forbidden)]
    public async Task It_ends_with_the_grant_to_the_second(int seconds, HttpStatusCode status)
    {
        using var host = Host([_key]);
        var address = await host.Delivery.AddressAsync(Scope() with { ExpiresAt = CloudFrontHost.Start.AddSeconds(seconds) }, Ct);
        Assert.Equal(status, await AskAsync(address.UrlOf(In("poster.jpg"), "")));
    }

    [Fact]
    public async Task Changing_any_character_of_the_policy_or_the_signature_is_refused()
    {
        using var host = Host([_key]);
        var url = (await host.Delivery.AddressAsync(Scope(), Ct)).UrlOf(In("poster.jpg"), "");
        for (var i = url.IndexOf("Policy=", StringComparison.Ordinal) + 7; i < url.Length; i += 11)
        {
            var changed = $"{url[..i]}{(url[i] == 'A' ? 'B' : 'A')}{url[(i + 1)..]}";
            Assert.Equal(HttpStatusCode.Forbidden, await AskAsync(changed));
        }
    }

    [Fact]
    public async Task A_foreign_key_opens_nothing_even_under_a_name_that_is_in_the_group()
    {
        var elsewhere = Directory.CreateDirectory(_folder.In("elsewhere")).FullName;
        foreach (var foreign in new[] { SigningKey.Rsa(elsewhere, "K1"), SigningKey.Rsa(elsewhere, "K9"), SigningKey.Ecdsa(elsewhere, "K1") })
        {
            using var host = Host([foreign]);
            Assert.Equal(HttpStatusCode.Forbidden, await AskAsync((await host.Delivery.AddressAsync(Scope(), Ct)).UrlOf(In("poster.jpg"), "")));
        }
    }

    [Fact]
    public async Task Keys_are_rotated_while_the_old_ones_grants_play_on()
    {
        var next = SigningKey.Ecdsa(_folder.Path, "K2");
        using var before = Host([_key]);
        using var after = Host([_key, next]);
        var (old, renewed) = ((await before.Delivery.AddressAsync(Scope(), Ct)).UrlOf(In("poster.jpg"), ""), (await after.Delivery.AddressAsync(Scope(), Ct)).UrlOf(In("poster.jpg"), ""));

        _edge.Keys = new KeyGroup(_key, next);
        Assert.Equal(HttpStatusCode.OK, await AskAsync(old));
        Assert.Equal(HttpStatusCode.OK, await AskAsync(renewed));

        _edge.Keys = new KeyGroup(next);
        Assert.Equal(HttpStatusCode.Forbidden, await AskAsync(old));
        Assert.Equal(HttpStatusCode.OK, await AskAsync(renewed));
    }

    private static DeliveryScope Scope(IReadOnlyList<string>? parts = null) =>
        new("a", CloudFrontHost.Start.AddHours(1), [.. (parts ?? [""]).Select(In)]);

    private static MediaPart In(string part) => new("r", part);

    private CloudFrontHost Host(IReadOnlyList<SigningKey> keys, params (string, string)[] settings) =>
        new(keys, [("BaseUrl", _edge.Url.AbsoluteUri), .. settings]);

    private async Task<HttpStatusCode> AskAsync(string url, string? cookies = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, url);
        if (cookies is not null) request.Headers.Add("Cookie", cookies);
        using var response = await _client.SendAsync(request, Ct);
        Assert.Equal("*", response.Headers.GetValues("Access-Control-Allow-Origin").Single());
        return response.StatusCode;
    }
}
