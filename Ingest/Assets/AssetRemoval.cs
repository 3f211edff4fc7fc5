using FlickStream.Ingest.Texts;
using FlickStream.Ingest.Uploads;
using FlickStream.Platform.Blobs;
using FlickStream.Platform.Contracts;
using FlickStream.Platform.Documents;
using Microsoft.Extensions.Options;

namespace FlickStream.Ingest.Assets;

/// <summary>Removes what deleted assets left: the master at once, the segments when Transcoder has let go of the presentation, the
/// document last, when Origin has withdrawn the segments from caches, so that an interrupted removal is found again. And what living
/// ones have no use for any more: masters that were replaced, encodings that Transcoder has let go of.</summary>
internal sealed class AssetRemoval(
    IBlobs blobs, IDocuments documents, TextRemoval texts, TimeProvider time, IOptions<AssetOptions> options, ILogger<AssetRemoval> log) : BackgroundService
{
    private readonly IDocumentSet<Asset> _assets = documents.Set(Asset.Schema);
    private readonly IDocumentSet<Presentation> _presentations = documents.Set(Presentation.Schema);
    private readonly IDocumentSet<Upload> _uploads = documents.Set(Upload.Schema);

    public async Task SweepAsync(CancellationToken cancellationToken)
    {
        var deleted = new DocumentQuery { Filters = [DocumentFilter.Equal("state", nameof(AssetState.Deleted))] };
        await foreach (var asset in _assets.QueryAllAsync(deleted, cancellationToken)) await RemoveAsync(asset, cancellationToken);
        var spare = new DocumentQuery { Filters = [DocumentFilter.Equal("spare", true)] };
        await foreach (var asset in _assets.QueryAllAsync(spare, cancellationToken)) await RemoveSparesAsync(asset, cancellationToken);
        var letGo = new DocumentQuery { Filters = [DocumentFilter.AtMost("letGo", time.GetUtcNow())] };
        await foreach (var given in _presentations.QueryAllAsync(letGo, cancellationToken)) await RemoveEncodingAsync(given, cancellationToken);
        await texts.SweepAsync(cancellationToken);
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
        foreach (var key in asset.Value.SpareMasters.Append(asset.Value.Replacement?.MasterKey).Append(asset.Value.MasterKey))
            if (key is not null && !await RemoveMasterAsync(key, cancellationToken)) return;

        if (await _presentations.GetAsync(asset.Id, cancellationToken) is not null) return;
        await RemoveMediaAsync($"media/{asset.Id}/", cancellationToken);
        await texts.RemoveOfAsync(asset.Id, cancellationToken);

        if (asset.Value.MediaRemovedAt is null)
        {
            await _assets.ReplaceAsync(asset.Id, asset.Version, asset.Value with { MediaRemovedAt = time.GetUtcNow() }, cancellationToken);
            return;
        }

        if (asset.Value.WithdrawnAt is not null && time.GetUtcNow() >= (asset.Value.DeletedAt ?? default) + options.Value.TombstoneLifetime)
            await _assets.DeleteAsync(asset.Id, asset.Version, cancellationToken);
    }

    /// <summary>False while it may come again: an upload that is still being completed would make it anew.</summary>
    private async Task<bool> RemoveMasterAsync(string key, CancellationToken cancellationToken)
    {
        if (await _uploads.GetAsync(Upload.IdOfMaster(key), cancellationToken) is { Value.IsUnsettled: true }) return false;
        await blobs.DeleteAsync(key, cancellationToken);
        return true;
    }

    private async Task RemoveSparesAsync(Stored<Asset> asset, CancellationToken cancellationToken)
    {
        // Until Transcoder has taken the new master its jobs read the old one.
        if (asset.Value.State is not (AssetState.Planned or AssetState.Refused)) return;
        foreach (var key in asset.Value.SpareMasters)
        {
            if (!await RemoveMasterAsync(key, cancellationToken)) continue;
            await _assets.UpdateAsync(asset.Id, a => a with { SpareMasters = [.. a.SpareMasters.Where(k => k != key)] }, cancellationToken);
        }
    }

    private async Task RemoveEncodingAsync(Stored<Presentation> given, CancellationToken cancellationToken)
    {
        foreach (var part in await _presentations.UnsharedPartsAsync(given, cancellationToken))
            await RemoveMediaAsync($"{Presentation.Folder(given.Value.AssetId, part.Revision)}/{part.Name}", cancellationToken);
        await _presentations.DeleteAsync(given.Id, given.Version, cancellationToken);
    }

    private async Task RemoveMediaAsync(string prefix, CancellationToken cancellationToken)
    {
        await foreach (var blob in blobs.ListAsync(prefix, cancellationToken))
            await blobs.DeleteAsync(blob.Key, cancellationToken);
    }
}
