using FlickStream.Platform.Bus;
using FlickStream.Portal.Catalog;
using FlickStream.Portal.Catalog.Browsing;
using Microsoft.Extensions.Options;

namespace FlickStream.Portal.Search;

/// <summary>Has the index made before somebody searches, and told of who has another name.</summary>
internal sealed class SearchFollower(SearchIndex index, IBus bus, TimeProvider time, IOptions<CatalogOptions> options, ILogger<SearchFollower> log) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(ListenAsync(stoppingToken), RepeatAsync(stoppingToken));

    private async Task ListenAsync(CancellationToken stoppingToken)
    {
        await using var bell = await bus.SubscribeAsync(CatalogIndex.Topic, stoppingToken);
        await foreach (var message in bell.ReadAllAsync(stoppingToken))
            if (message == CatalogIndex.People) await GuardAsync(() => index.RefreshPeopleAsync(stoppingToken), stoppingToken);
    }

    private async Task RepeatAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.Freshness, time);
        do
        {
            await GuardAsync(
                async () =>
                {
                    await index.RefreshPeopleAsync(stoppingToken);
                    await index.CatchUpAsync(stoppingToken);
                },
                stoppingToken);
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task GuardAsync(Func<Task> work, CancellationToken stoppingToken)
    {
        try
        {
            await work();
        }
        catch (Exception fault) when (!stoppingToken.IsCancellationRequested)
        {
            // The next round, or the next search, reads it.
            log.LogError(fault, "Changes could not be taken into the search index.");
        }
    }
}
