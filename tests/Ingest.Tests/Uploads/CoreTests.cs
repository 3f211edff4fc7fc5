using System.Globalization;
using System.Net;

namespace FlickStream.Ingest.Tests.Uploads;

/// <summary>tus 1.0.0, core protocol.</summary>
public sealed class CoreTests(IngestFixture ingest) : IClassFixture<IngestFixture>
{
    private readonly HttpClient _client = ingest.Client;

    [Fact]
    public async Task Options_tells_version_extensions_and_limits()
    {
        using var request = new HttpRequestMessage(HttpMethod.Options, "/api/uploads");
        using var response = await _client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
        Assert.Equal("1.0.0", response.Header("Tus-Version"));
        Assert.Equal(
            "creation,creation-with-upload,creation-defer-length,expiration,checksum,termination,concatenation",
            response.Header("Tus-Extension"));
        Assert.Equal("sha1,sha256", response.Header("Tus-Checksum-Algorithm"));
        Assert.Equal("1099511627776", response.Header("Tus-Max-Size"));
    }

    [Theory]
    [InlineData("0.2.2")]
    [InlineData("")]
    public async Task Another_version_of_tus_is_refused_before_anything_happens(string version)
    {
        using var response = await _client.PostTusAsync(("Tus-Resumable", version), ("Upload-Length", "10"));

        await response.AssertProblemAsync(412, "tus_version_unsupported");
        Assert.Equal("1.0.0", response.Header("Tus-Version"));
        Assert.Null(response.Headers.Location);
    }

    [Fact]
    public async Task Head_tells_offset_and_length_and_forbids_caching()
    {
        var url = await _client.CreateAsync(10, ("Upload-Metadata", "filename YS5tb3Y="));
        using var patched = await _client.PatchAsync(url, 0, [1, 2, 3, 4]);
        Assert.Equal(HttpStatusCode.NoContent, patched.StatusCode);
        Assert.Equal("4", patched.Header("Upload-Offset"));

        using var head = await _client.HeadAsync(url);

        Assert.Equal(HttpStatusCode.OK, head.StatusCode);
        Assert.Equal("4", head.Header("Upload-Offset"));
        Assert.Equal("10", head.Header("Upload-Length"));
        Assert.Equal("filename YS5tb3Y=", head.Header("Upload-Metadata"));
        Assert.Equal("no-store", head.Header("Cache-Control"));
        Assert.Equal("1.0.0", head.Header("Tus-Resumable"));
    }

