using FlickStream.Platform.Blobs;
using FlickStream.Platform.Contracts;
using FlickStream.Platform.Documents;

namespace FlickStream.Ingest.Texts;

/// <summary>Removes texts that were deleted, once Transcoder has taken them out of the asset's encodings, and those of deleted assets. What
/// a CDN keeps of them it keeps: no manifest names it any more.</summary>
internal sealed class TextRemoval(IBlobs blobs, IDocuments documents)
{
    private readonly IDocumentSet<SideText> _texts = documents.Set(SideText.Schema);
    private readonly IDocumentSet<Presentation> _presentations = documents.Set(Presentation.Schema);

    public async Task SweepAsync(CancellationToken cancellationToken)
    {
        var gone = new DocumentQuery { Filters = [DocumentFilter.Equal("gone", true)] };
        await foreach (var text in _texts.QueryAllAsync(gone, cancellationToken)) await RemoveAsync(text, cancellationToken);
    }

    public async Task RemoveOfAsync(string assetId, CancellationToken cancellationToken)
    {
        await RemoveBlobsAsync(SideText.Folder(assetId), cancellationToken);
        await foreach (var text in _texts.QueryAllAsync(OfAsset(assetId), cancellationToken))
            await _texts.DeleteAsync(text.Id, cancellationToken: cancellationToken);
    }

    private async Task RemoveAsync(Stored<SideText> text, CancellationToken cancellationToken)
    {
        var (assetId, name) = (text.Value.AssetId, text.Value.Rendition);
        await foreach (var title in _presentations.QueryAllAsync(OfAsset(assetId), cancellationToken))
            await RemoveBlobsAsync($"{Presentation.Folder(assetId, title.Value.Revision)}/{name}/", cancellationToken);
        await blobs.DeleteAsync(text.Value.BlobKey, cancellationToken);
        await _texts.DeleteAsync(text.Id, text.Version, cancellationToken);
    }

    private async Task RemoveBlobsAsync(string prefix, CancellationToken cancellationToken)
    {
        await foreach (var blob in blobs.ListAsync(prefix, cancellationToken)) await blobs.DeleteAsync(blob.Key, cancellationToken);
    }

    private static DocumentQuery OfAsset(string assetId) => new() { Filters = [DocumentFilter.Equal("asset", assetId)] };
}
