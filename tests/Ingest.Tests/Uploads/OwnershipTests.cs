using System.Net;

namespace FlickStream.Ingest.Tests.Uploads;

public sealed class OwnershipTests(IngestFixture ingest) : IClassFixture<IngestFixture>
{
    [Fact]
    public async Task Another_keys_upload_does_not_exist()
    {
        using var other = ingest.Host.ClientOf("two");
        var url = await ingest.Client.CreateAsync(10);

        using var head = await other.HeadAsync(url);
        using var patch = await other.PatchAsync(url, 0, [1]);
        using var delete = await other.SendTusAsync(HttpMethod.Delete, url);

        Assert.Equal(HttpStatusCode.NotFound, head.StatusCode);
        await patch.AssertProblemAsync(404, "upload_not_found");
        await delete.AssertProblemAsync(404, "upload_not_found");
        Assert.Equal(0, await ingest.Client.OffsetAsync(url));
    }

    [Fact]
    public async Task Another_keys_part_cannot_be_concatenated()
    {
        using var other = ingest.Host.ClientOf("two");
        var part = await ingest.Client.UploadPartAsync([1]);

        using var before = await other.PostTusAsync(("Upload-Concat", $"final;{part}"));
        (await ingest.Client.PostTusAsync(("Upload-Concat", $"final;{part}"))).Dispose();
        using var after = await other.PostTusAsync(("Upload-Concat", $"final;{part}"));

        await before.AssertProblemAsync(400, "upload_part_not_found");
        await after.AssertProblemAsync(400, "upload_part_not_found");
    }
}
