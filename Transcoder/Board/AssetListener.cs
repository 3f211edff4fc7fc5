using FlickStream.Platform.Bus;
using FlickStream.Platform.Contracts;

namespace FlickStream.Transcoder.Board;

/// <summary>Acts at once when Ingest rings; <see cref="BoardSweep"/> catches what it misses.</summary>
internal sealed class AssetListener(IBus bus, AssetIntake intake, ILogger<AssetListener> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await using var changes = await bus.SubscribeAsync(Topics.AssetChanged, stoppingToken);
        await foreach (var assetId in changes.ReadAllAsync(stoppingToken))
        {
            try
            {
                await intake.TakeOneAsync(assetId, stoppingToken);
            }
            catch (Exception error) when (!stoppingToken.IsCancellationRequested)
            {
                logger.LogError(error, "Asset {Asset} could not be taken; the sweep tries again", assetId);
            }
        }
    }
}
