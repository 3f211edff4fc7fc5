using FlickStream.Platform.Access;
using FlickStream.Platform.Bus;
using FlickStream.Platform.Contracts;
using FlickStream.Platform.Documents;

namespace FlickStream.Ingest.Assets;

/// <summary>DELETE: the asset is gone for every caller at once; what it left is removed after that by <see cref="AssetRemoval"/>.</summary>
internal static class DeleteAsset
{
    public static async Task<IResult> Handle(
        string id, HttpContext http, IDocuments documents, IBus bus, TimeProvider time, CancellationToken cancellationToken)
    {
        var assets = documents.Set(Asset.Schema);
        while (await FindAsset.OfAsync(documents, id, Caller.Of(http), cancellationToken) is { } asset)
        {
            var tombstone = asset.Value with { State = AssetState.Deleted, DeletedAt = time.GetUtcNow() };
            if (await assets.ReplaceAsync(id, asset.Version, tombstone, cancellationToken) is null) continue;
            await bus.PublishAsync(Topics.AssetChanged, id, CancellationToken.None);
            return TypedResults.NoContent();
        }

        return AssetProblems.NotFound.ToResult();
    }
}
