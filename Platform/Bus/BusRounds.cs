namespace FlickStream.Platform.Bus;

/// <summary>Work that is done in rounds: at once, whenever a topic rings, and at intervals for what the bus did not tell.</summary>
public static class BusRounds
{
    /// <summary>Ends when it is stopped. A round that fails is told to <paramref name="failed"/>, and the next one tries again.</summary>
    public static async Task RunAsync(
        this IBus bus, string topic, TimeSpan interval, TimeProvider time, Func<CancellationToken, Task> round, Action<Exception> failed, CancellationToken stoppingToken)
    {
        await using var bell = await bus.SubscribeAsync(topic, stoppingToken);
        var rings = bell.ReadAllAsync(stoppingToken).GetAsyncEnumerator(stoppingToken);
        var ring = rings.MoveNextAsync().AsTask();
        using var timer = new PeriodicTimer(interval, time);
        var tick = timer.WaitForNextTickAsync(stoppingToken).AsTask();
        while (true)
        {
            try
            {
                await round(stoppingToken);
            }
            catch (Exception fault) when (!stoppingToken.IsCancellationRequested)
            {
                failed(fault);
            }

            var woken = await Task.WhenAny(ring, tick);
            if (!await woken) return;
            if (woken == tick) tick = timer.WaitForNextTickAsync(stoppingToken).AsTask();
            // One round is for all rings that came while the one before lasted.
            while (ring.IsCompleted)
            {
                if (!await ring) return;
                ring = rings.MoveNextAsync().AsTask();
            }
        }
    }
}
