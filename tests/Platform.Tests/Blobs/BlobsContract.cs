using System.Text;
using FlickStream.Platform.Blobs;

namespace FlickStream.Platform.Tests.Blobs;

/// <summary>What every adapter of <see cref="IBlobs"/> keeps.</summary>
public abstract partial class BlobsContract
{
    protected abstract IBlobs Blobs { get; }

    /// <summary>The same storage as a process that starts now sees it.</summary>
    protected abstract IBlobs Reopen();

    protected static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static TheoryData<string> HostileKeys => new(
        "", "/", "a/", "/a", "a//b", ".", "..", "a/../b", "a/./b", "../a", "a/..", "a\\b", "a b", "a\0b", "ä", "a\nb", "~a", "a%2fb", "a:b",
        new string('a', 256), string.Join('/', Enumerable.Repeat("abcdefgh", 58)));

    [Fact]
    public async Task A_written_blob_reads_back_whole()
    {
        var bytes = Bytes(3_000_000);
        Assert.True(await Blobs.WriteAsync("media/x/v1080/3.m4s", new MemoryStream(bytes), Ct));
        Assert.Equal(new BlobInfo("media/x/v1080/3.m4s", bytes.Length), await Blobs.FindAsync("media/x/v1080/3.m4s", Ct));
        Assert.Equal(bytes, await ReadAsync("media/x/v1080/3.m4s"));
        Assert.Equal(bytes, await ReadAsync("media/x/v1080/3.m4s", blobs: Reopen()));
    }

    [Fact]
    public async Task An_empty_blob_is_a_blob()
    {
        Assert.True(await Blobs.WriteAsync("empty", Stream.Null, Ct));
        Assert.Equal(0, (await Blobs.FindAsync("empty", Ct))!.Length);
        Assert.Empty((await ReadAsync("empty"))!);
    }

    [Fact]
    public async Task An_absent_key_is_null_everywhere_and_no_error()
    {
        await WriteAsync("a/b/c", "x");
        foreach (var key in (string[])["none", "a", "a/b", "a/b/d"])
        {
            Assert.Null(await Blobs.FindAsync(key, Ct));
            Assert.Null(await Blobs.OpenReadAsync(key, cancellationToken: Ct));
            Assert.False(await Blobs.DeleteAsync(key, Ct));
        }
    }

    [Fact]
    public async Task Writing_a_key_again_keeps_what_is_there()
    {
        Assert.True(await WriteAsync("k", "first"));
        Assert.False(await WriteAsync("k", "second, longer"));
        Assert.Equal("first", await TextAsync("k"));
    }

    [Fact]
    public async Task Of_parallel_writers_of_a_key_exactly_one_makes_it()
    {
        var made = await Task.WhenAll(Enumerable.Range(0, 16).Select(i => Task.Run(() => WriteAsync("same", $"writer {i:D2}"))));
        Assert.Single(made, won => won);
        Assert.Equal($"writer {Array.IndexOf(made, true):D2}", await TextAsync("same"));
    }

    [Fact]
    public async Task A_write_whose_content_breaks_off_leaves_nothing()
    {
        await Assert.ThrowsAsync<BrokenContentException>(() => Blobs.WriteAsync("broken/a", new BrokenStream(Bytes(600_000)), Ct));
        Assert.Null(await Blobs.FindAsync("broken/a", Ct));
        Assert.Empty(await KeysAsync(""));
        Assert.True(await WriteAsync("broken/a", "whole"));
        Assert.Equal("whole", await TextAsync("broken/a"));
    }

