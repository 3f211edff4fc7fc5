using FlickStream.Engines;
using FlickStream.Platform.Blobs;
using FlickStream.Platform.Blobs.S3;

namespace FlickStream.Platform.Tests.Blobs;

public sealed class S3WriteTests(S3Gateway gateway) : S3Fixture(gateway)
{
    [Fact]
    public async Task A_large_blob_is_written_once()
    {
        var bytes = Bytes(12_000_000);
        Assert.True(await Blobs.WriteAsync("a", new MemoryStream(bytes), Ct));
        Assert.False(await Blobs.WriteAsync("a", new MemoryStream(Bytes(12_000_000, 2)), Ct));
        await AssertHoldsAsync(bytes, "a");
        Assert.Empty(await UploadsAsync());
    }

    [Fact]
    public async Task A_large_write_whose_content_breaks_off_leaves_no_upload()
    {
        await Assert.ThrowsAsync<BrokenContentException>(() => Blobs.WriteAsync("a", new BrokenStream(Bytes(16_000_000)), Ct));
        Assert.Empty(await UploadsAsync());
        Assert.Empty(await ObjectsAsync());
    }

    [Fact]
    public async Task A_service_without_conditional_writes_is_asked_first()
    {
        Options.ConditionalWrites = false;
        var blobs = Open();
        Assert.True(await blobs.WriteAsync("a", new MemoryStream([1]), Ct));
        Assert.False(await blobs.WriteAsync("a", new MemoryStream([2]), Ct));
        Assert.Equal([1], await ReadAsync(blobs, "a"));
    }

    [Fact]
    public async Task Checksums_are_sent_where_they_are_asked_for()
    {
        Options.Checksums = S3Checksums.WhenSupported;
        var (blobs, bytes) = (Open(), Bytes(12_000_000));
        Assert.True(await blobs.WriteAsync("empty", Stream.Null, Ct));
        Assert.True(await blobs.WriteAsync("large", new MemoryStream(bytes), Ct));
        await AssertHoldsAsync(bytes, "large");
    }

    [Fact]
    public async Task A_quota_that_is_used_up_is_full_storage()
    {
        const string Key = "flickstream-small";
        Assert.SkipWhen(
            await Service.AdministerAsync("user", "create", "--uid=small", "--display-name=small", $"--access-key={Key}", $"--secret-key={Key}") is null,
            "Only a gateway of our own has quotas to set.");
        await Service.AdministerAsync("quota", "set", "--quota-scope=user", "--uid=small", "--max-size=1M");
        await Service.AdministerAsync("quota", "enable", "--quota-scope=user", "--uid=small");
        (Options.AccessKey, Options.SecretKey, Options.Bucket) = (Key, Key, "flickstream-small");
        using var client = S3ClientSetup.Create(Options);
        await client.PutBucketAsync(Options.Bucket, Ct);

        var blobs = Open();
        Assert.True(await blobs.WriteAsync("fits", new MemoryStream(Bytes(100_000)), Ct));
        await Assert.ThrowsAsync<BlobStorageFullException>(() => blobs.WriteAsync("does-not", new MemoryStream(Bytes(3_000_000)), Ct));
        Assert.Null(await blobs.FindAsync("does-not", Ct));
    }

    [Fact]
    public async Task Objects_say_what_they_are_to_a_delivery_network()
    {
        await Blobs.WriteAsync("media/x/v1080/3.m4s", new MemoryStream([1]), Ct);
        var head = await Service.Client.GetObjectMetadataAsync(Service.Bucket, Options.KeyPrefix + "media/x/v1080/3.m4s", Ct);
        Assert.Equal("video/mp4", head.Headers.ContentType);
        Assert.Equal("public, max-age=31536000, immutable", head.Headers.CacheControl);
    }

    [Fact]
    public async Task A_listing_of_several_pages_is_whole()
    {
        var keys = Enumerable.Range(0, 1003).Select(i => $"many/{i:D4}").ToList();
        await Parallel.ForEachAsync(keys, new ParallelOptions { MaxDegreeOfParallelism = 16, CancellationToken = Ct }, async (key, stop) =>
            await Blobs.WriteAsync(key, Stream.Null, stop));
        var listed = new List<string>();
        await foreach (var blob in Blobs.ListAsync("many/", Ct)) listed.Add(blob.Key);
        Assert.Equal(keys, listed);
    }
}
