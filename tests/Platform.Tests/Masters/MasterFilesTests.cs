using FlickStream.Engines;
using FlickStream.Platform.Blobs;
using FlickStream.Platform.Blobs.Disk;
using FlickStream.Platform.Masters;
using FlickStream.Platform.Tests.Blobs;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;

namespace FlickStream.Platform.Tests.Masters;

/// <summary>Copies of masters that lie in object storage.</summary>
public sealed class MasterFilesTests(S3Gateway gateway) : S3Fixture(gateway)
{
    private const int Waiting = 30_000;

    private readonly TempFolder _folder = new();
    private readonly FakeTimeProvider _clock = new();
    private readonly List<MasterFiles> _opened = [];
    private readonly MasterOptions _options = new() { RangeBytes = 1 << 20, MinimumFreeBytes = 0 };

    public override async ValueTask DisposeAsync()
    {
        foreach (var opened in _opened) opened.Dispose();
        _folder.Dispose();
        await base.DisposeAsync();
    }

    [Fact]
    public async Task A_master_is_fetched_once_and_whole_however_many_ask()
    {
        var bytes = Bytes(10_500_000);
        await Blobs.WriteAsync("m", new MemoryStream(bytes), Ct);
        await InterposeAsync();
        var masters = OpenMasters();
        var files = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => masters.OpenAsync("m", Ct)));

        Assert.Single(files.Select(file => file!.Path).Distinct());
        Assert.Equal(bytes, await File.ReadAllBytesAsync(files[0]!.Path, Ct));
        Assert.Equal(11, Proxy.Requests.Count(request => request.StartsWith("GET", StringComparison.Ordinal)));
        foreach (var file in files) file!.Dispose();
    }

    [Fact]
    public async Task A_copy_in_use_stays_and_one_that_is_not_makes_room()
    {
        foreach (var key in (string[])["a", "b"]) await Blobs.WriteAsync(key, new MemoryStream(Bytes(3_000_000)), Ct);
        _options.MaxBytes = 5_000_000;
        var masters = OpenMasters();
        var first = (await masters.OpenAsync("a", Ct))!;
        var fault = await Assert.ThrowsAsync<BlobStorageFullException>(() => masters.OpenAsync("b", Ct));
        Assert.Contains("Platform:Masters:MaxBytes", fault.Message);
        Assert.True(File.Exists(first.Path));

        first.Dispose();
        using var second = await masters.OpenAsync("b", Ct);
        Assert.Equal(Path.GetFileName(second!.Path), Assert.Single(Copies()));
    }

    [Fact]
    public async Task A_master_that_never_fits_drives_no_other_copy_out()
    {
        foreach (var (key, length) in ((string, int)[])[("a", 3_000_000), ("b", 6_000_000)]) await Blobs.WriteAsync(key, new MemoryStream(Bytes(length)), Ct);
        _options.MaxBytes = 5_000_000;
        var masters = OpenMasters();
        (await masters.OpenAsync("a", Ct))!.Dispose();
        await Assert.ThrowsAsync<BlobStorageFullException>(() => masters.OpenAsync("b", Ct));
        Assert.Single(Copies());
    }

    [Fact]
    public async Task A_copy_goes_when_it_has_not_been_used_for_a_while()
    {
        await Blobs.WriteAsync("m", new MemoryStream([1, 2, 3]), Ct);
        var masters = OpenMasters();
        var first = (await masters.OpenAsync("m", Ct))!;
        _clock.Advance(_options.KeepFor * 2);
        Assert.Single(Copies());

        first.Dispose();
        _clock.Advance(_options.KeepFor / 2);
        using (var again = await masters.OpenAsync("m", Ct)) Assert.Equal(first.Path, again!.Path);
        _clock.Advance(_options.KeepFor / 2);
        Assert.Single(Copies());
        _clock.Advance(_options.KeepFor);
        Assert.Empty(Copies());
    }

    [Fact(Timeout = Waiting)]
    public async Task A_fetch_for_which_nobody_waits_any_more_ends_and_leaves_nothing()
    {
        var bytes = Bytes(5_000_000);
        await Blobs.WriteAsync("m", new MemoryStream(bytes), TestContext.Current.CancellationToken);
        await InterposeAsync();
        var masters = OpenMasters();
        Proxy.Faults = request => HttpMethods.IsGet(request.Method) ? new Fault.StalledBody(100_000) : null;
        using var patience = new CancellationTokenSource();
        var (stays, leaves) = (masters.OpenAsync("m", patience.Token), masters.OpenAsync("m", patience.Token));
        while (Copies().Count == 0) await LookAgainAsync();
        await patience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Task.WhenAll(stays, leaves));
        while (Copies().Count > 0) await LookAgainAsync();

        Proxy.Faults = _ => null;
        using var file = await masters.OpenAsync("m", Ct);
        Assert.Equal(bytes, await File.ReadAllBytesAsync(file!.Path, Ct));
    }

    [Fact]
    public async Task A_fetch_that_fails_leaves_nothing_and_the_next_is_a_new_one()
    {
        var bytes = Bytes(5_000_000);
        await Blobs.WriteAsync("m", new MemoryStream(bytes), Ct);
        Options.Retries = 0;
        await InterposeAsync();
        var masters = OpenMasters();
        Proxy.Faults = request => request.Headers.Range.ToString().StartsWith("bytes=3145728", StringComparison.Ordinal)
            ? new Fault.Answer(503, "SlowDown") : null;
        await Assert.ThrowsAsync<BlobStorageUnavailableException>(() => masters.OpenAsync("m", Ct));
        Assert.Empty(Copies());

        Proxy.Faults = _ => null;
        using var file = await masters.OpenAsync("m", Ct);
        Assert.Equal(bytes, await File.ReadAllBytesAsync(file!.Path, Ct));
    }

    [Fact]
    public async Task A_master_that_is_not_there_is_null() => Assert.Null(await OpenMasters().OpenAsync("m", Ct));

    [Fact]
    public async Task What_killed_processes_left_is_removed_and_nothing_else()
    {
        foreach (var slot in (string[])["0", "1"])
        {
            Directory.CreateDirectory(_folder.In(slot));
            await File.WriteAllTextAsync(Path.Combine(_folder.In(slot), "left.master"), "x", Ct);
            await File.WriteAllTextAsync(Path.Combine(_folder.In(slot), "notes.txt"), "x", Ct);
        }

        OpenMasters();
        Assert.Empty(Copies());
        Assert.Equal(2, Directory.GetFiles(_folder.Path, "notes.txt", SearchOption.AllDirectories).Length);
    }

    [Fact]
    public async Task Processes_that_share_a_folder_leave_each_others_copies_alone()
    {
        await Blobs.WriteAsync("m", new MemoryStream([1, 2, 3]), Ct);
        using var first = await OpenMasters().OpenAsync("m", Ct);
        using (var second = await OpenMasters().OpenAsync("m", Ct)) Assert.NotEqual(first!.Path, second!.Path);
        OpenMasters();
        Assert.Equal(2, Copies().Count);
    }

    [Fact]
    public async Task A_master_that_is_a_file_is_used_in_place()
    {
        var disk = new DiskBlobs(_folder.In("blobs"));
        await disk.WriteAsync("m", new MemoryStream([1]), Ct);
        using var masters = new MasterFiles(disk, _options, _folder.In("masters"), _clock);
        using (var file = await masters.OpenAsync("m", Ct)) Assert.Equal(disk.LocalPath("m"), file!.Path);
        Assert.True(File.Exists(disk.LocalPath("m")));
        Assert.Null(await masters.OpenAsync("none", Ct));
        Assert.False(Directory.Exists(_folder.In("masters")));
    }

    private MasterFiles OpenMasters()
    {
        var masters = new MasterFiles(Blobs, _options, _folder.Path, _clock);
        _opened.Add(masters);
        return masters;
    }

    private List<string> Copies() => [.. Directory.EnumerateFiles(_folder.Path, "*.master", SearchOption.AllDirectories).Select(path => Path.GetFileName(path))];

    private static Task LookAgainAsync() => Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, Ct);
}
