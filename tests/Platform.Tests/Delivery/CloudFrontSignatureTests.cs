using FlickStream.Platform.Contracts;
using FlickStream.Platform.Delivery;
using FlickStream.Tests.CloudFront;

namespace FlickStream.Platform.Tests.Delivery;

/// <summary>Compared with AWS's JavaScript signer. RSA signatures of PKCS #1 v1.5 have no chance in them, so equal input gives equal
/// bytes.</summary>
public sealed class CloudFrontSignatureTests : IDisposable
{
    private const string Names = "ABCXYZabcxyz0189-_.";
    private readonly TempFolder _folder = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    internal sealed record Answer(string Url, Dictionary<string, string> Cookies, string OwnPolicySignature, long OwnPolicyExpires);

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("Sha1", "SHA1")]
    [InlineData("Sha256", "SHA256")]
    public async Task Every_address_and_every_cookie_is_byte_for_byte_what_AWS_signs(string hash, string algorithm)
    {
        var random = new Random(20260102);
        var key = SigningKey.Rsa(_folder.Path, "K2JCJMDEHXQW5F");
        var cases = new List<(string Url, object Input, string[] Cookies, string Signature, long Expires)>();
        foreach (var baseUrl in new[]
        {
            "https://d111111abcdef8.cloudfront.net", "https://Media.Example.com/", "https://bücher.example/a-b/~c_d.e/", "https://127.0.0.1:8443/x",
        })
        {
            using var host = new CloudFrontHost([key], ("BaseUrl", baseUrl), ("Hash", hash), ("SetCookies", "true"), ("SignaturesInMemory", "100000"));
            for (var i = 0; i < 30; i++)
            {
                var scope = RandomScope(random, i);
                var address = await host.Delivery.AddressAsync(scope, Ct);
                var cookies = (await host.Delivery.CookiesAsync(scope, Ct)).ToLookup(c => c.Path);
                foreach (var part in scope.Parts)
                {
                    var isFolder = part.Name is [.., '/'] or "";
                    var url = address.UrlOf(part, isFolder ? "12.m4s" : "");
                    var resource = address.PrefixOf(part) + (isFolder ? "*" : "");
                    var expires = scope.ExpiresAt.ToUnixTimeSeconds();
                    cases.Add((
                        url,
                        new
                        {
                            url = url[..url.IndexOf('?', StringComparison.Ordinal)],
                            resource,
                            policy = $"{{\"Statement\":[{{\"Resource\":\"{resource}\",\"Condition\":{{\"DateLessThan\":{{\"AWS:EpochTime\":{expires}}}}}}}]}}",
                            expires,
                            key.KeyPairId,
                            keyFile = key.File,
                            algorithm,
                        },
                        [.. cookies[new Uri(address.PrefixOf(part)).AbsolutePath].Select(c => $"{c.Name}={c.Value}").Order(StringComparer.Ordinal)],
                        Parameter(url, "Signature"),
                        expires));
                }
            }
        }

        var answers = await Node.RunAsync<List<Answer>>("sign.mjs", cases.Select(c => c.Input), [], Ct);

        Assert.True(answers.Count > 120);
        foreach (var (ours, theirs) in cases.Zip(answers))
        {
            Assert.Equal(theirs.Url, ours.Url);
            Assert.Equal(theirs.Cookies.Select(c => $"{c.Key}={c.Value}").Order(StringComparer.Ordinal), ours.Cookies);

            // Their signer wrote the policy's text itself here: the same signature means the same text.
            Assert.Equal((theirs.OwnPolicySignature, theirs.OwnPolicyExpires), (ours.Signature, ours.Expires));
        }
    }

    [Theory]
    [InlineData("Sha1", "SHA1")]
    [InlineData("Sha256", "SHA256")]
    public async Task Ecdsa_signatures_are_DER_that_OpenSSL_and_AWS_agree_on(string hash, string algorithm)
    {
        var key = SigningKey.Ecdsa(_folder.Path, "KEC");
        var random = new Random(1);
        var inputs = new List<object>();
        using var host = new CloudFrontHost([key], ("Hash", hash));
        for (var i = 0; i < 40; i++)
        {
            var scope = RandomScope(random, i);
            var query = (await host.Delivery.AddressAsync(scope, Ct)).SuffixOf(scope.Parts[0]);
            inputs.Add(new { policy = Parameter(query, "Policy"), signature = Parameter(query, "Signature"), publicKey = key.PublicKey, algorithm });
        }

        Assert.All(await Node.RunAsync<List<bool>>("verify.mjs", inputs, [], Ct), Assert.True);
    }

    [Fact]
    public async Task Keys_are_read_in_every_form_that_tools_write_them_in()
    {
        using var rsa = System.Security.Cryptography.RSA.Create(2048);
        using var ecdsa = System.Security.Cryptography.ECDsa.Create(System.Security.Cryptography.ECCurve.NamedCurves.nistP256);
        var forms = new[] { rsa.ExportRSAPrivateKeyPem(), rsa.ExportPkcs8PrivateKeyPem(), ecdsa.ExportECPrivateKeyPem(), ecdsa.ExportPkcs8PrivateKeyPem() };
        for (var i = 0; i < forms.Length; i++)
        {
            using var host = new CloudFrontHost([SigningKey.Write(_folder.Path, $"K{i}", $"a comment\r\n{forms[i].ReplaceLineEndings("\r\n")}", "")]);
            Assert.Contains($"Key-Pair-Id=K{i}&", QueryOf(await host.Delivery.AddressAsync(Whole(), Ct)), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_last_key_signs()
    {
        var (old, next) = (SigningKey.Rsa(_folder.Path, "KOLD"), SigningKey.Rsa(_folder.Path, "KNEW"));
        using var before = new CloudFrontHost([old]);
        using var after = new CloudFrontHost([old, next]);
        Assert.Equal("KOLD", Parameter(QueryOf(await before.Delivery.AddressAsync(Whole(), Ct)), "Key-Pair-Id"));
        Assert.Equal("KNEW", Parameter(QueryOf(await after.Delivery.AddressAsync(Whole(), Ct)), "Key-Pair-Id"));
    }

    [Fact]
    public async Task A_grant_is_signed_once_and_not_kept_beyond_its_end()
    {
        using var host = new CloudFrontHost([SigningKey.Rsa(_folder.Path, "K1")]);
        var first = await host.Delivery.AddressAsync(Whole(["v720/", "poster.jpg"]), Ct);
        Assert.Same(first, await host.Delivery.AddressAsync(Whole(["v720/", "poster.jpg"]), Ct));
        Assert.NotSame(first, await host.Delivery.AddressAsync(Whole(["v720/"]), Ct));
        Assert.NotSame(first, await host.Delivery.AddressAsync(Whole(), Ct));

        host.Time.Advance(TimeSpan.FromHours(2));
        var ended = await host.Delivery.AddressAsync(Whole() with { Parts = [new("r2", "")] }, Ct);
        Assert.NotSame(ended, await host.Delivery.AddressAsync(Whole() with { Parts = [new("r2", "")] }, Ct));
    }

    [Fact]
    public async Task Signatures_in_memory_are_bounded()
    {
        using var host = new CloudFrontHost([SigningKey.Ecdsa(_folder.Path, "K1")], ("SignaturesInMemory", "100"));
        List<MediaAddress> first = [];
        for (var i = 0; i < 1000; i++) first.Add(await host.Delivery.AddressAsync(Whole() with { AssetId = $"a{i}" }, Ct));
        var kept = 0;
        for (var i = 0; i < 1000; i++) kept += ReferenceEquals(first[i], await host.Delivery.AddressAsync(Whole() with { AssetId = $"a{i}" }, Ct)) ? 1 : 0;
        // While the second round puts its own in, all of the first may go; that any are kept is shown above.
        Assert.InRange(kept, 0, 100);
    }

    [Fact]
    public async Task Without_signed_addresses_manifests_are_the_same_for_all_viewers()
    {
        using var host = new CloudFrontHost([SigningKey.Rsa(_folder.Path, "K1")], ("SignUrls", "false"), ("SetCookies", "true"), ("CookieDomain", "example.com"));
        var first = await host.Delivery.AddressAsync(Whole(["v720/"]), Ct);
        Assert.Equal(new MediaAddress("https://media.example.com/media/a/", null), first);
        Assert.Equal(first, await host.Delivery.AddressAsync(Whole() with { ExpiresAt = CloudFrontHost.Start.AddDays(1) }, Ct));

        var cookies = await host.Delivery.CookiesAsync(Whole(["v720/", "poster.jpg"]), Ct);
        Assert.All(cookies, cookie => Assert.Equal("example.com", cookie.Domain));
        Assert.Equal(["/media/a/r/v720/", "/media/a/r/poster.jpg"], cookies.Select(c => c.Path).Distinct());
        Assert.Equal(["CloudFront-Policy", "CloudFront-Signature", "CloudFront-Key-Pair-Id"], cookies.Take(3).Select(c => c.Name));
    }

    [Fact]
    public async Task No_cookie_is_set_unless_it_is_asked_for()
    {
        using var host = new CloudFrontHost([SigningKey.Rsa(_folder.Path, "K1")]);
        Assert.Empty(await host.Delivery.CookiesAsync(Whole(), Ct));
    }

    [Theory]
    [InlineData("*", "r")]
    [InlineData("a", "*")]
    [InlineData("a?", "r")]
    [InlineData("..", "r")]
    [InlineData("a\"", "r")]
    public async Task A_name_that_would_widen_the_policy_is_refused(string assetId, string revision)
    {
        using var host = new CloudFrontHost([SigningKey.Rsa(_folder.Path, "K1")]);
        await Assert.ThrowsAsync<ArgumentException>(
            async () => await host.Delivery.AddressAsync(
                new DeliveryScope(assetId, CloudFrontHost.Start.AddHours(1), [new(revision, "")]), Ct));
        await Assert.ThrowsAsync<ArgumentException>(async () => await host.Delivery.AddressAsync(Whole(["*"]), Ct));
    }

    private static DeliveryScope Whole(IReadOnlyList<string>? parts = null) =>
        new("a", CloudFrontHost.Start.AddHours(1), [.. (parts ?? [""]).Select(part => new MediaPart("r", part))]);

    private static string QueryOf(MediaAddress address) => address.SuffixOf(new MediaPart("r", ""));

    /// <summary>Ends from now to the last second that a date can say, and a third with parts.</summary>
    private static DeliveryScope RandomScope(Random random, int i)
    {
        string Name() => $"x{new string(random.GetItems<char>(Names, random.Next(1, 40)))}";
        var expires = i switch
        {
            0 => DateTimeOffset.MaxValue,
            1 => new DateTimeOffset(2038, 1, 19, 3, 14, 8, TimeSpan.Zero),
            2 => new DateTimeOffset(2106, 2, 7, 6, 28, 16, TimeSpan.FromHours(-7)),
            _ => DateTimeOffset.FromUnixTimeSeconds(random.NextInt64(1_000_000_000, 10_000_000_000)),
        };
        var revision = Name();
        string[] parts = random.Next(3) == 0 ? [$"{Name()}/", $"{Name()}/", $"{Name()}.jpg"] : [""];
        return new DeliveryScope(Name(), expires, [.. parts.Select(part => new MediaPart(revision, part))]);
    }

    private static string Parameter(string query, string name) =>
        query[(query.IndexOf('?', StringComparison.Ordinal) + 1)..].Split('&').Single(p => p.StartsWith($"{name}=", StringComparison.Ordinal))[(name.Length + 1)..];
}