    [Fact]
    public async Task A_cancelled_write_leaves_nothing()
    {
        using var stop = new CancellationTokenSource();
        var content = new BrokenStream(Bytes(600_000), stop.Cancel);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Blobs.WriteAsync("stopped", content, stop.Token));
        Assert.Null(await Blobs.FindAsync("stopped", Ct));
    }

    [Theory]
    [InlineData(0, 4L, "0123")]
    [InlineData(3, 4L, "3456")]
    [InlineData(3, null, "3456789")]
    [InlineData(8, 100L, "89")]
    [InlineData(9, 1L, "9")]
    [InlineData(10, null, "")]
    [InlineData(50, 5L, "")]
    [InlineData(4, 0L, "")]
    [InlineData(4, long.MaxValue, "456789")]
    public async Task A_range_is_cut_at_the_end(long offset, long? length, string expected)
    {
        await WriteAsync("digits", "0123456789");
        Assert.Equal(expected, Encoding.UTF8.GetString((await ReadAsync("digits", new ByteRange(offset, length)))!));
    }

    [Fact]
    public async Task A_stream_can_be_sought_forward()
    {
        await WriteAsync("digits", "0123456789");
        await using var stream = await Blobs.OpenReadAsync("digits", new ByteRange(2, 6), Ct);
        Assert.True(stream!.CanSeek);
        Assert.Equal(6, stream.Length);
        Assert.Equal('2', stream.ReadByte());
        stream.Seek(3, SeekOrigin.Current);
        Assert.Equal(4, stream.Position);
        Assert.Equal("67", await new StreamReader(stream).ReadToEndAsync(Ct));
    }

    [Fact]
    public async Task A_negative_range_is_refused()
    {
        await WriteAsync("digits", "0123456789");
        await Assert.ThrowsAnyAsync<ArgumentException>(() => Blobs.OpenReadAsync("digits", new ByteRange(-1), Ct));
        await Assert.ThrowsAnyAsync<ArgumentException>(() => Blobs.OpenReadAsync("digits", new ByteRange(0, -1), Ct));
    }

    [Fact]
    public async Task A_listing_is_in_ordinal_order_and_holds_exactly_the_prefix()
    {
        string[] keys = ["m/a", "m/a-b/1", "m/a.b", "m/a/10", "m/a/2", "m/a0", "m/aZ/1", "m/b/c/d/e", "n", "m/A", "mm/x"];
        foreach (var key in keys) await WriteAsync(key == "m/a" ? "m/Aa" : key, key);
        var all = keys.Select(key => key == "m/a" ? "m/Aa" : key).Order(StringComparer.Ordinal).ToArray();
        foreach (var prefix in (string[])["", "m", "m/", "m/a", "m/a/", "m/a/1", "m/b/c/", "x", "m/a/2/", "m/a."])
            Assert.Equal(all.Where(key => key.StartsWith(prefix, StringComparison.Ordinal)), await KeysAsync(prefix));
    }

    [Fact]
    public async Task A_deleted_blob_is_gone_and_its_key_free()
    {
        await WriteAsync("d/e/f", "one");
        Assert.True(await Blobs.DeleteAsync("d/e/f", Ct));
        Assert.False(await Blobs.DeleteAsync("d/e/f", Ct));
        Assert.Empty(await KeysAsync("d"));
        Assert.True(await WriteAsync("d/e", "a former folder"));
    }

    [Fact]
    public async Task Writing_and_deleting_side_by_side_loses_nothing()
    {
        await Task.WhenAll(Enumerable.Range(0, 8).Select(worker => Task.Run(async () =>
        {
            for (var i = 0; i < 25; i++)
            {
                Assert.True(await WriteAsync($"race/folder/{i}/{worker}", "x"));
                if (worker > 0) Assert.True(await Blobs.DeleteAsync($"race/folder/{i}/{worker}", Ct));
            }
        })));
        Assert.Equal(25, (await KeysAsync("race/")).Count);
    }

    [Theory]
    [MemberData(nameof(HostileKeys))]
    public async Task A_key_outside_the_rules_is_refused(string key)
    {
        await Assert.ThrowsAnyAsync<ArgumentException>(() => Blobs.FindAsync(key, Ct));
        await Assert.ThrowsAnyAsync<ArgumentException>(() => Blobs.OpenReadAsync(key, cancellationToken: Ct));
        await Assert.ThrowsAnyAsync<ArgumentException>(() => Blobs.WriteAsync(key, Stream.Null, Ct));
        await Assert.ThrowsAnyAsync<ArgumentException>(() => Blobs.DeleteAsync(key, Ct));
        await Assert.ThrowsAnyAsync<ArgumentException>(() => Blobs.BeginAsync(key, Ct));
        Assert.ThrowsAny<ArgumentException>(() => Blobs.LocalPath(key));
        foreach (var call in (Func<PartialBlob, Task>[])[p => Blobs.AbortAsync(p, Ct), p => Blobs.CompleteAsync(p, Ct)])
            await Assert.ThrowsAnyAsync<ArgumentException>(() => call(new PartialBlob(Guid.NewGuid().ToString("N"), key, 0)));
    }

    [Theory]
    [InlineData("../")]
    [InlineData("a/../")]
    [InlineData("/")]
    [InlineData("a//")]
    public async Task A_prefix_that_no_key_has_is_refused(string prefix) =>
        await Assert.ThrowsAnyAsync<ArgumentException>(() => KeysAsync(prefix));

    protected static byte[] Bytes(int count)
    {
        var bytes = new byte[count];
        new Random(count).NextBytes(bytes);
        return bytes;
    }

    protected Task<bool> WriteAsync(string key, string text) => Blobs.WriteAsync(key, Content(text), Ct);

    protected static MemoryStream Content(string text) => new(Encoding.UTF8.GetBytes(text));

    protected async Task<byte[]?> ReadAsync(string key, ByteRange? range = null, IBlobs? blobs = null)
    {
        await using var stream = await (blobs ?? Blobs).OpenReadAsync(key, range, Ct);
        return stream is null ? null : await AllAsync(stream);
    }

    protected async Task<string?> TextAsync(string key) => await ReadAsync(key) is { } bytes ? Encoding.UTF8.GetString(bytes) : null;

    protected static async Task<byte[]> AllAsync(Stream stream)
    {
        var copy = new MemoryStream();
        await stream.CopyToAsync(copy, Ct);
        return copy.ToArray();
    }

    protected async Task<List<string>> KeysAsync(string prefix)
    {
        var keys = new List<string>();
        await foreach (var blob in Blobs.ListAsync(prefix, Ct)) keys.Add(blob.Key);
        return keys;
    }
}
