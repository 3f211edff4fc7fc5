using FlickStream.Platform.Contracts;
using FlickStream.Platform.Documents;

namespace FlickStream.Ingest.Assets;

internal static class GetAsset
{
    public static async Task<IResult> Handle(string id, IDocuments documents, AssetView view, CancellationToken cancellationToken)
    {
        var asset = id.Length > 200 ? null : await documents.Set(Asset.Schema).GetAsync(id, cancellationToken);
        return asset is null or { Value.State: AssetState.Deleted }
            ? AssetProblems.NotFound.ToResult() : TypedResults.Ok(await view.OfAsync(asset.Value, cancellationToken));
    }
}
