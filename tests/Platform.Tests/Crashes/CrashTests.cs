using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using FlickStream.Platform.Blobs.Disk;
using FlickStream.Platform.Documents.Sqlite;

namespace FlickStream.Platform.Tests.Crashes;

public sealed class CrashTests : IDisposable
{
    private readonly TempFolder _folder = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(20)]
    public async Task What_was_acknowledged_before_a_kill_is_whole_after_it(int rounds)
    {
        var last = await WriteUntilKilledAsync(rounds);
        var blobs = new DiskBlobs(_folder.In("blobs"));
        await using var documents = new SqliteDocuments(_folder.In("documents.sqlite"));
        var set = documents.Set(CrashingWriter.Schema);

        for (var round = 0; round <= last; round++)
        {
            Assert.NotNull(await set.GetAsync($"{round}", Ct));
            Assert.Equal(CrashingWriter.Content(round), await ReadAsync(blobs, $"whole/{round}"));
        }

        // One write may have been under way: it is there whole, or it is not there.
        await foreach (var blob in blobs.ListAsync("whole/", Ct)) Assert.Equal(CrashingWriter.BlobLength, blob.Length);
        Assert.Empty(Directory.EnumerateFiles(_folder.In("blobs/temp")));

        var current = (await set.GetAsync("current", Ct))!.Value;
        Assert.InRange(current.Round, last, last + 1);
        Assert.Equal((current.Round + 1L) * CrashingWriter.BlobLength, current.Partial!.Length);
        await blobs.CompleteAsync(current.Partial, Ct);
        Assert.Equal(
            Enumerable.Range(0, current.Round + 1).SelectMany(CrashingWriter.Content), await ReadAsync(blobs, "growing"));
    }

    private static async Task<byte[]> ReadAsync(DiskBlobs blobs, string key)
    {
        await using var stream = await blobs.OpenReadAsync(key, cancellationToken: Ct);
        var copy = new MemoryStream();
        await stream!.CopyToAsync(copy, Ct);
        return copy.ToArray();
    }

    private async Task<int> WriteUntilKilledAsync(int rounds)
    {
        // Not "dotnet": the packed tests run where there is none.
        var thisProgram = Path.ChangeExtension(Assembly.GetExecutingAssembly().Location, null);
        var start = new ProcessStartInfo(thisProgram, ["-explicit", "only", "-class", typeof(CrashingWriter).FullName!]) { RedirectStandardOutput = true };
        start.Environment[CrashingWriter.FolderVariable] = _folder.Path;
        using var writer = Process.Start(start)!;
        var last = -1;
        try
        {
            while (last < rounds)
            {
                var line = await writer.StandardOutput.ReadLineAsync(Ct);
                last = RoundOf(line ?? throw new InvalidOperationException("The writer ended by itself.")) ?? last;
            }
        }
        finally
        {
            writer.Kill();
        }

        // What it acknowledged between the last line and the kill is in the pipe.
        while (await writer.StandardOutput.ReadLineAsync(Ct) is { } line) last = RoundOf(line) ?? last;
        await writer.WaitForExitAsync(Ct);
        return last;
    }

    private static int? RoundOf(string line) => line.StartsWith(CrashingWriter.Acknowledged, StringComparison.Ordinal)
        ? int.Parse(line.AsSpan(CrashingWriter.Acknowledged.Length), CultureInfo.InvariantCulture) : null;
}
