using FlickStream.Platform.Bus;
using FlickStream.Platform.Contracts;

namespace FlickStream.Portal.Notifications.News;

/// <summary>Studios hear at once; what a bell that was lost would have told, the next round does.</summary>
internal sealed class EncodingListener(IBus bus, EncodingNews news, TimeProvider time, ILogger<EncodingListener> log) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => bus.RunAsync(
        Topics.EncodingEnded, Interval, time, news.TellAsync, fault => log.LogError(fault, "How encodings ended could not be told."), stoppingToken);
}
