using FlickStream.Engines;
using FlickStream.Platform.Blobs;
using FlickStream.Platform.Blobs.S3;

namespace FlickStream.Platform.Tests.Blobs;

/// <summary>Unfinished writes as they are in the bucket.</summary>
public sealed class S3PartialsTests(S3Gateway gateway) : S3Fixture(gateway)
{
    [Fact]
    public async Task One_long_append_becomes_parts_and_a_tail()
    {
        var partial = await AppendAsync(await Blobs.BeginAsync("m", Ct), Bytes(18_000_000));
        Assert.Equal([PartSizes.Smallest, PartSizes.Smallest, PartSizes.Smallest], await PartSizesAsync(partial));
        Assert.Single(await ObjectsAsync());
        Assert.Equal(18_000_000, (await Blobs.CompleteAsync(partial, Ct)).Length);
        await AssertHoldsAsync(Bytes(18_000_000), "m");
    }

    [Fact]
    public async Task Appends_of_the_size_that_is_asked_for_need_no_tail()
    {
        Options.ParallelParts = 1;
        var blobs = Open();
        var partial = await blobs.BeginAsync("m", Ct) with { Total = 150_000_000 };
        partial = await blobs.AppendAsync(partial, new MemoryStream(Bytes((int)blobs.GoodAppend(partial))), Ct);
        Assert.Equal(2, (await PartSizesAsync(partial)).Count);
        Assert.Empty(await ObjectsAsync());
    }

    [Fact]
    public async Task Small_appends_keep_one_tail_and_the_one_before()
    {
        var bytes = Bytes(8_000_000);
        var partial = await Blobs.BeginAsync("m", Ct);
        foreach (var piece in bytes.Chunk(1_500_000))
        {
            partial = await AppendAsync(partial, piece);
            Assert.InRange((await ObjectsAsync()).Count, 0, 2);
        }

        Assert.Single(await PartSizesAsync(partial));
        await Blobs.CompleteAsync(partial, Ct);
        await AssertHoldsAsync(bytes, "m");
        Assert.Single(await ObjectsAsync());
        Assert.Empty(await UploadsAsync());
    }

    [Fact]
    public async Task What_a_caller_keeps_does_not_grow_with_the_parts()
    {
        var partial = await AppendAsync(await AppendAsync(await Blobs.BeginAsync("m", Ct), Bytes(6_000_000)), Bytes(6_000_000));
        var before = partial.State!.Length;
        for (var i = 0; i < 4; i++) partial = await AppendAsync(partial, Bytes(6_000_000, i));
        Assert.InRange(partial.State!.Length, before, before + 8);
    }

    [Fact]
    public async Task A_crash_between_parts_costs_only_what_was_not_acknowledged()
    {
        var (one, two) = (Bytes(6_000_000), Bytes(18_000_000, 2));
        var kept = await AppendAsync(await Blobs.BeginAsync("m", Ct), one);
        await Assert.ThrowsAsync<BrokenContentException>(() => Blobs.AppendAsync(kept, new BrokenStream(Bytes(11_000_000, 3)), Ct));
        _ = await AppendAsync(kept, Bytes(17_000_000, 3));
        Assert.Equal(4, (await PartSizesAsync(kept)).Count);

        var later = Open();
        await later.CompleteAsync(await later.AppendAsync(kept, new MemoryStream(two), Ct), Ct);
        await AssertHoldsAsync([.. one, .. two], "m");
    }

    [Fact]
    public async Task Parts_that_nobody_counted_never_become_part_of_a_blob()
    {
        var kept = await AppendAsync(await Blobs.BeginAsync("m", Ct), Bytes(6_000_000));
        _ = await AppendAsync(kept, Bytes(11_000_000, 2));
        try
        {
            await Blobs.CompleteAsync(kept, Ct);
            await AssertHoldsAsync(Bytes(6_000_000), "m");
        }
        catch (IOException refusal)
        {
            Assert.Contains("InvalidPart", refusal.Message);
            Assert.Null(await Blobs.FindAsync("m", Ct));
        }
    }

    [Fact]
    public async Task Counted_bytes_that_another_writer_replaced_are_an_error_and_never_a_blob()
    {
        var partial = await AppendAsync(await Blobs.BeginAsync("m", Ct), Bytes(12_000_000));
        using var other = new MemoryStream(Bytes((int)PartSizes.Smallest, 7));
        await Service.Client.UploadPartAsync(
            new() { BucketName = Service.Bucket, Key = Options.KeyPrefix + "m", UploadId = partial.Id, PartNumber = 2, InputStream = other }, Ct);
        await Assert.ThrowsAsync<IOException>(() => Blobs.CompleteAsync(partial, Ct));
        Assert.Null(await Blobs.FindAsync("m", Ct));
    }

    [Fact]
    public async Task Parts_of_a_long_blob_are_larger_from_the_start()
    {
        var partial = await Blobs.BeginAsync("m", Ct) with { Total = 100L << 30 };
        partial = await AppendAsync(partial, Bytes(25_000_000));
        Assert.All(await PartSizesAsync(partial), size => Assert.True(size * PartSizes.MaxParts >= 100L << 30));
        Assert.True(Blobs.GoodAppend(partial) > 8 * (100L << 30) / PartSizes.MaxParts);
    }

    [Fact]
    public async Task A_tail_whose_upload_is_gone_is_listed_and_freed()
    {
        var partial = await AppendAsync(await Blobs.BeginAsync("masters/m", Ct), [1, 2, 3]);
        await Service.Client.AbortMultipartUploadAsync(Service.Bucket, Options.KeyPrefix + "masters/m", partial.Id, Ct);

        var listed = new List<AbandonedBlob>();
        await foreach (var found in Blobs.ListPartialsAsync(Ct)) listed.Add(found);
        var (abandoned, _) = Assert.Single(listed);
        Assert.Equal((partial.Id, partial.Key), (abandoned.Id, abandoned.Key));

        await Blobs.AbortAsync(abandoned, Ct);
        Assert.Empty(await ObjectsAsync());
    }

    [Fact]
    public async Task An_aborted_write_leaves_no_part_and_no_tail()
    {
        var partial = await AppendAsync(await AppendAsync(await Blobs.BeginAsync("m", Ct), Bytes(6_000_000)), [1]);
        await Blobs.AbortAsync(partial, Ct);
        Assert.Empty(await UploadsAsync());
        Assert.Empty(await ObjectsAsync());
    }

    [Fact]
    public async Task A_completion_whose_cleaning_up_was_cut_off_is_cleaned_up_by_the_next()
    {
        var partial = await AppendAsync(await Blobs.BeginAsync("m", Ct), [1, 2, 3]);
        await Blobs.WriteAsync("m", new MemoryStream([1, 2, 3]), Ct);
        Assert.Equal(3, (await Blobs.CompleteAsync(partial, Ct)).Length);
        Assert.Single(await ObjectsAsync());
        Assert.Empty(await UploadsAsync());
    }

    private Task<PartialBlob> AppendAsync(PartialBlob partial, byte[] bytes) => Blobs.AppendAsync(partial, new MemoryStream(bytes), Ct);

    private async Task<List<long>> PartSizesAsync(PartialBlob partial)
    {
        var listed = await Service.Client.ListPartsAsync(Service.Bucket, Options.KeyPrefix + partial.Key, partial.Id, Ct);
        return [.. (listed.Parts ?? []).Select(part => part.Size ?? 0)];
    }
}
