using System.Collections.Concurrent;
using System.Diagnostics;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using FlickStream.Engines;
using FlickStream.Standalone.Tests.Crashes;
using FlickStream.Standalone.Tests.Harness;

namespace FlickStream.Standalone.Tests.Apart;

/// <summary>Masters flow through three workers while services die, Redis forgets, the bucket fails and a disk is full, and what comes of them is
/// what came of them when nothing did. <c>CHAOS_MINUTES</c> lets it last; <c>CHAOS_SEED</c> repeats its moments.</summary>
public sealed class ChaosTests(S3Gateway gateway) : IDisposable
{
    // Each that is good, and one that is not.
    private const int Masters = 4;

    private static readonly TimeSpan LongestShortForm = TimeSpan.FromMinutes(1);

    /// <summary>Quick sweeps, short leases and little patience, so that much happens in little time.</summary>
    private static readonly Dictionary<string, string> Options = new(KilledRun.Options)
    {
        ["Ingest__Uploads__AbandonedAfter"] = "00:00:20",
        ["Board__Lease"] = "00:00:04",
        ["Board__LongestPause"] = "00:00:02",
        ["Board__MaxLosses"] = "1000",
        ["Worker__Renewal"] = "00:00:00.5",
        ["Worker__Poll"] = "00:00:01",
        ["Platform__S3__Timeout"] = "00:00:02",
        ["Platform__S3__PartBytes"] = "5242880",
        ["Platform__Redis__CommandTimeout"] = "00:00:00.5",
    };

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("flickstream-chaos-");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Every_master_ends_published_or_refused_as_in_a_quiet_run()
    {
        var seed = Given.Number("CHAOS_SEED") ?? Random.Shared.Next(100_000);
        Say($"CHAOS_SEED={seed} repeats these moments");
        var (good, bad) = (await GoodMastersAsync(), await BadMastersAsync());
        await using var deployment = await Deployment.StartAsync(gateway, Options, Cancellation);
        try
        {
            await FlowThroughAsync(deployment, good, bad, seed);
        }
        catch
        {
            Say(deployment.Errors);
            throw;
        }
    }

    private static async Task FlowThroughAsync(Deployment deployment, IReadOnlyList<Master> good, IReadOnlyList<Master> bad, int seed)
    {
        var studio = new PatientStudio(deployment.Client);
        var calm = new ConcurrentDictionary<string, Outcome>();
        var heard = new ConcurrentDictionary<string, string>();
        await Parallel.ForEachAsync([.. good, .. bad], Cancellation, async (master, _) =>
        {
            var (id, outcome) = await TakeInAsync(deployment, studio, master);
            (calm[master.Name], heard[id]) = (outcome, master.Name);
        });
        Assert.All(good, master => Assert.Equal("ready", calm[master.Name].State));
        Assert.All(good, master => Assert.True(calm[master.Name].Blobs.Contains("poster.jpg", StringComparison.Ordinal), calm[master.Name].Blobs));
        Assert.Equal(["archive", "not_media", "truncated"], bad.Select(master => calm[master.Name].Code).Order(StringComparer.Ordinal));
        Assert.Empty(studio.Repeated);

        using var anyone = new HttpClient();
        var watched = heard.First(asset => asset.Value == good[0].Name).Key;
        var viewer = await Viewer.OfAsync(anyone, new Uri((await deployment.Client.GrantAsync(watched, Cancellation)).Hls), Cancellation);
        var disturbances = new Disturbances(deployment, seed);
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var duration = Given.Number("CHAOS_MINUTES") is { } minutes ? TimeSpan.FromMinutes(minutes) : (TimeSpan?)null;
        enough.CancelAfter(duration ?? LongestShortForm);
        var disturbing = Task.WhenAll(disturbances.RunAsync(enough.Token), viewer.WatchAsync(new Random(seed), enough.Token));
        await Parallel.ForEachAsync(Flow(good, bad, duration), new ParallelOptions { MaxDegreeOfParallelism = 3, CancellationToken = Cancellation }, async (master, _) =>
        {
            var (id, outcome) = await TakeInAsync(deployment, studio, master);
            Assert.Equal(calm[master.Name], outcome);
            heard[id] = master.Name;
        });
        await enough.CancelAsync();
        await disturbing;
        Say($"{heard.Count - calm.Count} masters; {CountsOf(disturbances.Done)}");
        Say($"the studio did again what was {CountsOf(studio.Repeated.SelectMany(reason => Enumerable.Repeat(reason.Key, reason.Value)))}");
        Say($"the viewer saw {viewer.Right} segments and {viewer.Failed} failures");
        Say($"attempts that failed: {CountsOf(FailuresOf(deployment))}");
        Assert.True(viewer.Right > 0, "The viewer never saw anything.");

        await AssertWholeAsync(deployment, studio, heard);
        await AssertRemovableAsync(deployment, studio, heard);
    }

