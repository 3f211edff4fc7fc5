using System.Security.Cryptography;
using FlickStream.Standalone.Tests.Harness;

namespace FlickStream.Standalone.Tests.Crashes;

/// <summary><c>kill -9</c> again and again, and the results are those of a run that nothing disturbed. <c>CRASH_KILLS</c> makes it more often,
/// <c>CRASH_SEED</c> repeats its moments.</summary>
public sealed class CrashTests : IDisposable
{
    // As many as a master meets on its way: a title whole, and the beginning of another.
    private static readonly int Kills = Given.Number("CRASH_KILLS") ?? 9;

    private static readonly string[] Collections =
        ["assets", "uploads", "jobs", "steps", "step_log", "segment_runs", "presentations", "encoding_status", "encoding_outcomes"];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("flickstream-crash-");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Kills_at_random_moments_leave_no_trace_and_lose_no_byte()
    {
        var seed = Given.Number("CRASH_SEED") ?? Random.Shared.Next(100_000);
        TestContext.Current.TestOutputHelper!.WriteLine($"CRASH_SEED={seed} repeats these moments");
        var file = await TestMaster.MakeAsync(Path.Combine(_folder.FullName, "master.mov"), 26, cancellationToken: Cancellation);
        var master = await File.ReadAllBytesAsync(file.Path, Cancellation);

        var (calm, calmText) = await UndisturbedAsync(master);
        var data = new DataContents(_folder.CreateSubdirectory("killed").FullName);
        await using var run = new KilledRun(data.Folder, Kills, seed, Cancellation);
        await run.StartAsync();
        var assets = new List<string>();
        while (run.MayKill) assets.Add(await run.TakeInAsync(master, killsInUpload: 2));
        TestContext.Current.TestOutputHelper!.WriteLine(string.Join('\n', run.Kills));

        foreach (var id in assets)
        {
            Assert.Equal(calm, data.BlobsOf(id));
            Assert.Equal(calmText, await ManifestsAsync(run.FlickStream.Client, id));
            var asset = await run.FlickStream.Client.AssetAsync(id, Cancellation);
            Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(master)), asset.GetProperty("sha256").GetString());
        }

        await SettledAsync(() => data.Documents("jobs").All(job => DataContents.StateOf(job.Json) == "done"));
        await FreeUnheardUploadsAsync(run.FlickStream.Client, data, assets);
        Assert.Empty(data.Scraps());
        Assert.Equal(assets.Count * (calm.Count + 1), data.Blobs().Count);
        Assert.All(data.Documents("steps"), step => Assert.Equal("done", DataContents.StateOf(step.Json)));
        foreach (var collection in (string[])["assets", "uploads", "jobs", "presentations"])
            Assert.Equal(assets.Order(StringComparer.Ordinal), data.Documents(collection).Select(d => d.Id.Split('-')[0]));

        foreach (var id in assets)
        {
            await run.FlickStream.Client.DeleteAsync("assets", id, Cancellation);
            await run.FlickStream.Client.DeleteAsync("uploads", id, Cancellation);
        }

        await run.KillWhileRemovingAsync();
        await SettledAsync(() => data.Documents("assets").Count == 0);
        Assert.Empty(data.Blobs());
        Assert.Empty(data.Scraps());
        Assert.All(Collections, collection => Assert.Empty(data.Documents(collection)));
        Assert.Equal(0, await run.FlickStream.StopAsync());
    }

    /// <summary>Uploads whose creation was never answered: of some there is a document, which waits a day for bytes, of some only an empty
    /// file, which waits an hour.</summary>
    private static async Task FreeUnheardUploadsAsync(HttpClient client, DataContents data, IReadOnlyList<string> heard)
    {
        foreach (var (id, _) in data.Documents("uploads"))
            if (!heard.Contains(id)) await client.DeleteAsync("uploads", id, Cancellation);
        data.AgePartials();
        await SettledAsync(() => data.Scraps().Count == 0);
    }

    private async Task<(SortedDictionary<string, string> Blobs, string Manifests)> UndisturbedAsync(byte[] master)
    {
        var data = new DataContents(_folder.CreateSubdirectory("calm").FullName);
        await using var run = new KilledRun(data.Folder, kills: 0, seed: 0, Cancellation);
        await run.StartAsync();
        var id = await run.TakeInAsync(master, killsInUpload: 0);
        var blobs = data.BlobsOf(id);
        Assert.True(blobs.Count > 20, $"only {blobs.Count} blobs");
        return (blobs, await ManifestsAsync(run.FlickStream.Client, id));
    }

    /// <summary>The texts of the whole presentation; their addresses are relative, so they are the same for every asset.</summary>
    private static async Task<string> ManifestsAsync(HttpClient client, string assetId)
    {
        var grant = await client.GrantAsync(assetId, Cancellation);
        var master = new Uri(grant.Hls);
        var texts = new List<string> { await client.GetStringAsync(master, Cancellation), await client.GetStringAsync(new Uri(grant.Dash), Cancellation) };
        foreach (var line in texts[0].Split('\n').Where(line => line is not ("" or ['#', ..])))
            texts.Add(await client.GetStringAsync(new Uri(master, line), Cancellation));
        return string.Join('\n', texts);
    }

    private static async Task SettledAsync(Func<bool> isSettled)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        for (var looks = 0; !isSettled(); looks++)
        {
            Assert.True(looks < 300, "The sweeps do not come to an end.");
            await timer.WaitForNextTickAsync(Cancellation);
        }
    }
}
