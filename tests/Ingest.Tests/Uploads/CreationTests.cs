using System.Net;
using System.Security.Cryptography;

namespace FlickStream.Ingest.Tests.Uploads;

/// <summary>tus 1.0.0: creation, creation-with-upload, creation-defer-length, termination, checksum.</summary>
public sealed class CreationTests(IngestFixture ingest) : IClassFixture<IngestFixture>
{
    private readonly HttpClient _client = ingest.Client;

    [Fact]
    public async Task A_created_upload_is_empty_and_has_a_url()
    {
        using var response = await _client.PostTusAsync(("Upload-Length", "7"));

        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        Assert.Matches("^/api/uploads/[a-z2-7]{20}$", response.Headers.Location!.ToString());
        Assert.NotNull(response.Header("Upload-Expires"));
        Assert.Equal(0, await _client.OffsetAsync(response.Headers.Location!.ToString()));
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("-5", "")]
    [InlineData("five", "")]
    [InlineData("5", "1")]
    [InlineData("", "2")]
    [InlineData("", "0")]
    public async Task A_creation_without_one_valid_length_is_refused(string length, string deferred)
    {
        using var response = await _client.PostTusAsync(("Upload-Length", length), ("Upload-Defer-Length", deferred));

        await response.AssertProblemAsync(400, "upload_length_invalid");
    }

    [Fact]
    public async Task An_empty_file_is_an_asset_at_once()
    {
        using var response = await _client.PostTusAsync(("Upload-Length", "0"));

        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        Assert.Equal(0, (await ingest.AssetAsync(response.Header("FlickStream-Asset")!)).SizeBytes);
    }

    [Fact]
    public async Task A_creation_may_bring_the_first_bytes()
    {
        using var response = await _client.SendTusAsync(
            HttpMethod.Post, "/api/uploads", new ByteArrayContent([1, 2, 3]), ("Upload-Length", "5"));

        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        Assert.Equal("3", response.Header("Upload-Offset"));
        Assert.Equal(3, await _client.OffsetAsync(response.Headers.Location!.ToString()));
    }

    [Fact]
    public async Task A_creation_may_bring_the_whole_file()
    {
        using var response = await _client.SendTusAsync(
            HttpMethod.Post, "/api/uploads", new ByteArrayContent([1, 2, 3]), ("Upload-Length", "3"));

        var asset = await ingest.AssetAsync(response.Header("FlickStream-Asset")!);
        Assert.Equal([1, 2, 3], await ingest.MasterAsync(asset));
    }

    [Fact]
    public async Task A_creation_whose_bytes_are_refused_leaves_nothing()
    {
        var before = await ingest.CountUploadsAsync();

        using var response = await _client.SendTusAsync(
            HttpMethod.Post, "/api/uploads", new ByteArrayContent([1, 2, 3]),
            ("Upload-Length", "5"), ("Upload-Checksum", $"sha1 {Convert.ToBase64String(new byte[20])}"));

        await response.AssertProblemAsync(460, "upload_checksum_mismatch");
        Assert.Equal(before, await ingest.CountUploadsAsync());
    }

    [Fact]
    public async Task A_deferred_length_is_told_by_a_later_append()
    {
        using var created = await _client.PostTusAsync(("Upload-Defer-Length", "1"));
        var url = created.Headers.Location!.ToString();
        using var before = await _client.HeadAsync(url);
        (await _client.PatchAsync(url, 0, [1, 2])).Dispose();
        using var last = await _client.PatchAsync(url, 2, [3], ("Upload-Length", "3"));

        Assert.Equal("1", before.Header("Upload-Defer-Length"));
        Assert.Null(before.Header("Upload-Length"));
        Assert.Equal(HttpStatusCode.NoContent, last.StatusCode);
        Assert.Equal([1, 2, 3], await ingest.MasterAsync(await ingest.AssetAsync(last.Header("FlickStream-Asset")!)));
    }

    [Fact]
    public async Task A_deferred_length_may_be_told_when_all_bytes_are_there()
    {
        using var created = await _client.PostTusAsync(("Upload-Defer-Length", "1"));
        var url = created.Headers.Location!.ToString();
        (await _client.PatchAsync(url, 0, [1, 2])).Dispose();

        using var told = await _client.PatchAsync(url, 2, [], ("Upload-Length", "2"));

        Assert.NotNull(told.Header("FlickStream-Asset"));
    }

