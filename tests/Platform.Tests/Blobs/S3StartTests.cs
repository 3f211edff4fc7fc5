using System.Net;
using System.Net.Sockets;
using FlickStream.Engines;
using FlickStream.Platform.Blobs.S3;

namespace FlickStream.Platform.Tests.Blobs;

/// <summary>What is wrong with the options or the bucket is said when the process starts, with the name of what to change.</summary>
public sealed class S3StartTests(S3Gateway gateway) : S3Fixture(gateway)
{
    [Fact]
    public async Task A_bucket_that_is_there_is_opened() => await Blobs.OpenAsync(Ct);

    [Fact]
    public async Task A_bucket_that_is_not_there_is_named()
    {
        Options.Bucket = "flickstream-nowhere";
        var fault = await Assert.ThrowsAsync<IOException>(() => Open().OpenAsync(Ct));
        Assert.Contains("Platform:S3:Bucket is flickstream-nowhere", fault.Message);
    }

    [Fact]
    public async Task A_wrong_key_is_told_without_the_secret()
    {
        Options.SecretKey = "not-the-secret";
        var fault = await Assert.ThrowsAsync<IOException>(() => Open().OpenAsync(Ct));
        Assert.Contains("Platform:S3:AccessKey and SecretKey", fault.Message);
        Assert.DoesNotContain("not-the-secret", fault.ToString());
    }

    [Fact]
    public async Task An_address_where_nobody_answers_is_told()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        Options.Endpoint = $"http://{taken.LocalEndpoint}";
        taken.Stop();
        Options.Retries = 0;
        var fault = await Assert.ThrowsAsync<IOException>(() => Open().OpenAsync(Ct));
        Assert.Contains("Platform:S3:Endpoint", fault.Message);
    }

    [Fact]
    public void Everything_wrong_with_the_options_is_said_at_once()
    {
        var errors = S3BlobOptionsCheck.ErrorsOf(new S3BlobOptions
        {
            Bucket = "a/b", KeyPrefix = "no-slash", Endpoint = "s3.example.org", AccessKey = "half",
        }).ToList();
        foreach (var name in (string[])["Bucket", "KeyPrefix", "Endpoint", "AccessKey"])
            Assert.Single(errors, error => error.Contains($"Platform:S3:{name}", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("https://s3.example.org", true)]
    [InlineData("http://127.0.0.1:9000", true)]
    [InlineData("http://127.0.0.1:9000/", true)]
    [InlineData("ftp://s3.example.org", false)]
    [InlineData("https://s3.example.org/path", false)]
    [InlineData("https://key:secret@s3.example.org", false)]
    public void An_endpoint_is_an_address_without_path_or_secrets(string endpoint, bool isGood) =>
        Assert.Equal(isGood, !S3BlobOptionsCheck.ErrorsOf(new S3BlobOptions { Bucket = "bucket", Endpoint = endpoint }).Any());
}
