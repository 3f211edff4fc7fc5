using System.Collections.Concurrent;
using System.Threading.Channels;
using FlickStream.Platform.Bus;
using FlickStream.Platform.Contracts;
using FlickStream.Platform.Documents;
using FlickStream.Platform.Leases;
using Microsoft.Extensions.Options;

namespace FlickStream.Ingest.Assets;

/// <summary>Inspects new assets, a few at a time: at once when the bell rings, by sweep when it was missed or an inspection failed.</summary>
internal sealed class InspectionWorker(
    InspectAsset inspect, IDocuments documents, IBus bus, ILeases leases, TimeProvider time, IOptions<AssetOptions> options, ILogger<InspectionWorker> log)
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
        var replacing = new DocumentQuery { Filters = [DocumentFilter.Equal("replacing", true)] };
        var measuring = new DocumentQuery { Filters = [DocumentFilter.Equal("measuring", true)] };
        do
        {
            try
            {
                DropKnown();
                await foreach (var asset in _assets.QueryAllAsync(inspecting, stoppingToken)) Offer(asset.Id);
                await foreach (var asset in _assets.QueryAllAsync(replacing, stoppingToken)) Offer(asset.Id);
                await foreach (var asset in _assets.QueryAllAsync(measuring, stoppingToken)) Offer(asset.Id);
            }
            catch (Exception fault) when (!stoppingToken.IsCancellationRequested)
            {
                // The next sweep tries again; ending here would leave masters uninspected until a restart.
                log.LogError(fault, "Looking for assets to inspect failed.");
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    /// <summary>Those that another process has done would be kept for ever.</summary>
    private void DropKnown()
    {
        var now = time.GetUtcNow();
        foreach (var known in _known)
        {
            if (known.Value <= now) _known.TryRemove(known);
        }
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
                var isDone = await TryInspectAsync(id, stoppingToken);
                if (isDone) _known.TryRemove(id, out _);
                else _known[id] = time.GetUtcNow() + options.Value.InspectionLease;
            }
            catch (Exception fault) when (!stoppingToken.IsCancellationRequested)
            {
                // A fault of ours, not of the master: it stays in inspection and is taken up again.
                log.LogError(fault, "Asset {Asset} could not be inspected.", id);
                _known[id] = time.GetUtcNow() + PauseAfterFault;
            }
        }
    }

    /// <summary>False while another process has it in hand: two verdicts would be the same, at twice the cost.</summary>
    private async Task<bool> TryInspectAsync(string id, CancellationToken stoppingToken)
    {
        await using var lease = await HeldLease.TryTakeAsync(
            leases, $"inspect:{id}", options.Value.InspectionLease, time, cancellationToken: stoppingToken);
        if (lease is null) return false;
        await inspect.RunAsync(id, stoppingToken);
        return true;
    }
}