    [Theory]
    [InlineData("9", 400, "upload_length_fixed")]
    [InlineData("x", 400, "upload_length_invalid")]
    public async Task A_declared_length_does_not_change(string length, int status, string code)
    {
        var url = await _client.CreateAsync(5);

        using var response = await _client.PatchAsync(url, 0, [1], ("Upload-Length", length));

        await response.AssertProblemAsync(status, code);
    }

    [Fact]
    public async Task A_deferred_length_below_what_is_stored_is_refused()
    {
        using var created = await _client.PostTusAsync(("Upload-Defer-Length", "1"));
        var url = created.Headers.Location!.ToString();
        (await _client.PatchAsync(url, 0, [1, 2])).Dispose();

        using var response = await _client.PatchAsync(url, 2, [], ("Upload-Length", "1"));

        await response.AssertProblemAsync(400, "upload_length_invalid");
    }

    [Fact]
    public async Task A_terminated_upload_is_gone_with_its_bytes()
    {
        var url = await _client.CreateAsync(5);
        (await _client.PatchAsync(url, 0, [1, 2])).Dispose();

        using var response = await _client.SendTusAsync(HttpMethod.Delete, url);

        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
        using var head = await _client.HeadAsync(url);
        Assert.Equal(HttpStatusCode.NotFound, head.StatusCode);
        Assert.DoesNotContain(await ingest.PartialsAsync(), p => p.Key.EndsWith(url[^20..], StringComparison.Ordinal));
    }

    [Fact]
    public async Task Terminating_a_finished_upload_keeps_its_asset()
    {
        var url = await _client.CreateAsync(2);
        using var patched = await _client.PatchAsync(url, 0, [1, 2]);

        using var response = await _client.SendTusAsync(HttpMethod.Delete, url);

        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
        Assert.Equal([1, 2], await ingest.MasterAsync(await ingest.AssetAsync(patched.Header("FlickStream-Asset")!)));
    }

    [Theory]
    [InlineData("sha1")]
    [InlineData("sha256")]
    public async Task Bytes_that_match_their_checksum_count(string algorithm)
    {
        var bytes = Bytes.Random(200_000);
        var url = await _client.CreateAsync(200_000);

        using var response = await _client.PatchAsync(url, 0, bytes, ("Upload-Checksum", Checksum(algorithm, bytes)));

        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
        Assert.Equal(Bytes.Sha256(bytes), (await ingest.AssetAsync(response.Header("FlickStream-Asset")!)).Sha256);
    }

    [Theory]
    [InlineData("sha1")]
    [InlineData("sha256")]
    public async Task Bytes_that_do_not_match_their_checksum_do_not_count_and_can_be_sent_again(string algorithm)
    {
        var bytes = Bytes.Random(200_000);
        var url = await _client.CreateAsync(200_000);
        (await _client.PatchAsync(url, 0, bytes[..50_000])).Dispose();

        using var wrong = await _client.PatchAsync(
            url, 50_000, new byte[150_000], ("Upload-Checksum", Checksum(algorithm, bytes[50_000..])));
        await wrong.AssertProblemAsync(460, "upload_checksum_mismatch");
        Assert.Equal(50_000, await _client.OffsetAsync(url));

        using var right = await _client.PatchAsync(
            url, 50_000, bytes[50_000..], ("Upload-Checksum", Checksum(algorithm, bytes[50_000..])));
        Assert.Equal(bytes, await ingest.MasterAsync(await ingest.AssetAsync(right.Header("FlickStream-Asset")!)));
    }

    [Theory]
    [InlineData("md5 1B2M2Y8AsgTpgAmY7PhCfg==", "upload_checksum_unsupported")]
    [InlineData("sha1", "upload_checksum_invalid")]
    [InlineData("sha1 !!!", "upload_checksum_invalid")]
    [InlineData("sha1 AAAA", "upload_checksum_invalid")]
    [InlineData("sha256 2jmj7l5rSw0yVb/vlWAYkK/YBwk=", "upload_checksum_invalid")]
    public async Task A_checksum_that_cannot_be_checked_is_refused(string checksum, string code)
    {
        var url = await _client.CreateAsync(5);

        using var response = await _client.PatchAsync(url, 0, [1], ("Upload-Checksum", checksum));

        await response.AssertProblemAsync(400, code);
        Assert.Equal(0, await _client.OffsetAsync(url));
    }

#pragma warning disable CA5350 // tus asks every server to know SHA-1.
    private static string Checksum(string algorithm, byte[] bytes) =>
        $"{algorithm} {Convert.ToBase64String(algorithm == "sha1" ? SHA1.HashData(bytes) : SHA256.HashData(bytes))}";
#pragma warning restore CA5350
}
