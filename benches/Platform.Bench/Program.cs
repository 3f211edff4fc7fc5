using System.Diagnostics;
using System.Globalization;
using FlickStream.Platform;
using FlickStream.Platform.Blobs;
using FlickStream.Platform.Documents;
using FlickStream.Platform.Bench;

// The first argument is the seconds of each measurement, 2 unless told; the second the folder, which should lie on the disk that
// counts. The baseline is what any durable write must pay at least: one append of a block and its flush. It is measured before every
// figure, because disks drift.
var duration = TimeSpan.FromSeconds(args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 2);
var folder = Path.Combine(args.Length > 1 ? args[1] : Path.GetTempPath(), $"bench-platform-{Environment.ProcessId}");
Directory.CreateDirectory(folder);
try
{
    var builder = WebApplication.CreateBuilder();
    builder.Configuration["Platform:DataFolder"] = Path.Combine(folder, "data");
    builder.Logging.SetMinimumLevel(LogLevel.Warning);
    builder.AddPlatform(PlatformHosting.Standalone);
    await using var app = builder.Build();
    var documents = app.Services.GetRequiredService<IDocuments>().Set(Note.Schema);
    var blobs = app.Services.GetRequiredService<IBlobs>();
    var (small, large) = (new byte[10_000], new byte[1_000_000]);
    Random.Shared.NextBytes(large);

    Console.WriteLine($"{"",-34}{"a second",12}{"flushes",12}{"ratio",8}");
    foreach (var writers in (int[])[1, 8])
    {
        await MeasureAsync($"documents inserted, {writers} writers", writers, (w, i) => documents.InsertAsync($"{writers}-{w}-{i}", Note.Of(i)));
        for (var w = 0; w < writers; w++) await documents.InsertAsync($"{writers}-{w}", Note.Of(0));
        await MeasureAsync($"compare-and-set, {writers} writers", writers, (w, i) => documents.UpdateAsync($"{writers}-{w}", note => note with { Rank = i }));
        await MeasureAsync($"blobs of 10 kB, {writers} writers", writers, (w, i) => blobs.WriteAsync($"s{writers}/{w}/{i}", new MemoryStream(small)));
        await MeasureAsync($"blobs of 1 MB, {writers} writers", writers, (w, i) => blobs.WriteAsync($"l{writers}/{w}/{i}", new MemoryStream(large)));
    }

    await MeasureAsync("documents read, 2 readers", 2, (w, i) => documents.GetAsync($"8-{w}"));
    await MeasureAsync("pages of 20 by an index, 2 readers", 2, (w, i) => documents.QueryAsync(Note.Newest));
}
finally
{
    Directory.Delete(folder, recursive: true);
}

async Task MeasureAsync(string name, int writers, Func<int, int, Task> work)
{
    var flushes = Flushes(TimeSpan.FromSeconds(0.5));
    var start = Stopwatch.GetTimestamp();
    var counts = await Task.WhenAll(Enumerable.Range(0, writers).Select(writer => Task.Run(async () =>
    {
        var count = 0;
        for (; Stopwatch.GetElapsedTime(start) < duration; count++) await work(writer, count);
        return count;
    })));
    var rate = counts.Sum() / Stopwatch.GetElapsedTime(start).TotalSeconds;
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-34}{rate,12:F0}{flushes,12:F0}{rate / flushes,8:F2}"));
}

double Flushes(TimeSpan time)
{
    using var file = File.OpenHandle(Path.Combine(folder, "flushed"), FileMode.Create, FileAccess.Write);
    var block = new byte[4096];
    var start = Stopwatch.GetTimestamp();
    var count = 0;
    for (; Stopwatch.GetElapsedTime(start) < time; count++)
    {
        RandomAccess.Write(file, block, (long)count * block.Length);
        RandomAccess.FlushToDisk(file);
    }

    return count / Stopwatch.GetElapsedTime(start).TotalSeconds;
}
