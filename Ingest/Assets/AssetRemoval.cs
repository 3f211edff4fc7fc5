using FlickStream.Ingest.Uploads;
using FlickStream.Platform.Blobs;
using FlickStream.Platform.Contracts;
using FlickStream.Platform.Documents;
using Microsoft.Extensions.Options;

namespace FlickStream.Ingest.Assets;

/// <summary>Removes what deleted assets left: the master at once, the segments when Transcoder has let go of the presentation, the
/// document last, when Origin has withdrawn the segments from caches, so that an interrupted removal is found again.</summary>
internal sealed class AssetRemoval(
    IBlobs blobs, IDocuments documents, TimeProvider time, IOptions<AssetOptions> options, ILogger<AssetRemoval> log) : BackgroundService
{
    private readonly IDocumentSet<Asset> _assets = documents.Set(Asset.Schema);
    private readonly IDocumentSet<Presentation> _presentations = documents.Set(Presentation.Schema);
    private readonly IDocumentSet<Upload> _uploads = documents.Set(Upload.Schema);

    public async Task SweepAsync(CancellationToken cancellationToken)
    {
        var deleted = new DocumentQuery { Filters = [DocumentFilter.Equal("state", nameof(AssetState.Deleted))] };
        await foreach (var asset in _assets.QueryAllAsync(deleted, cancellationToken)) await RemoveAsync(asset, cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.SweepInterval, time);
        do
        {
            try
            {
                await SweepAsync(stoppingToken);
            }
            catch (Exception fault) when (!stoppingToken.IsCancellationRequested)
            {
                // The next sweep tries again; ending here would keep deleted assets until a restart.
                log.LogError(fault, "Removing deleted assets failed.");
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task RemoveAsync(Stored<Asset> asset, CancellationToken cancellationToken)
    {
        // An upload that is still being completed would make the master anew.
        if (await _uploads.GetAsync(asset.Id, cancellationToken) is { Value.IsUnsettled: true }) return;
        await blobs.DeleteAsync(asset.Value.MasterKey, cancellationToken);

        if (await _presentations.GetAsync(asset.Id, cancellationToken) is not null) return;
        await foreach (var blob in blobs.ListAsync($"media/{asset.Id}/", cancellationToken))
            await blobs.DeleteAsync(blob.Key, cancellationToken);

        if (asset.Value.MediaRemovedAt is null)
        {
            await _assets.ReplaceAsync(asset.Id, asset.Version, asset.Value with { MediaRemovedAt = time.GetUtcNow() }, cancellationToken);
            return;
        }

        if (asset.Value.WithdrawnAt is not null && time.GetUtcNow() >= (asset.Value.DeletedAt ?? default) + options.Value.TombstoneLifetime)
            await _assets.DeleteAsync(asset.Id, asset.Version, cancellationToken);
    }
}
