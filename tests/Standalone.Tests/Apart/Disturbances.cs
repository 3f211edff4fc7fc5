using System.Collections.Concurrent;
using FlickStream.Engines;

namespace FlickStream.Standalone.Tests.Apart;

/// <summary>What production does to a deployment, at moments that a seed chooses.</summary>
internal sealed class Disturbances(Deployment deployment, int seed)
{
    /// <summary>What was done, in order.</summary>
    public ConcurrentQueue<string> Done { get; } = new();

    /// <summary>Until told to stop; all is whole then. Services die beside whatever happens to the engines.</summary>
    public Task RunAsync(CancellationToken stop) => Task.WhenAll(
        RepeatAsync(new Random(seed), KillServiceAsync, stop),
        RepeatAsync(new Random(seed + 1), BreakEngineAsync, stop));

    private static async Task RepeatAsync(Random random, Func<Random, CancellationToken, Task> disturb, CancellationToken stop)
    {
        while (await PauseAsync(random, 1500, stop)) await disturb(random, stop);
    }

    private async Task KillServiceAsync(Random random, CancellationToken stop)
    {
        var service = deployment.Services[random.Next(deployment.Services.Count)];
        Done.Enqueue($"kill {service.Name}");
        await service.KillAsync();
        await PauseAsync(random, 1000, stop);
        await service.StartAsync(CancellationToken.None);
    }

    private Task BreakEngineAsync(Random random, CancellationToken stop) => random.Next(6) switch
    {
        0 => RestartRedisAsync(random, stop),
        1 => FlushRedisAsync(),
        2 => FillDiskAsync(random, stop),
        _ => BreakStorageAsync(random, stop),
    };

    private async Task RestartRedisAsync(Random random, CancellationToken stop)
    {
        Done.Enqueue("restart Redis");
        await deployment.Redis.KillAsync();
        await PauseAsync(random, 1500, stop);
        await deployment.Redis.StartAgainAsync();
    }

    private Task FlushRedisAsync()
    {
        Done.Enqueue("flush Redis");
        return deployment.Redis.FlushAsync();
    }

    private async Task FillDiskAsync(Random random, CancellationToken stop)
    {
        var worker = deployment.Workers[^1].ProcessId;
        if (!deployment.SmallDisk.Fill(worker)) return;
        Done.Enqueue("fill disk");
        await PauseAsync(random, 3000, stop);
        deployment.SmallDisk.Free(worker);
    }

    private async Task BreakStorageAsync(Random random, CancellationToken stop)
    {
        (Fault Fault, double Share)[] kinds =
        [
            (new Fault.Answer(500, "InternalError"), 1),
            (new Fault.Answer(503, "SlowDown"), 0.7),
            (new Fault.Slow(TimeSpan.FromMilliseconds(random.Next(100, 1000))), 0.5),
            (new Fault.Cut(), 0.7),
            (new Fault.LostAnswer(), 0.5),
            (new Fault.CutBody(random.Next(4000)), 0.5),
            (new Fault.StalledBody(random.Next(4000)), 0.2),
        ];
        var (fault, share) = kinds[random.Next(kinds.Length)];
        Done.Enqueue(fault is Fault.Answer answer ? $"S3 {answer.Code}" : $"S3 {fault.GetType().Name}");
        deployment.Storage.Faults = _ => Random.Shared.NextDouble() < share ? fault : null;
        await PauseAsync(random, 4000, stop);
        deployment.Storage.Faults = _ => null;
    }

    /// <returns>False when told to stop.</returns>
    private static async Task<bool> PauseAsync(Random random, int atMost, CancellationToken stop)
    {
        var pause = Task.Delay(TimeSpan.FromMilliseconds(random.Next(atMost / 4, atMost)), TimeProvider.System, stop);
        await pause.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return !stop.IsCancellationRequested;
    }
}
