using FlickStream.Platform.Contracts;
using FlickStream.Platform.Delivery;
using FlickStream.Platform.Documents;

namespace FlickStream.Origin.Presentations;

/// <summary>
/// Has the copies of deleted assets' media forgotten that a CDN keeps. Not before Ingest has deleted the media themselves: a CDN fetches
/// again what it has forgotten. The asset's document says what is still to do, so a stop at any moment loses nothing.
/// </summary>
internal sealed class Withdrawals(IDocuments documents, IDelivery delivery, TimeProvider time, ILogger<Withdrawals> log)
{
    private static readonly DocumentQuery Deleted = new()
    {
        Filters = [DocumentFilter.Equal("state", nameof(AssetState.Deleted))],
        Limit = 1000,
    };

    private readonly IDocumentSet<Asset> _assets = documents.Set(Asset.Schema);

    /// <summary>Ends at the first that fails: what fails is the way to the CDN, for all of them alike.</summary>
    public async Task SweepAsync(CancellationToken cancellationToken)
    {
        await foreach (var (id, _, asset) in _assets.QueryAllAsync(Deleted, cancellationToken))
        {
            if (asset.MediaRemovedAt is null || asset.WithdrawnAt is not null) continue;

            // One that inspection never accepted had no media that anybody could fetch.
            if (asset.Media is not null) await delivery.WithdrawAsync(id, cancellationToken);
            await _assets.UpdateAsync(
                id, a => a.WithdrawnAt is null ? a with { WithdrawnAt = time.GetUtcNow() } : null, cancellationToken);
            log.LogInformation("Asset {AssetId} is withdrawn from delivery", id);
        }
    }
}
