using FlickStream.Platform.Blobs;

namespace FlickStream.Platform.Tests.Blobs;

public abstract partial class BlobsContract
{
    [Fact]
    public async Task An_unfinished_write_is_invisible_until_completed()
    {
        var partial = await AppendAsync(await Blobs.BeginAsync("masters/m1", Ct), "hello ");
        partial = await AppendAsync(partial, "world");
        Assert.Equal(11, partial.Length);
        Assert.Null(await Blobs.FindAsync("masters/m1", Ct));
        Assert.Empty(await KeysAsync(""));

        Assert.Equal(new BlobInfo("masters/m1", 11), await Blobs.CompleteAsync(partial, Ct));
        Assert.Equal("hello world", await TextAsync("masters/m1"));
        Assert.Empty(await PartialsAsync());
    }

    [Fact]
    public async Task An_unfinished_write_goes_on_after_a_restart()
    {
        var partial = await AppendAsync(await Blobs.BeginAsync("masters/m1", Ct), "hello ");
        var later = Reopen();
        partial = await later.AppendAsync(partial, Content("world"), Ct);
        await later.CompleteAsync(partial, Ct);
        Assert.Equal("hello world", await TextAsync("masters/m1"));
    }

    [Fact]
    public async Task Bytes_of_an_append_that_was_not_stored_are_dropped()
    {
        var kept = await AppendAsync(await Blobs.BeginAsync("masters/m1", Ct), "hello ");
        _ = await AppendAsync(kept, "bytes that the caller rejects, and many of them");
        var partial = await AppendAsync(kept, "world");
        await Blobs.CompleteAsync(partial, Ct);
        Assert.Equal("hello world", await TextAsync("masters/m1"));
    }

    [Fact]
    public async Task An_append_whose_content_breaks_off_changes_nothing_that_counts()
    {
        var kept = await AppendAsync(await Blobs.BeginAsync("masters/m1", Ct), "hello ");
        await Assert.ThrowsAsync<BrokenContentException>(() => Blobs.AppendAsync(kept, new BrokenStream(Bytes(900_000)), Ct));
        await Blobs.CompleteAsync(await AppendAsync(kept, "world"), Ct);
        Assert.Equal("hello world", await TextAsync("masters/m1"));
    }

    [Fact]
    public async Task An_append_of_nothing_changes_nothing()
    {
        var partial = await Blobs.AppendAsync(await AppendAsync(await Blobs.BeginAsync("a", Ct), "x"), Stream.Null, Ct);
        Assert.Equal(1, partial.Length);
    }

    [Fact]
    public async Task Large_appends_keep_every_byte()
    {
        var (one, two) = (Bytes(7_000_001), Bytes(5_300_003));
        var partial = await Blobs.AppendAsync(await Blobs.BeginAsync("big", Ct), new MemoryStream(one), Ct);
        partial = await Blobs.AppendAsync(partial, new MemoryStream(two), Ct);
        await Blobs.CompleteAsync(partial, Ct);
        byte[] whole = [.. one, .. two];
        var stored = await ReadAsync("big");
        Assert.True(stored is not null && whole.AsSpan().SequenceEqual(stored), "The blob holds other bytes.");
    }

    [Fact]
    public async Task Completing_twice_is_safe()
    {
        var partial = await AppendAsync(await Blobs.BeginAsync("a/b", Ct), "x");
        var once = await Blobs.CompleteAsync(partial, Ct);
        Assert.Equal(once, await Blobs.CompleteAsync(partial, Ct));
        Assert.Equal(once, await Reopen().CompleteAsync(partial, Ct));
    }

    [Fact]
    public async Task Completing_onto_a_taken_key_keeps_what_is_there()
    {
        await WriteAsync("a", "first");
        await Blobs.CompleteAsync(await AppendAsync(await Blobs.BeginAsync("a", Ct), "second"), Ct);
        Assert.Equal("first", await TextAsync("a"));
        Assert.Empty(await PartialsAsync());
    }

    [Fact]
    public async Task An_empty_write_completes_to_an_empty_blob() =>
        Assert.Equal(0, (await Blobs.CompleteAsync(await Blobs.BeginAsync("empty", Ct), Ct)).Length);

    [Fact]
    public async Task An_aborted_write_leaves_nothing_and_aborts_again_safely()
    {
        var partial = await AppendAsync(await Blobs.BeginAsync("a", Ct), "x");
        await Blobs.AbortAsync(partial, Ct);
        await Blobs.AbortAsync(partial, Ct);
        Assert.Empty(await PartialsAsync());
        await Assert.ThrowsAnyAsync<IOException>(() => Blobs.CompleteAsync(partial, Ct));
        await Assert.ThrowsAnyAsync<IOException>(() => AppendAsync(partial, "y"));
        Assert.Null(await Blobs.FindAsync("a", Ct));
    }

    [Fact]
    public async Task Two_unfinished_writes_of_one_key_do_not_mix()
    {
        var (one, two) = (await Blobs.BeginAsync("k", Ct), await Blobs.BeginAsync("k", Ct));
        (one, two) = (await AppendAsync(one, "one"), await AppendAsync(two, "two"));
        await Blobs.AbortAsync(one, Ct);
        await Blobs.CompleteAsync(two, Ct);
        Assert.Equal("two", await TextAsync("k"));
    }

    [Fact]
    public async Task Unfinished_writes_are_listed_until_they_end()
    {
        var one = await AppendAsync(await Blobs.BeginAsync("masters/1", Ct), "x");
        var two = await Blobs.BeginAsync("masters/2", Ct);
        var listed = await PartialsAsync(Reopen());
        Assert.Equal([one.Id, two.Id], listed.OrderBy(p => p.Partial.Key).Select(p => p.Partial.Id));
        Assert.Equal(["masters/1", "masters/2"], listed.Select(p => p.Partial.Key).Order());
        Assert.All(listed, p => Assert.InRange(p.ChangedAt, TimeProvider.System.GetUtcNow().AddHours(-1), TimeProvider.System.GetUtcNow().AddHours(1)));

        foreach (var found in listed) await Blobs.AbortAsync(found.Partial, Ct);
        Assert.Empty(await PartialsAsync());
    }

    [Theory]
    [InlineData("")]
    [InlineData("..")]
    [InlineData("../../objects/a")]
    [InlineData("not-one-of-ours")]
    public async Task An_unfinished_write_with_a_made_up_id_is_refused(string id)
    {
        await WriteAsync("a", "kept");
        await Assert.ThrowsAnyAsync<Exception>(() => Blobs.AppendAsync(new PartialBlob(id, "a", 0), Content("x"), Ct));
        Assert.Equal("kept", await TextAsync("a"));
    }

    private Task<PartialBlob> AppendAsync(PartialBlob partial, string text) => Blobs.AppendAsync(partial, Content(text), Ct);

    private async Task<List<AbandonedBlob>> PartialsAsync(IBlobs? blobs = null)
    {
        var partials = new List<AbandonedBlob>();
        await foreach (var partial in (blobs ?? Blobs).ListPartialsAsync(Ct)) partials.Add(partial);
        return partials;
    }
}