    [Theory]
    [InlineData("aaaaaaaaaaaaaaaaaaaa")]
    [InlineData("..%2F..%2Fetc%2Fpasswd")]
    [InlineData("x")]
    public async Task An_unknown_upload_is_not_found(string id)
    {
        using var head = await _client.HeadAsync($"/api/uploads/{id}");
        using var patch = await _client.PatchAsync($"/api/uploads/{id}", 0, [1]);

        Assert.Equal(HttpStatusCode.NotFound, head.StatusCode);
        Assert.Null(head.Header("Upload-Offset"));
        await patch.AssertProblemAsync(404, "upload_not_found");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    public async Task An_append_at_the_wrong_offset_is_refused(long offset)
    {
        var url = await _client.CreateAsync(10);
        (await _client.PatchAsync(url, 0, [1, 2, 3])).Dispose();

        using var response = await _client.PatchAsync(url, offset, [9, 9]);

        await response.AssertProblemAsync(409, "upload_offset_mismatch");
        Assert.Equal(3, await _client.OffsetAsync(url));
    }

    [Theory]
    [InlineData("-1")]
    [InlineData("1.5")]
    [InlineData("")]
    [InlineData("99999999999999999999999")]
    public async Task An_append_without_a_valid_offset_is_refused(string offset)
    {
        var url = await _client.CreateAsync(10);

        using var response = await _client.SendTusAsync(
            HttpMethod.Patch, url, new ByteArrayContent([1]), ("Upload-Offset", offset));

        await response.AssertProblemAsync(400, "upload_offset_invalid");
    }

    [Fact]
    public async Task An_append_of_another_content_type_is_refused()
    {
        var url = await _client.CreateAsync(10);

        using var response = await _client.SendTusAsync(
            HttpMethod.Patch, url, new StringContent("abc"), ("Upload-Offset", "0"));

        await response.AssertProblemAsync(415, "upload_content_type_unsupported");
    }

    [Fact]
    public async Task V5_2_1_A_body_longer_than_what_is_missing_is_refused_and_nothing_of_it_counts()
    {
        var url = await _client.CreateAsync(4);

        using var response = await _client.PatchAsync(url, 0, [1, 2, 3, 4, 5]);

        await response.AssertProblemAsync(413, "upload_length_exceeded");
        Assert.Equal(0, await _client.OffsetAsync(url));
    }

    [Fact]
    public async Task V5_2_1_A_chunked_body_longer_than_what_is_missing_does_not_finish_the_upload()
    {
        var url = await _client.CreateAsync(4);

        using var response = await _client.SendTusAsync(
            HttpMethod.Patch, url, new ChunkedContent([1, 2, 3, 4, 5]), ("Upload-Offset", "0"));

        await response.AssertProblemAsync(413, "upload_length_exceeded");
        Assert.Equal(0, await _client.OffsetAsync(url));
    }

    [Fact]
    public async Task The_last_byte_makes_an_asset_of_exactly_the_bytes()
    {
        var bytes = Bytes.Random(300_000);
        var url = await _client.CreateAsync(bytes.Length, ("Upload-Metadata", $"filename {TusExtensions.Encoded("Film.mov")}"));
        (await _client.PatchAsync(url, 0, bytes[..100_000])).Dispose();

        using var last = await _client.PatchAsync(url, 100_000, bytes[100_000..]);

        Assert.Equal(HttpStatusCode.NoContent, last.StatusCode);
        var asset = await ingest.AssetAsync(last.Header("FlickStream-Asset")!);
        Assert.Equal(("Film.mov", "Film", 300_000L, Bytes.Sha256(bytes)), (asset.FileName, asset.Title, asset.SizeBytes, asset.Sha256));
        Assert.Equal(bytes, await ingest.MasterAsync(asset));
    }

    [Fact]
    public async Task A_finished_upload_still_answers_head_with_its_asset()
    {
        var url = await _client.CreateAsync(3);
        using var patched = await _client.PatchAsync(url, 0, [1, 2, 3]);

        using var head = await _client.HeadAsync(url);

        Assert.Equal("3", head.Header("Upload-Offset"));
        Assert.NotNull(head.Header("FlickStream-Asset"));
        Assert.Equal(patched.Header("FlickStream-Asset"), head.Header("FlickStream-Asset"));
    }

    [Fact]
    public async Task A_repeated_empty_append_at_the_end_is_answered_and_makes_no_second_asset()
    {
        var url = await _client.CreateAsync(3);
        using var first = await _client.PatchAsync(url, 0, [1, 2, 3]);
        var assets = await ingest.CountAssetsAsync();

        using var again = await _client.PatchAsync(url, 3, []);
        using var more = await _client.PatchAsync(url, 3, [4]);

        Assert.Equal(HttpStatusCode.NoContent, again.StatusCode);
        Assert.Equal(first.Header("FlickStream-Asset"), again.Header("FlickStream-Asset"));
        await more.AssertProblemAsync(413, "upload_length_exceeded");
        Assert.Equal(assets, await ingest.CountAssetsAsync());
    }

    [Theory]
    [InlineData("PATCH")]
    [InlineData("HEAD")]
    [InlineData("DELETE")]
    public async Task A_post_may_stand_for_a_method_that_the_network_does_not_let_through(string method)
    {
        var url = await _client.CreateAsync(5);

        using var response = await _client.SendTusAsync(
            HttpMethod.Post, url, method == "PATCH" ? new ByteArrayContent([1, 2]) : null,
            ("X-HTTP-Method-Override", method), ("Upload-Offset", "0"));

        Assert.True(response.IsSuccessStatusCode);
        using var head = await _client.HeadAsync(url);
        Assert.Equal(method == "DELETE" ? HttpStatusCode.NotFound : HttpStatusCode.OK, head.StatusCode);
        if (method == "PATCH") Assert.Equal("2", head.Header("Upload-Offset"));
    }

    [Fact]
    public async Task A_post_that_stands_for_nothing_is_refused()
    {
        using var response = await _client.SendTusAsync(HttpMethod.Post, await _client.CreateAsync(5));

        await response.AssertProblemAsync(405, "upload_method_unsupported");
    }

    [Fact]
    public async Task Uploads_side_by_side_do_not_mix()
    {
        var masters = Enumerable.Range(0, 6).Select(i => Bytes.Random(400_000 + i)).ToArray();

        var assets = await Task.WhenAll(masters.Select(async bytes =>
        {
            var url = await _client.CreateAsync(bytes.Length);
            for (var at = 0; at < bytes.Length; at += 100_000)
                (await _client.PatchAsync(url, at, bytes[at..Math.Min(at + 100_000, bytes.Length)])).Dispose();
            using var head = await _client.HeadAsync(url);
            return await ingest.AssetAsync(head.Header("FlickStream-Asset")!);
        }));

        Assert.Equal(masters.Select(Bytes.Sha256), assets.Select(a => a.Sha256));
    }

    [Fact]
    public async Task Expiry_is_told_as_an_http_date()
    {
        var url = await _client.CreateAsync(5);

        using var response = await _client.PatchAsync(url, 0, [1]);

        var expires = DateTimeOffset.ParseExact(response.Header("Upload-Expires")!, "R", CultureInfo.InvariantCulture);
        Assert.InRange(expires - TimeProvider.System.GetUtcNow(), TimeSpan.FromHours(23), TimeSpan.FromHours(25));
    }
}
