using System.Collections.Concurrent;
using System.Threading.Channels;
using FlickStream.Platform.Bus;
using FlickStream.Platform.Contracts;
using FlickStream.Platform.Documents;
using Microsoft.Extensions.Options;

namespace FlickStream.Ingest.Assets;

/// <summary>Inspects new assets, a few at a time: at once when the bell rings, by sweep when it was missed or an inspection failed.</summary>
internal sealed class InspectionWorker(
    InspectAsset inspect, IDocuments documents, IBus bus, TimeProvider time, IOptions<AssetOptions> options, ILogger<InspectionWorker> log)
    : BackgroundService
{
    private static readonly TimeSpan PauseAfterFault = TimeSpan.FromSeconds(30);

    private readonly IDocumentSet<Asset> _assets = documents.Set(Asset.Schema);
    private readonly Channel<string> _waiting = Channel.CreateUnbounded<string>();

    // Assets in hand, with the time before which they are not taken up again.
    private readonly ConcurrentDictionary<string, DateTimeOffset> _known = new();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var workers = Enumerable.Range(0, options.Value.ParallelInspections).Select(_ => InspectWaitingAsync(stoppingToken));
        await Task.WhenAll([ListenAsync(stoppingToken), SweepAsync(stoppingToken), .. workers]);
    }

    private async Task ListenAsync(CancellationToken stoppingToken)
    {
        await using var bell = await bus.SubscribeAsync(Topics.AssetChanged, stoppingToken);
        await foreach (var id in bell.ReadAllAsync(stoppingToken)) Offer(id);
    }

    private async Task SweepAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.SweepInterval, time);
        var inspecting = new DocumentQuery
        {
            Filters = [DocumentFilter.Equal("state", nameof(AssetState.Inspecting))],
            Sort = [new DocumentSort("created")],
        };
        do
        {
            try
            {
                await foreach (var asset in _assets.QueryAllAsync(inspecting, stoppingToken)) Offer(asset.Id);
            }
            catch (Exception fault) when (fault is not OperationCanceledException)
            {
                // The next sweep tries again; ending here would leave masters uninspected until a restart.
                log.LogError(fault, "Looking for assets to inspect failed.");
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private void Offer(string id)
    {
        if (_known.TryGetValue(id, out var notBefore) && notBefore <= time.GetUtcNow()) _known.TryRemove(KeyValuePair.Create(id, notBefore));
        if (_known.TryAdd(id, DateTimeOffset.MaxValue)) _waiting.Writer.TryWrite(id);
    }

    private async Task InspectWaitingAsync(CancellationToken stoppingToken)
    {
        await foreach (var id in _waiting.Reader.ReadAllAsync(stoppingToken))
        {
            try
            {
                await inspect.RunAsync(id, stoppingToken);
                _known.TryRemove(id, out _);
            }
            catch (Exception fault) when (fault is not OperationCanceledException || !stoppingToken.IsCancellationRequested)
            {
                // A fault of ours, not of the master: it stays in inspection and is taken up again.
                log.LogError(fault, "Asset {Asset} could not be inspected.", id);
                _known[id] = time.GetUtcNow() + PauseAfterFault;
            }
        }
    }
}
