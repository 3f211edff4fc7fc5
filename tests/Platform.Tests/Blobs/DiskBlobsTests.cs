using FlickStream.Platform.Blobs;
using FlickStream.Platform.Blobs.Disk;

namespace FlickStream.Platform.Tests.Blobs;

public sealed class DiskBlobsTests : BlobsContract, IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly DiskBlobs _blobs;

    public DiskBlobsTests() => _blobs = new DiskBlobs(_folder.Path);

    protected override IBlobs Blobs => _blobs;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Leftovers_of_a_killed_process_are_swept_at_the_start()
    {
        await File.WriteAllTextAsync(_folder.In("temp/leftover"), "half", Ct);
        Reopen();
        Assert.Empty(Directory.EnumerateFiles(_folder.In("temp")));
    }

    [Fact]
    public async Task A_failed_write_leaves_no_temporary_file()
    {
        await Assert.ThrowsAsync<BrokenContentException>(() => Blobs.WriteAsync("a", new BrokenStream(Bytes(100_000)), Ct));
        Assert.Empty(Directory.EnumerateFiles(_folder.In("temp")));
    }

    [Fact]
    public async Task Deleting_and_completing_leave_no_empty_folders()
    {
        await WriteAsync("a/b/c", "x");
        await Blobs.DeleteAsync("a/b/c", Ct);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder.In("objects")));

        await Blobs.CompleteAsync(await Blobs.BeginAsync("d/e", Ct), Ct);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder.In("partial")));
    }

    [Fact]
    public async Task The_local_path_is_the_blobs_file()
    {
        await WriteAsync("a/b", "here");
        Assert.Equal("here", await File.ReadAllTextAsync(Blobs.LocalPath("a/b")!, Ct));
    }

    [Fact]
    public async Task Garbage_past_the_counted_length_is_cut_off_at_completion()
    {
        var partial = await Blobs.AppendAsync(await Blobs.BeginAsync("a", Ct), Content("counted"), Ct);
        await File.AppendAllTextAsync(_folder.In($"partial/a/{partial.Id}"), "torn tail", Ct);
        Assert.Equal(7, (await Blobs.CompleteAsync(partial, Ct)).Length);
        Assert.Equal("counted", await TextAsync("a"));
    }

    [Fact]
    public async Task Counted_bytes_that_are_lost_are_an_error_and_never_a_blob()
    {
        var partial = await Blobs.AppendAsync(await Blobs.BeginAsync("a", Ct), Content("counted"), Ct);
        await File.WriteAllTextAsync(_folder.In($"partial/a/{partial.Id}"), "short", Ct);
        await Assert.ThrowsAsync<IOException>(() => Blobs.CompleteAsync(partial, Ct));
        await Assert.ThrowsAsync<IOException>(() => Blobs.AppendAsync(partial, Content("x"), Ct));
        Assert.Null(await Blobs.FindAsync("a", Ct));
    }

    [Fact]
    public async Task A_full_disk_is_its_own_error()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "/dev/full is Linux's.");
        using var full = File.OpenHandle("/dev/full", FileMode.Open, FileAccess.Write);
        await Assert.ThrowsAsync<BlobStorageFullException>(() => DurableFile.WriteAsync(full, 0, Content("x"), Ct));
    }

    protected override IBlobs Reopen() => new DiskBlobs(_folder.Path);
}
