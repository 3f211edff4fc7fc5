using System.Net;
using System.Text;
using FlickStream.Ingest.Uploads;
using FlickStream.Platform.Contracts;

namespace FlickStream.Ingest.Tests.Uploads;

public sealed class MetadataTests(IngestFixture ingest) : IClassFixture<IngestFixture>
{
    private readonly HttpClient _client = ingest.Client;

    [Theory]
    [InlineData("../../../etc/passwd", "passwd")]
    [InlineData(@"C:\fakepath\Der Film.final.mov", "Der Film.final")]
    [InlineData("<script>alert(1)</script>.mp4", "script>")]
    [InlineData("'; DROP TABLE uploads; --", "'; DROP TABLE uploads; --")]
    [InlineData("Amélie 🎬.mov", "Amélie 🎬")]
    [InlineData(".mov", ".mov")]
    [InlineData("/", "/")]
    public async Task A_hostile_file_name_stays_text(string name, string title)
    {
        using var created = await _client.PostTusAsync(
            ("Upload-Length", "0"), ("Upload-Metadata", $"filename {TusExtensions.Encoded($"  {name} ")}"));

        var asset = await ingest.AssetAsync(created.Header("FlickStream-Asset")!);
        Assert.Equal((name, title), (asset.FileName, asset.Title));
        Assert.Equal($"masters/{asset.Id}", asset.MasterKey);
    }

    [Theory]
    [InlineData("filename YQ==,filename Yg==")]
    [InlineData("filename not-base64!")]
    [InlineData("filename YQ== Yg==")]
    [InlineData(" ,filename YQ==")]
    [InlineData("filename YQpi")]
    [InlineData("filename YQBi")]
    [InlineData("filename /w==")]
    [InlineData("title 4oCubW92")]
    [InlineData("sha256 YWJj")]
    [InlineData("encoding YWJj")] // abc
    [InlineData("encoding eyJxdWFsaXR5Ijo1fQ==")] // {"quality":5}
    public async Task Metadata_that_is_not_valid_is_refused(string metadata)
    {
        using var response = await _client.PostTusAsync(("Upload-Length", "5"), ("Upload-Metadata", metadata));

        await response.AssertProblemAsync(400, "upload_metadata_invalid");
    }

    [Fact]
    public async Task A_name_longer_than_255_characters_is_refused()
    {
        using var response = await _client.PostTusAsync(
            ("Upload-Length", "5"), ("Upload-Metadata", $"filename {TusExtensions.Encoded(new string('a', 256))}"));

        await response.AssertProblemAsync(400, "upload_metadata_invalid");
    }

    [Fact]
    public void Metadata_may_be_absent_or_have_keys_of_other_programs()
    {
        Assert.Equal(new UploadMetadata(null, "upload", "upload", null), UploadMetadata.TryParse(null, out _));
        Assert.Equal("a", UploadMetadata.TryParse("is_confidential, filename YQ==,name !x", out _)?.FileName);
    }

    [Fact]
    public async Task A_title_is_kept()
    {
        using var created = await _client.PostTusAsync(
            ("Upload-Length", "0"), ("Upload-Metadata", $"filename YQ==, title {TusExtensions.Encoded("Der Titel")}"));

        Assert.Equal("Der Titel", (await ingest.AssetAsync(created.Header("FlickStream-Asset")!)).Title);
    }

    [Fact]
    public async Task How_it_shall_be_encoded_is_kept()
    {
        using var created = await _client.PostTusAsync(
            ("Upload-Length", "0"), ("Upload-Metadata", $"encoding {TusExtensions.Encoded("""{"hevc":true,"maxHeight":720}""")}"));

        Assert.Equal(
            new EncodingWishes { Hevc = true, MaxHeight = 720 }, (await ingest.AssetAsync(created.Header("FlickStream-Asset")!)).Encoding);
    }

    [Theory]
    [InlineData("""{"loudness":"-20"}""", "loudness is \"off\", \"-23\" or \"-16\".")]
    [InlineData("""{"loudness":""}""", "loudness is \"off\", \"-23\" or \"-16\".")]
    [InlineData("""{"maxHeight":99999}""", "maxHeight is a whole number from 234 to 2160.")]
    [InlineData("""{"quality":1}""", "quality is a whole number from 16 to 35; lower is better.")]
    [InlineData("""{"hevc":true,"hevc":false}""", "They are a JSON object")]
    [InlineData("""{"hevc":true,"Hevc":false}""", "They are a JSON object")]
    public void What_it_cannot_be_encoded_as_is_told_with_what_it_can(string options, string told)
    {
        Assert.Null(EncodingWishes.TryRead(options, out var fault));
        Assert.StartsWith(told, fault, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_has_its_declared_sha256_is_taken()
    {
        var bytes = Bytes.Random(1000);
        var url = await _client.CreateAsync(
            1000, ("Upload-Metadata", $"sha256 {TusExtensions.Encoded(Bytes.Sha256(bytes).ToUpperInvariant())}"));

        using var response = await _client.PatchAsync(url, 0, bytes);

        Assert.NotNull(response.Header("FlickStream-Asset"));
    }

    [Fact]
    public async Task A_file_without_its_declared_sha256_is_refused_for_good_and_its_bytes_are_freed()
    {
        var assets = await ingest.CountAssetsAsync();
        var url = await _client.CreateAsync(4, ("Upload-Metadata", $"sha256 {TusExtensions.Encoded(new string('0', 64))}"));
        (await _client.PatchAsync(url, 0, [1, 2])).Dispose();

        using var last = await _client.PatchAsync(url, 2, [3, 4]);
        using var again = await _client.PatchAsync(url, 2, [3, 4]);
        using var head = await _client.HeadAsync(url);

        await last.AssertProblemAsync(422, "sha256_mismatch");
        await again.AssertProblemAsync(422, "sha256_mismatch");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, head.StatusCode);
        Assert.DoesNotContain(await ingest.PartialsAsync(), p => p.Key.EndsWith(url[^20..], StringComparison.Ordinal));
        Assert.Equal(assets, await ingest.CountAssetsAsync());
    }

    [Fact]
    public async Task The_header_comes_back_as_it_was_sent()
    {
        var metadata = $"filename {Convert.ToBase64String(Encoding.UTF8.GetBytes("ä.mov"))},is_confidential";
        var url = await _client.CreateAsync(5, ("Upload-Metadata", metadata));

        using var head = await _client.HeadAsync(url);

        Assert.Equal(metadata, head.Header("Upload-Metadata"));
    }
}
