using FlickStream.Platform.Bus;
using FlickStream.Platform.Contracts;

namespace FlickStream.Portal.Notifications.News;

/// <summary>Studios hear at once; what a bell that was lost would have told, the schedule does.</summary>
internal sealed class EncodingListener(IBus bus, EncodingNews news, ILogger<EncodingListener> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await using var bell = await bus.SubscribeAsync(Topics.EncodingEnded, stoppingToken);
        await foreach (var _ in bell.ReadAllAsync(stoppingToken))
        {
            try
            {
                await news.TellAsync(stoppingToken);
            }
            catch (Exception fault) when (!stoppingToken.IsCancellationRequested)
            {
                // Ending here would leave all to the schedule until a restart.
                log.LogError(fault, "How encodings ended could not be told.");
            }
        }
    }
}
