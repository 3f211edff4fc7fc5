using System.Security.Cryptography;
using FlickStream.Platform.Delivery;
using FlickStream.Tests.CloudFront;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace FlickStream.Platform.Tests.Delivery;

public sealed class DeliveryOptionsTests : IDisposable
{
    private readonly TempFolder _folder = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_origin_delivers_when_nothing_is_set()
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddDelivery();
        using var host = builder.Build();
        await host.StartAsync(Ct);
        var delivery = host.Services.GetRequiredService<IDelivery>();
        Assert.Equal(MediaAddress.Relative, await delivery.AddressAsync(new DeliveryScope("a", default, [new("r", "")]), Ct));
        Assert.Empty(await delivery.CookiesAsync(new DeliveryScope("a", default, [new("r", "")]), Ct));
        await delivery.WithdrawAsync("a", Ct);
        Assert.False(host.Services.GetRequiredService<IOptions<DeliveryOptions>>().Value.IsMediaElsewhere);
    }

    [Fact]
    public async Task Good_options_start()
    {
        using var host = new CloudFrontHost([SigningKey.Rsa(_folder.Path, "K1"), SigningKey.Ecdsa(_folder.Path, "K2")], ("CookieDomain", ".example.com"));
        await host.StartAsync();
    }

    [Fact]
    public async Task All_that_is_wrong_is_said_at_once_by_the_options_names()
    {
        using var host = new CloudFrontHost(
            [],
            ("BaseUrl", "http://media.example.com"),
            ("DistributionId", ""),
            ("Keys:0:KeyPairId", "K*"),
            ("Keys:0:PrivateKeyFile", _folder.In("nothing.pem")),
            ("SignUrls", "false"),
            ("CookieDomain", "example.org"),
            ("ApiUrl", "http://cloudfront.amazonaws.com/"));
        var refusal = await Assert.ThrowsAsync<OptionsValidationException>(host.StartAsync);
        foreach (var option in (string[])["BaseUrl", "DistributionId", "Keys:0:KeyPairId", "Keys:0:PrivateKeyFile", "SignUrls", "CookieDomain", "ApiUrl"])
            Assert.Contains(refusal.Failures, failure => failure.StartsWith($"Delivery:CloudFront:{option} ", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(null, "is not set")]
    [InlineData("media.example.com", "not an absolute address")]
    [InlineData("http://media.example.com/", "does not begin with https://")]
    [InlineData("https://media.example.com/?a=b", "more than a host and a path")]
    [InlineData("https://media.example.com/#a", "more than a host and a path")]
    [InlineData("https://me:pw@media.example.com/", "more than a host and a path")]
    [InlineData("https://media.example.com/*/", "has a path with other characters")]
    [InlineData("https://media.example.com/a%20b/", "has a path with other characters")]
    public async Task An_address_that_players_could_not_use_is_refused(string? baseUrl, string why)
    {
        using var host = new CloudFrontHost([SigningKey.Rsa(_folder.Path, "K1")], ("BaseUrl", baseUrl!));
        var refusal = await Assert.ThrowsAsync<OptionsValidationException>(host.StartAsync);
        Assert.Contains(why, Assert.Single(refusal.Failures), StringComparison.Ordinal);
    }

    public static TheoryData<string, string> BadKeys()
    {
        using var small = RSA.Create(1024);
        using var large = RSA.Create(4096);
        using var rsa = RSA.Create(2048);
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        var password = new PbeParameters(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 1000);
        return new()
        {
            { small.ExportPkcs8PrivateKeyPem(), "1024 bits; CloudFront takes 2048" },
            { large.ExportRSAPrivateKeyPem(), "4096 bits; CloudFront takes 2048" },
            { other.ExportECPrivateKeyPem(), "another curve; CloudFront takes P-256" },
            { rsa.ExportSubjectPublicKeyInfoPem(), "a public key, not a private key" },
            { rsa.ExportEncryptedPkcs8PrivateKeyPem("secret", password), "protected by a password" },
            { "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----", "no RSA or ECDSA key that can be read" },
            { "nothing", "not in PEM form" },
            { "", "not in PEM form" },
        };
    }

    [Theory]
    [MemberData(nameof(BadKeys), DisableDiscoveryEnumeration = true)]
    public async Task A_key_that_CloudFront_would_not_take_is_refused_without_being_shown(string pem, string why)
    {
        using var host = new CloudFrontHost([SigningKey.Write(_folder.Path, "K1", pem, "")]);
        var refusal = await Assert.ThrowsAsync<OptionsValidationException>(host.StartAsync);
        var failure = Assert.Single(refusal.Failures);
        Assert.Contains(why, failure, StringComparison.Ordinal);
        Assert.Contains(_folder.In("K1.pem"), failure, StringComparison.Ordinal);
        if (pem.Length > 100) Assert.DoesNotContain(pem[40..60], failure, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_that_is_named_twice_and_a_number_out_of_range_are_refused()
    {
        var key = SigningKey.Rsa(_folder.Path, "K1");
        using var host = new CloudFrontHost([key, key], ("SignaturesInMemory", "1"));
        var refusal = await Assert.ThrowsAsync<OptionsValidationException>(host.StartAsync);
        Assert.Contains(refusal.Failures, failure => failure.Contains("names a key twice", StringComparison.Ordinal));
        Assert.Contains(refusal.Failures, failure => failure.Contains("SignaturesInMemory", StringComparison.Ordinal));
    }
}