    private sealed record Master(string Name, byte[] Bytes);

    /// <param name="State">Ready or refused.</param>
    /// <param name="Code">Of the refusal.</param>
    /// <param name="Blobs">Every blob below the asset's folder with its hash.</param>
    private sealed record Outcome(string State, string? Code, string Blobs);

    private static void Say(string line) => TestContext.Current.TestOutputHelper!.WriteLine(line);

    private static string CountsOf(IEnumerable<string> events) =>
        string.Join(", ", events.CountBy(one => one).OrderBy(one => one.Key, StringComparer.Ordinal).Select(one => $"{one.Key} x{one.Value}"));

    private static IEnumerable<string> FailuresOf(Deployment deployment)
    {
        var log = new DataContents(deployment.DataFolder).Documents("step_log").Select(entry => JsonDocument.Parse(entry.Json).RootElement);
        return log.Where(entry => entry.GetProperty("event").GetString() == "failed").Select(entry => entry.GetProperty("problem")).Select(problem =>
            problem.GetProperty("code").GetString() is var code and ("worker_lost" or "storage_full" or "storage_unavailable") ? code : problem.ToString());
    }

    private async Task<IReadOnlyList<Master>> GoodMastersAsync()
    {
        var small = await TestMaster.MakeAsync(Path.Combine(_folder.FullName, "small.mov"), 7, 320, 180, cancellationToken: Cancellation);
        var large = await TestMaster.MakeAsync(Path.Combine(_folder.FullName, "large.mov"), 13, cancellationToken: Cancellation);
        var quick = await TestMaster.MakeAsync(Path.Combine(_folder.FullName, "quick.mkv"), 5, 426, 240, 50, Cancellation);
        return
        [
            new("small.mov", await File.ReadAllBytesAsync(small.Path, Cancellation)),
            new("large.mov", await large.BytesAsync(17 << 20, Cancellation)),
            new("quick.mkv", await File.ReadAllBytesAsync(quick.Path, Cancellation)),
        ];
    }

    private async Task<IReadOnlyList<Master>> BadMastersAsync()
    {
        var whole = await File.ReadAllBytesAsync(Path.Combine(_folder.FullName, "small.mov"), Cancellation);
        using var archive = new MemoryStream();
        await using (var zip = new ZipArchive(archive, ZipArchiveMode.Create, leaveOpen: true)) zip.CreateEntry("small.mov");
        return
        [
            new("text.mp4", Encoding.UTF8.GetBytes(string.Join('\n', Enumerable.Repeat("This is no film.", 1000)))),
            new("half.mov", whole[..(whole.Length / 2)]),
            new("archive.mov", archive.ToArray()),
        ];
    }

    /// <summary>Three that are good and one that is not, again and again; as many as are asked for at least.</summary>
    private static IEnumerable<Master> Flow(IReadOnlyList<Master> good, IReadOnlyList<Master> bad, TimeSpan? duration)
    {
        var began = Stopwatch.GetTimestamp();
        for (var number = 0; number < Masters || Stopwatch.GetElapsedTime(began) < duration; number++)
        {
            yield return number % 4 == 3 ? bad[number / 4 % bad.Count] : good[number % 4];
        }
    }

