using System.Text;
using FlickStream.Platform.Backup;
using FlickStream.Platform.Blobs.Disk;
using FlickStream.Platform.Documents;
using FlickStream.Platform.Documents.Sqlite;
using Microsoft.Extensions.Time.Testing;

namespace FlickStream.Platform.Tests.Backup;

public sealed class DataBackupTests : IAsyncDisposable
{
    private static readonly DocumentSchema<Owner> Assets = new("assets");

    private readonly TempFolder _folder = new();
    private readonly SqliteDocuments _documents;
    private readonly DiskBlobs _blobs;

    public DataBackupTests()
    {
        Directory.CreateDirectory(Data);
        _documents = new SqliteDocuments(_folder.In("data/documents.sqlite"));
        _blobs = new DiskBlobs(_folder.In("data/blobs"));
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private string Data => _folder.In("data");

    private string Copy => _folder.In("copy");

    public async ValueTask DisposeAsync()
    {
        await _documents.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task What_is_deleted_while_blobs_are_copied_is_in_the_backup_whose_documents_name_it()
    {
        await TakeInAsync("a");
        var unfinished = await _blobs.AppendAsync(await _blobs.BeginAsync("masters/a", Ct), Content("begun"), Ct);
        await BackUpAsync(once: async () =>
        {
            await _documents.Set(Assets).DeleteAsync("a", cancellationToken: Ct);
            await _blobs.DeleteAsync("media/a/1/0.m4s", Ct);
            await _blobs.AbortAsync(unfinished, Ct);
            Assert.Null(await _blobs.FindAsync("media/a/1/0.m4s", Ct));
        });

        var (documents, blobs) = Restored();
        await using var _ = documents;
        Assert.NotNull(await documents.Set(Assets).GetAsync("a", Ct));
        Assert.Equal("media of a", await TextAsync(blobs, "media/a/1/0.m4s"));
        Assert.Equal(5, (await blobs.CompleteAsync(unfinished, Ct)).Length);
        Assert.False(Directory.Exists(_folder.In("data/blobs/kept")));
    }

    [Fact]
    public async Task An_upload_that_ends_while_blobs_are_copied_is_in_the_backup_as_it_was()
    {
        await _documents.Set(Assets).InsertAsync("a", new Owner("a"), Ct);
        var unfinished = await _blobs.AppendAsync(await _blobs.BeginAsync("masters/a", Ct), Content("all of it"), Ct);
        await BackUpAsync(once: () => _blobs.CompleteAsync(unfinished, Ct));

        var (documents, blobs) = Restored();
        await using var _ = documents;
        await blobs.CompleteAsync(unfinished, Ct);
        Assert.Equal("all of it", await TextAsync(blobs, "masters/a"));
    }

    [Fact]
    public async Task What_is_taken_in_after_the_documents_were_copied_leaves_no_blob_without_a_document()
    {
        await TakeInAsync("a");
        await BackUpAsync(once: () => TakeInAsync("b"));
        Assert.Equal(["media/a/1/0.m4s"], Blobs());
        await BackUpAsync();
        Assert.Equal(["media/a/1/0.m4s", "media/b/1/0.m4s"], Blobs());
    }

    [Fact]
    public async Task A_backup_that_is_made_again_copies_what_is_new_and_frees_what_is_gone()
    {
        await TakeInAsync("a");
        await TakeInAsync("b");
        Assert.Equal(2, await BackUpAsync());
        await _blobs.DeleteAsync("media/a/1/0.m4s", Ct);
        await _documents.Set(Assets).DeleteAsync("a", cancellationToken: Ct);
        await TakeInAsync("c");
        Assert.Equal(1, await BackUpAsync());
        Assert.Equal(["media/b/1/0.m4s", "media/c/1/0.m4s"], Blobs());
    }

    [Fact]
    public async Task A_copy_that_was_cut_off_is_made_whole()
    {
        await TakeInAsync("a");
        await BackUpAsync();
        await File.WriteAllTextAsync(Path.Combine(Copy, "blobs/objects/media/a/1/0.m4s"), "med", Ct);
        await BackUpAsync();
        Assert.Equal("media of a", await File.ReadAllTextAsync(Path.Combine(Copy, "blobs/objects/media/a/1/0.m4s"), Ct));
    }

    [Fact]
    public async Task After_a_backup_that_was_killed_the_next_process_frees_what_was_kept_for_it()
    {
        await TakeInAsync("a");
        using (await new KeptBlobs(_folder.In("data/blobs")).HoldAsync(TimeProvider.System, Ct))
        {
            await _blobs.DeleteAsync("media/a/1/0.m4s", Ct);
            Directory.Move(_folder.In("data/blobs/kept"), _folder.In("as it was"));
        }

        Directory.Move(_folder.In("as it was"), _folder.In("data/blobs/kept"));
        _ = new DiskBlobs(_folder.In("data/blobs"));
        Assert.False(Directory.Exists(_folder.In("data/blobs/kept")));
    }

    [Fact]
    public async Task Folders_that_hold_something_else_are_refused()
    {
        await TakeInAsync("a");
        await File.WriteAllTextAsync(_folder.In("data/.lock"), "", Ct);
        Directory.CreateDirectory(_folder.In("other"));
        await File.WriteAllTextAsync(_folder.In("other/thesis"), "years", Ct);
        var backup = new DataBackup(Data, TimeProvider.System);
        await Assert.ThrowsAsync<IOException>(() => backup.MakeAsync(_folder.In("other"), null, Ct));
        await Assert.ThrowsAsync<IOException>(() => backup.MakeAsync(Data, null, Ct));
        await Assert.ThrowsAsync<IOException>(() => new DataBackup(_folder.In("other"), TimeProvider.System).MakeAsync(Copy, null, Ct));
        await backup.MakeAsync(Copy, null, Ct);
        Assert.Throws<IOException>(() => backup.Restore(Copy, Ct));
        Assert.Throws<IOException>(() => new DataBackup(_folder.In("new"), TimeProvider.System).Restore(_folder.In("other"), Ct));
    }

    [Fact]
    public async Task A_second_backup_at_the_same_time_is_refused()
    {
        await TakeInAsync("a");
        using var first = await new KeptBlobs(_folder.In("data/blobs")).HoldAsync(TimeProvider.System, Ct);
        var time = new FakeTimeProvider();
        var second = new DataBackup(Data, time).MakeAsync(Copy, null, Ct);
        while (!second.IsCompleted)
        {
            time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        await Assert.ThrowsAsync<IOException>(() => second);
    }

    private async Task TakeInAsync(string id)
    {
        await _blobs.WriteAsync($"media/{id}/1/0.m4s", Content($"media of {id}"), Ct);
        await _documents.Set(Assets).InsertAsync(id, new Owner(id), Ct);
    }

    /// <param name="once">Done when the documents have been copied and no blob has.</param>
    private Task<int> BackUpAsync(Func<Task>? once = null) =>
        new DataBackup(Data, TimeProvider.System).MakeAsync(Copy, new Between(once ?? (() => Task.CompletedTask)), Ct);

    private (SqliteDocuments Documents, DiskBlobs Blobs) Restored()
    {
        var folder = _folder.In("restored");
        new DataBackup(folder, TimeProvider.System).Restore(Copy, Ct);
        return (new SqliteDocuments(Path.Combine(folder, "documents.sqlite")), new DiskBlobs(Path.Combine(folder, "blobs")));
    }

    private IEnumerable<string> Blobs()
    {
        var objects = Path.Combine(Copy, "blobs/objects");
        return Directory.EnumerateFiles(objects, "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(objects, path)).Order();
    }

    private static MemoryStream Content(string text) => new(Encoding.UTF8.GetBytes(text));

    private static async Task<string> TextAsync(DiskBlobs blobs, string key)
    {
        await using var stream = await blobs.OpenReadAsync(key, null, Ct);
        using var reader = new StreamReader(stream!);
        return await reader.ReadToEndAsync(Ct);
    }

    private sealed class Between(Func<Task> once) : IProgress<string>
    {
        public void Report(string value)
        {
            if (value == "documents") once().GetAwaiter().GetResult();
        }
    }

    internal sealed record Owner(string Name);
}
