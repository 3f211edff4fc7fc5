using System.Net;
using FlickStream.Platform.Blobs;
using FlickStream.Platform.Access;

namespace FlickStream.Ingest.Tests.Uploads;

public sealed class LimitTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task V5_2_1_An_upload_above_the_largest_size_is_refused()
    {
        await using var host = await IngestHost.StartAsync(_folder.Path, null, ("Ingest:Uploads:MaxUploadBytes", "100"));

        using var response = await host.Client.PostTusAsync(("Upload-Length", "101"));

        await response.AssertProblemAsync(413, "upload_too_large");
        await host.Client.CreateAsync(100);
    }

    [Fact]
    public async Task V5_2_1_A_deferred_length_does_not_get_around_the_largest_size()
    {
        await using var host = await IngestHost.StartAsync(_folder.Path, null, ("Ingest:Uploads:MaxUploadBytes", "100"));
        using var created = await host.Client.PostTusAsync(("Upload-Defer-Length", "1"));
        var url = created.Headers.Location!.ToString();

        using var body = await host.Client.PatchAsync(url, 0, new byte[101]);
        using var chunked = await host.Client.SendTusAsync(
            HttpMethod.Patch, url, new ChunkedContent(new byte[101]), ("Upload-Offset", "0"));
        using var declared = await host.Client.PatchAsync(url, 0, [], ("Upload-Length", "101"));

        await body.AssertProblemAsync(413, "upload_too_large");
        await chunked.AssertProblemAsync(413, "upload_too_large");
        await declared.AssertProblemAsync(413, "upload_too_large");
    }

    [Fact]
    public async Task V5_2_1_Parts_do_not_get_around_the_largest_size()
    {
        await using var host = await IngestHost.StartAsync(_folder.Path, null, ("Ingest:Uploads:MaxUploadBytes", "100"));
        string[] parts = [await host.Client.UploadPartAsync(new byte[60]), await host.Client.UploadPartAsync(new byte[60])];

        using var response = await host.Client.PostTusAsync(("Upload-Concat", $"final;{string.Join(' ', parts)}"));

        await response.AssertProblemAsync(413, "upload_too_large");
    }

    [Fact]
    public async Task A_key_creates_only_so_many_uploads_a_minute_and_other_keys_are_not_held_up()
    {
        await using var host = await IngestHost.StartAsync(_folder.Path, null, ("Ingest:Uploads:CreationsPerMinute", "2"));
        for (var i = 0; i < 2; i++) await host.Client.CreateAsync(10);

        using var refused = await host.Client.PostTusAsync(("Upload-Length", "10"));
        await refused.AssertProblemAsync(429, "rate_limited");
        Assert.InRange(refused.Headers.RetryAfter!.Delta!.Value, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(30));

        using var other = await host.NewClientAsync(Scopes.Ingest);
        await other.CreateAsync(10);
    }

    [Fact]
    public async Task V5_2_4_Unfinished_uploads_share_their_quota_by_declared_size()
    {
        await using var host = await IngestHost.StartAsync(_folder.Path, null, ("Ingest:Uploads:UnfinishedBytesQuota", "100"));
        var first = await host.Client.CreateAsync(60);

        using var refused = await host.Client.PostTusAsync(("Upload-Length", "41"));
        await refused.AssertProblemAsync(413, "quota_exceeded");

        (await host.Client.PatchAsync(first, 0, new byte[60])).Dispose();
        await host.Client.CreateAsync(100);
    }

    [Fact]
    public async Task V5_2_4_and_V15_4_2_Parallel_uploads_cannot_share_the_last_byte_of_a_quota()
    {
        await using var host = await IngestHost.StartAsync(_folder.Path, null, ("Ingest:Uploads:UnfinishedBytesQuota", "100"));

        var responses = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => host.Client.PostTusAsync(("Upload-Length", "40"))));

        Assert.Equal(2, responses.Count(r => r.StatusCode == HttpStatusCode.Created));
    }

    [Fact]
    public async Task V5_2_4_Masters_count_toward_the_quota_of_stored_bytes()
    {
        await using var host = await IngestHost.StartAsync(_folder.Path, null, ("Ingest:Uploads:StoredBytesQuota", "100"));
        (await host.Client.PatchAsync(await host.Client.CreateAsync(60), 0, new byte[60])).Dispose();

        using var refused = await host.Client.PostTusAsync(("Upload-Length", "41"));

        await refused.AssertProblemAsync(413, "quota_exceeded");
        await host.Client.CreateAsync(40);
    }

    [Fact]
    public async Task V5_2_4_A_deferred_length_is_held_to_the_quota_as_its_bytes_come()
    {
        await using var host = await IngestHost.StartAsync(_folder.Path, null, ("Ingest:Uploads:UnfinishedBytesQuota", "100"));
        using var created = await host.Client.PostTusAsync(("Upload-Defer-Length", "1"));
        var url = created.Headers.Location!.ToString();
        (await host.Client.PatchAsync(url, 0, new byte[90])).Dispose();

        using var more = await host.Client.SendTusAsync(
            HttpMethod.Patch, url, new ChunkedContent(new byte[11]), ("Upload-Offset", "90"));
        using var declared = await host.Client.PatchAsync(url, 90, [], ("Upload-Length", "101"));

        await more.AssertProblemAsync(413, "quota_exceeded");
        await declared.AssertProblemAsync(413, "quota_exceeded");
        Assert.Equal(90, await host.Client.OffsetAsync(url));
    }

    [Fact]
    public async Task V5_2_4_A_key_has_only_so_many_unfinished_uploads()
    {
        await using var host = await IngestHost.StartAsync(_folder.Path, null, ("Ingest:Uploads:MaxUploadsPerKey", "2"));
        var first = await host.Client.CreateAsync(1);
        await host.Client.CreateAsync(1);

        using var refused = await host.Client.PostTusAsync(("Upload-Length", "1"));
        await refused.AssertProblemAsync(429, "too_many_uploads");

        using var other = await host.NewClientAsync(Scopes.Ingest);
        await other.CreateAsync(1);
        (await host.Client.PatchAsync(first, 0, [1])).Dispose();
        await host.Client.CreateAsync(1);
    }

    [Fact]
    public async Task An_upload_that_the_disk_cannot_hold_is_refused_before_its_first_byte()
    {
        await using var host = await IngestHost.StartAsync(
            _folder.Path, null, ("Ingest:Uploads:MaxUploadBytes", "9223372036854775807"));

        using var response = await host.Client.PostTusAsync(("Upload-Length", "4611686018427387904"));

        await response.AssertProblemAsync(507, "storage_full");
    }

    [Fact]
    public async Task Uploads_leave_the_least_free_space_alone()
    {
        await using var host = await IngestHost.StartAsync(
            _folder.Path, null, ("Ingest:Uploads:MinimumFreeBytes", "4611686018427387904"));

        using var response = await host.Client.PostTusAsync(("Upload-Length", "1"));

        await response.AssertProblemAsync(507, "storage_full");
    }

    [Theory]
    [InlineData("")]
    [InlineData("sha1 mIzFGOAtK5RJvCVCJNr6TY8Ts1M=")]
    public async Task A_full_disk_is_told_and_what_was_acknowledged_stays_whole(string checksum)
    {
        FullDisk? disk = null;
        await using var host = await IngestHost.StartAsync(
            _folder.Path,
            services => services.Decorate<IBlobs>(blobs => disk = new FullDisk(blobs)),
            ("Ingest:Uploads:SliceBytes", "65536"));
        var bytes = Bytes.Random(500_000);
        var url = await host.Client.CreateAsync(bytes.Length);
        (await host.Client.PatchAsync(url, 0, bytes[..100_000])).Dispose();

        disk!.BytesLeft = 100_000;
        using var response = await host.Client.PatchAsync(url, 100_000, bytes[100_000..], ("Upload-Checksum", checksum));
        await response.AssertProblemAsync(507, "storage_full");
        var offset = await host.Client.OffsetAsync(url);
        Assert.Equal(checksum.Length > 0 ? 100_000 : 165_536, offset);

        disk.BytesLeft = long.MaxValue;
        using var rest = await host.Client.PatchAsync(url, offset, bytes[(int)offset..]);
        var asset = await host.AssetAsync(rest.Header("FlickStream-Asset")!);
        Assert.Equal(Bytes.Sha256(bytes), asset.Sha256);
        Assert.Equal(bytes, await host.MasterAsync(asset));
    }
}