    private static async Task<(string Id, Outcome Outcome)> TakeInAsync(Deployment deployment, PatientStudio studio, Master master)
    {
        var id = await studio.UploadAsync(master.Name, master.Bytes, Cancellation);
        var asset = await studio.EndedAsync(id, Cancellation);
        var blobs = await deployment.Bucket.BlobsBelowAsync($"media/{id}", Cancellation);
        var code = asset.TryGetProperty("problem", out var problem) && problem.ValueKind == JsonValueKind.Object ? problem.GetProperty("code").GetString() : null;
        return (id, new Outcome(asset.GetProperty("state").GetString()!, code, string.Join('\n', blobs.Select(blob => $"{blob.Value} {blob.Key}"))));
    }

    private static async Task AssertWholeAsync(Deployment deployment, PatientStudio studio, IReadOnlyDictionary<string, string> heard)
    {
        var data = new DataContents(deployment.DataFolder);
        await SettledAsync("jobs", () => Task.FromResult(data.Documents("jobs").Where(job => DataContents.StateOf(job.Json) != "done").Select(job => job.Id)));
        Assert.All(data.Documents("steps"), step => Assert.Equal("done", DataContents.StateOf(step.Json)));

        // A step that is done stays done: it was finished once, and under one fence by one worker.
        var finished = data.Documents("step_log").Select(entry => entry.Id.Split(':')).Where(parts => parts[^1] == "done");
        Assert.DoesNotContain(finished.GroupBy(parts => string.Join(':', parts[..^2])), ends => ends.Count() > 1);
        var completed = deployment.Traces.Spans.Where(span => span.Attributes.GetValueOrDefault("flickstream.outcome") == "done").ToList();
        Assert.NotEmpty(completed);
        Assert.DoesNotContain(
            completed.GroupBy(span => (span.Attributes["flickstream.asset"], span.Name, span.Attributes["flickstream.fence"])), ends => ends.Count() > 1);

        // Uploads whose creation was never answered wait a day for bytes; nobody will send them any.
        foreach (var (id, _) in data.Documents("uploads"))
            if (!heard.ContainsKey(id)) await studio.RemoveAsync("uploads", id, Cancellation);
        Assert.Equal(heard.Keys.Order(StringComparer.Ordinal), data.Documents("assets").Select(asset => asset.Id));
        await SettledAsync("blobs of no asset", async () => (await deployment.Bucket.KeysAsync(Cancellation)).Where(key => !IsOf(key, heard)));
        await SettledAsync("unfinished multipart uploads", async () => (await deployment.Bucket.UnfinishedAsync(Cancellation)).Select(upload => upload.Key));
    }

    private static bool IsOf(string key, IReadOnlyDictionary<string, string> heard) =>
        key.Split('/') is ["masters" or "media", var id, ..] && heard.ContainsKey(id);

    private static async Task AssertRemovableAsync(Deployment deployment, PatientStudio studio, IReadOnlyDictionary<string, string> heard)
    {
        foreach (var id in heard.Keys)
        {
            await studio.RemoveAsync("assets", id, Cancellation);
            await studio.RemoveAsync("uploads", id, Cancellation);
        }

        await SettledAsync("blobs of deleted assets", async () => await deployment.Bucket.KeysAsync(Cancellation));
        foreach (var service in deployment.Services) Assert.True(await service.StopAsync() == 0, service.Output);
    }

    private static async Task SettledAsync(string what, Func<Task<IEnumerable<string>>> remaining)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(250));
        for (var looks = 0; await remaining() is var left && left.Any(); looks++)
        {
            Assert.True(looks < 400, $"{what} stay: {string.Join(", ", left)}");
            await timer.WaitForNextTickAsync(Cancellation);
        }
    }
}
