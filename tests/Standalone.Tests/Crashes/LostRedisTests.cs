using System.Collections.Concurrent;
using System.Net.Http.Json;
using System.Text.Json;
using FlickStream.Engines;
using FlickStream.Standalone.Tests.Harness;

namespace FlickStream.Standalone.Tests.Crashes;

/// <summary>Redis comes and goes while masters flow, and the results are those of a run that never had any.</summary>
public sealed class LostRedisTests : IAsyncDisposable
{
    private const int Disturbances = 6;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("flickstream-lost-redis-");
    private readonly RedisServer _server = new();
    private readonly ConcurrentQueue<string> _disturbances = [];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Redis_away_at_the_start_then_killed_hung_and_emptied_at_random_costs_no_work_and_no_byte()
    {
        var master = await TestMaster.MakeAsync(Path.Combine(_folder.FullName, "master.mov"), 14, cancellationToken: Cancellation);
        var calm = await UndisturbedAsync(master);
        var data = new DataContents(_folder.CreateSubdirectory("disturbed").FullName);
        await _server.StartAsync();
        await _server.KillAsync();
        await using var run = await RunningFlickStream.StartOnAsync(data.Folder, OnRedis(), Cancellation);
        Assert.Equal("degraded", await HealthAsync(run));

        using var enough = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var disturbing = DisturbAsync(enough.Token);
        var assets = new List<string>();
        while (_disturbances.Count < Disturbances && !disturbing.IsCompleted)
        {
            assets.Add(await run.Client.UploadAsync(master.Path, Cancellation));
            await run.Client.WaitForAsync(assets[^1], asset => asset.StateIs("ready"), Cancellation);
        }

        await enough.CancelAsync();
        await disturbing;
        TestContext.Current.TestOutputHelper!.WriteLine(string.Join(", ", _disturbances));

        foreach (var id in assets) Assert.Equal(calm, data.BlobsOf(id));
        Assert.All(data.Documents("steps"), step => Assert.Equal("done", DataContents.StateOf(step.Json)));
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        for (var looks = 0; await HealthAsync(run) != "healthy"; looks++)
        {
            Assert.True(looks < 300, run.Output);
            await timer.WaitForNextTickAsync(Cancellation);
        }
    }

    private static async Task<string?> HealthAsync(RunningFlickStream run)
    {
        var answer = await run.Client.GetFromJsonAsync<JsonElement>("/health/ready", Cancellation);
        return answer.GetProperty("checks").GetProperty("redis").GetString();
    }

    private async Task<SortedDictionary<string, string>> UndisturbedAsync(TestMaster master)
    {
        var data = new DataContents(_folder.CreateSubdirectory("calm").FullName);
        await using var run = await RunningFlickStream.StartOnAsync(data.Folder, KilledRun.Options, Cancellation);
        var id = await run.Client.UploadAsync(master.Path, Cancellation);
        await run.Client.WaitForAsync(id, asset => asset.StateIs("ready"), Cancellation);
        return data.BlobsOf(id);
    }

    private Dictionary<string, string> OnRedis() => new(KilledRun.Options)
    {
        ["Platform__Bus"] = "Redis",
        ["Platform__Leases"] = "Redis",
        ["Platform__Cache"] = "Redis",
        ["Platform__ProtectionKeys"] = "Redis",
        ["Platform__Redis__Connection"] = _server.Connection,
        ["Platform__Redis__CommandTimeout"] = "00:00:00.5",
    };

    /// <summary>Until told to stop; the server is there then.</summary>
    private async Task DisturbAsync(CancellationToken stop)
    {
        await _server.StartAgainAsync();
        while (!stop.IsCancellationRequested)
        {
            await PauseAsync(1000, stop);
            switch (Random.Shared.Next(3))
            {
                case 0:
                    _disturbances.Enqueue("killed");
                    await _server.KillAsync();
                    await PauseAsync(2000, stop);
                    await _server.StartAgainAsync();
                    break;
                case 1:
                    // Beyond four times the patience of a command, so that the connection is given up at times.
                    _disturbances.Enqueue("hung");
                    await _server.HangAsync();
                    await PauseAsync(4000, stop);
                    await _server.GoOnAsync();
                    break;
                default:
                    _disturbances.Enqueue("emptied");
                    await _server.FlushAsync();
                    break;
            }
        }
    }

    private static async Task PauseAsync(int atMost, CancellationToken stop)
    {
        try
        {
            await Task.Delay(TimeSpan.FromMilliseconds(Random.Shared.Next(atMost / 4, atMost)), TimeProvider.System, stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Told to stop: what was begun is still put right.
        }
    }
}
