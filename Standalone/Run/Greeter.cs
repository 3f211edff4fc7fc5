using System.Globalization;
using System.Text.Json;
using FlickStream.Standalone.Demo;

namespace FlickStream.Standalone.Run;

/// <summary>Tells the person where everything is, takes in the masters they named (or a sample and the demo data, the very first time) and shows how
/// encoding goes on until each can be watched.</summary>
internal sealed class Greeter(
    RunCommand command,
    OwnApi api,
    SampleMasterFile sample,
    DemoData demo,
    IHostApplicationLifetime lifetime,
    TimeProvider time,
    ILogger<Greeter> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await StartedAsync(stoppingToken);
        var key = await api.AdminKeyAsync(stoppingToken);
        Console.WriteLine($"FlickStream is running. Open {api.Address}#key={key}");
        Console.WriteLine($"The administrator's key is kept in {api.AdminKeyPath}. Ctrl-C stops; all work is safe.");
        try
        {
            using var client = await api.ConnectAsync(stoppingToken);
            var isDemo = command is { Masters: [], IsEmpty: false } && await demo.IsWantedAsync(stoppingToken);
            if (isDemo) await demo.TellAccountsAsync(client, stoppingToken);
            var masters = command.Masters.Select(path => (path, title: Path.GetFileNameWithoutExtension(path))).ToList();
            if (masters.Count == 0 && !command.IsEmpty && !await OwnApi.HasAssetsAsync(client, stoppingToken))
            {
                Console.WriteLine("Nothing was taken in yet: making a sample master.");
                masters.Add((await sample.MakeAsync(stoppingToken), "FlickStream sample"));
            }

            await Task.WhenAll(masters.Select(m => TakeInAsync(client, m.path, m.title, stoppingToken)));
            // The first title is ready: nothing that it needs is taken from it.
            if (isDemo) await demo.FillAsync(client, stoppingToken);
        }
        catch (Exception) when (lifetime.ApplicationStopping.IsCancellationRequested)
        {
            // The server closed its own connections first: nothing went wrong.
            logger.LogDebug("Stopped while masters were watched");
        }
        catch (Exception error)
        {
            // The server itself goes on: the page still works.
            logger.LogError(error, "Taking in masters or making the demo failed");
        }
    }

    private async Task TakeInAsync(HttpClient client, string path, string title, CancellationToken cancellationToken)
    {
        var (assetId, refusal) = await OwnApi.UploadAsync(client, path, title, cancellationToken);
        if (assetId is null)
        {
            Console.WriteLine($"{title}: not taken in: {refusal}");
            return;
        }

        Console.WriteLine($"{title}: taken in as {assetId}");
        var shown = "";
        var isPlayable = false;
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1), time);
        while (await OwnApi.AssetAsync(client, assetId, cancellationToken) is { } asset)
        {
            var state = asset.GetProperty("state").GetString()!;
            if (!isPlayable && asset.TryGetProperty("playable", out var playable) && playable.GetBoolean())
            {
                isPlayable = true;
                var grant = await OwnApi.GrantAsync(client, assetId, cancellationToken);
                Console.WriteLine($"{title}: watch it now\n  HLS  {grant.GetProperty("hls").GetString()}");
                if (grant.GetProperty("dash").GetString() is { } dash) Console.WriteLine($"  DASH {dash}");
            }

            var line = Line(title, state, asset);
            if (line != shown) Console.WriteLine(shown = line);
            if (state is "ready" or "refused" or "failed" or "cancelled") return;
            await timer.WaitForNextTickAsync(cancellationToken);
        }
    }

    private static string Line(string title, string state, JsonElement asset)
    {
        if (asset.TryGetProperty("problem", out var problem) && problem.ValueKind == JsonValueKind.Object)
            return $"{title}: {state}: {problem.GetProperty("sentence").GetString()} ({problem.GetProperty("code").GetString()})";
        if (state != "encoding") return $"{title}: {state}";
        var progress = asset.TryGetProperty("progress", out var p) && p.ValueKind == JsonValueKind.Number ? p.GetDouble() : 0;
        // In steps of 10 %, so that a log file stays readable.
        var tens = Math.Floor(progress * 10) * 10;
        return string.Create(CultureInfo.InvariantCulture, $"{title}: encoding, {tens:0} % done");
    }

    private async Task StartedAsync(CancellationToken cancellationToken)
    {
        var started = new TaskCompletionSource();
        using var onStart = lifetime.ApplicationStarted.Register(started.SetResult);
        await started.Task.WaitAsync(cancellationToken);
    }
}
