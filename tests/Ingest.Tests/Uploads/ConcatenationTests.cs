using System.Net;
using System.Security.Cryptography;

namespace FlickStream.Ingest.Tests.Uploads;

/// <summary>tus 1.0.0, concatenation.</summary>
public sealed class ConcatenationTests(IngestFixture ingest) : IClassFixture<IngestFixture>
{
    private readonly HttpClient _client = ingest.Client;

    [Fact]
    public async Task A_final_upload_has_the_bytes_of_its_parts_in_order()
    {
        var bytes = Bytes.Random(500_000);
        var parts = await Task.WhenAll(
            _client.UploadPartAsync(bytes[..200_000]), _client.UploadPartAsync(bytes[200_000..200_001]), _client.UploadPartAsync(bytes[200_001..]));

        using var final = await _client.PostTusAsync(
            ("Upload-Concat", $"final;{parts[0]} {new Uri(_client.BaseAddress!, parts[1])} {parts[2]}"),
            ("Upload-Metadata", $"filename {TusExtensions.Encoded("whole.mov")},sha256 {TusExtensions.Encoded(Bytes.Sha256(bytes))}"));

        Assert.Equal(HttpStatusCode.Created, final.StatusCode);
        var asset = await ingest.AssetAsync(final.Header("FlickStream-Asset")!);
        Assert.Equal("whole.mov", asset.FileName);
        Assert.Equal(bytes, await ingest.MasterAsync(asset));
        using var head = await _client.HeadAsync(final.Headers.Location!.ToString());
        Assert.Equal("500000", head.Header("Upload-Offset"));
        Assert.Equal("500000", head.Header("Upload-Length"));
        Assert.Equal($"final;{string.Join(' ', parts)}", head.Header("Upload-Concat"));
    }

    [Fact]
    public async Task A_part_is_no_asset_and_says_that_it_is_a_part()
    {
        var assets = await ingest.CountAssetsAsync();
        var url = await _client.UploadPartAsync([1, 2, 3]);

        using var head = await _client.HeadAsync(url);

        Assert.Equal("partial", head.Header("Upload-Concat"));
        Assert.Equal("3", head.Header("Upload-Offset"));
        Assert.Null(head.Header("FlickStream-Asset"));
        Assert.Equal(assets, await ingest.CountAssetsAsync());
    }

    [Fact]
    public async Task The_bytes_of_parts_are_freed_once_they_are_in_the_final_upload()
    {
        string[] parts = [await _client.UploadPartAsync([1]), await _client.UploadPartAsync([2])];
        (await ConcatenateAsync(parts)).Dispose();

        var left = (await ingest.PartialsAsync()).Select(p => p.Key[^20..]);

        Assert.Empty(left.Intersect(parts.Select(p => p[^20..])));
    }

    [Fact]
    public async Task Asking_again_for_the_same_final_upload_finds_it()
    {
        string[] parts = [await _client.UploadPartAsync([1]), await _client.UploadPartAsync([2])];
        using var first = await ConcatenateAsync(parts);
        var assets = await ingest.CountAssetsAsync();

        using var again = await ConcatenateAsync(parts);

        Assert.Equal(HttpStatusCode.Created, again.StatusCode);
        Assert.Equal(first.Headers.Location, again.Headers.Location);
        Assert.Equal(first.Header("FlickStream-Asset"), again.Header("FlickStream-Asset"));
        Assert.Equal(assets, await ingest.CountAssetsAsync());
    }

    [Fact]
    public async Task A_part_goes_into_one_final_upload_only()
    {
        var part = await _client.UploadPartAsync([1]);
        (await ConcatenateAsync(part)).Dispose();

        using var other = await ConcatenateAsync(part, await _client.UploadPartAsync([2]));

        await other.AssertProblemAsync(409, "upload_part_taken");
    }

