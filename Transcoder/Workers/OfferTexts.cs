using FlickStream.Platform.Bus;
using FlickStream.Platform.Contracts;
using FlickStream.Platform.Documents;
using FlickStream.Platform.Leases;
using Microsoft.Extensions.Options;

namespace FlickStream.Transcoder.Workers;

/// <summary>Looks at texts that were uploaded beside masters or deleted: at once when the bell rings, by sweep when it was missed or the
/// title has no presentation yet.</summary>
internal sealed class OfferTexts(
    OfferText offer, IDocuments documents, IBus bus, ILeases leases, TimeProvider time, IOptions<WorkerOptions> options, ILogger<OfferTexts> logger)
    : BackgroundService
{
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);

    private readonly IDocumentSet<SideText> _texts = documents.Set(SideText.Schema);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(ListenAsync(stoppingToken), SweepAsync(stoppingToken));

    private async Task ListenAsync(CancellationToken stoppingToken)
    {
        await using var bell = await bus.SubscribeAsync(Topics.TextChanged, stoppingToken);
        await foreach (var id in bell.ReadAllAsync(stoppingToken)) await TryAsync(id, stoppingToken);
    }

    private async Task SweepAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.Poll, time);
        var pending = new DocumentQuery { Filters = [DocumentFilter.Equal("pending", true)], Sort = [new DocumentSort("created")] };
        do
        {
            try
            {
                await foreach (var text in _texts.QueryAllAsync(pending, stoppingToken)) await TryAsync(text.Id, stoppingToken);
            }
            catch (Exception error) when (!stoppingToken.IsCancellationRequested)
            {
                logger.LogError(error, "Looking for texts failed; it is tried again in {Pause}", timer.Period);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    /// <summary>One text that cannot be had must not keep the others from being offered.</summary>
    private async Task TryAsync(string id, CancellationToken stoppingToken)
    {
        try
        {
            // Alone, so that one that is deleted is not offered again by who had begun before.
            await using var lease = await HeldLease.TryTakeAsync(leases, $"text:{id}", Lease, time, cancellationToken: stoppingToken);
            if (lease is not null) await offer.RunAsync(id, stoppingToken);
        }
        catch (Exception error) when (!stoppingToken.IsCancellationRequested)
        {
            logger.LogError(error, "Text {Text} could not be offered; the next sweep tries again", id);
        }
    }
}
