using Microsoft.Extensions.Options;

namespace FlickStream.Transcoder.Workers;

/// <summary>Measures what is due, one title after the other.</summary>
internal sealed class QualityWorker(QualityQueue queue, TimeProvider time, IOptions<WorkerOptions> options, ILogger<QualityWorker> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!options.Value.MeasureQuality) return;
        while (!stoppingToken.IsCancellationRequested)
        {
            var added = queue.Added.Next;
            if (await MeasuredAsync(stoppingToken)) continue;
            using var poll = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
            await Task.WhenAny(added, Task.Delay(options.Value.Poll, time, poll.Token));
            await poll.CancelAsync();
        }
    }

    private async Task<bool> MeasuredAsync(CancellationToken stoppingToken)
    {
        try
        {
            return await queue.MeasureOneAsync(stoppingToken);
        }
        catch (Exception error) when (!stoppingToken.IsCancellationRequested)
        {
            logger.LogError(error, "What is to be measured could not be looked for; it is tried again in {Pause}", options.Value.Poll);
            return false;
        }
    }
}