    [Fact]
    public async Task Parts_without_a_byte_make_an_empty_file()
    {
        var part = await _client.CreateAsync(0, ("Upload-Concat", "partial"));

        using var final = await ConcatenateAsync(part);

        Assert.Equal(0, (await ingest.AssetAsync(final.Header("FlickStream-Asset")!)).SizeBytes);
    }

    [Fact]
    public async Task A_final_upload_over_an_unfinished_part_is_refused()
    {
        var unfinished = await _client.CreateAsync(5, ("Upload-Concat", "partial"));

        using var final = await ConcatenateAsync(await _client.UploadPartAsync([1]), unfinished);

        await final.AssertProblemAsync(400, "upload_part_unfinished");
    }

    [Fact]
    public async Task A_final_upload_over_a_whole_upload_is_refused()
    {
        using var final = await ConcatenateAsync(await _client.CreateAsync(5));

        await final.AssertProblemAsync(400, "upload_concat_invalid");
    }

    [Fact]
    public async Task A_final_upload_takes_no_bytes_of_its_own()
    {
        using var final = await ConcatenateAsync(await _client.UploadPartAsync([1, 2]));

        using var patch = await _client.PatchAsync(final.Headers.Location!.ToString(), 2, [3]);

        await patch.AssertProblemAsync(403, "upload_final_read_only");
    }

    [Fact]
    public async Task A_final_upload_must_not_declare_a_length()
    {
        var part = await _client.UploadPartAsync([1]);

        using var final = await _client.PostTusAsync(("Upload-Concat", $"final;{part}"), ("Upload-Length", "1"));

        await final.AssertProblemAsync(400, "upload_length_invalid");
    }

    [Theory]
    [InlineData("final;")]
    [InlineData("final; ")]
    [InlineData("finale")]
    [InlineData("final;/etc/passwd")]
    [InlineData("final;/api/uploads/../assets")]
    [InlineData("final;http://elsewhere.example/x/aaaaaaaaaaaaaaaaaaaa")]
    [InlineData("final;/api/uploads/aaaaaaaaaaaaaaaaaaaa /api/uploads/aaaaaaaaaaaaaaaaaaaa")]
    public async Task A_concat_header_that_is_not_valid_is_refused(string concat)
    {
        using var final = await _client.PostTusAsync(("Upload-Concat", concat));

        await final.AssertProblemAsync(400, "upload_concat_invalid");
    }

    [Fact]
    public async Task A_final_upload_over_parts_that_do_not_exist_is_refused()
    {
        using var final = await ConcatenateAsync("/api/uploads/aaaaaaaaaaaaaaaaaaaa");

        await final.AssertProblemAsync(400, "upload_part_not_found");
    }

    [Fact]
    public async Task Parts_that_together_do_not_have_the_declared_sha256_are_refused()
    {
        var part = await _client.UploadPartAsync([1, 2]);

        using var final = await _client.PostTusAsync(
            ("Upload-Concat", $"final;{part}"), ("Upload-Metadata", $"sha256 {TusExtensions.Encoded(new string('0', 64))}"));

        await final.AssertProblemAsync(422, "sha256_mismatch");
    }

    [Fact]
    public async Task A_sha256_declared_only_when_asking_again_is_compared_too()
    {
        var part = await _client.UploadPartAsync([1, 2]);
        (await ConcatenateAsync(part)).Dispose();

        using var wrong = await AgainAsync(new string('0', 64));
        using var right = await AgainAsync(Convert.ToHexStringLower(SHA256.HashData([1, 2])));

        await wrong.AssertProblemAsync(422, "sha256_mismatch");
        Assert.Equal(HttpStatusCode.Created, right.StatusCode);

        Task<HttpResponseMessage> AgainAsync(string sha256) => _client.PostTusAsync(
            ("Upload-Concat", $"final;{part}"), ("Upload-Metadata", $"sha256 {TusExtensions.Encoded(sha256)}"));
    }

    private Task<HttpResponseMessage> ConcatenateAsync(params string[] parts) =>
        _client.PostTusAsync(("Upload-Concat", $"final;{string.Join(' ', parts)}"));
}
