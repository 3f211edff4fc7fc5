using FlickStream.Platform.Access;
using FlickStream.Platform.Documents;

namespace FlickStream.Ingest.Assets;

internal static class GetAsset
{
    public static async Task<IResult> Handle(string id, HttpContext http, IDocuments documents, AssetView view, CancellationToken cancellationToken)
    {
        var asset = await FindAsset.OfAsync(documents, id, Caller.Of(http), cancellationToken);
        return asset is null ? AssetProblems.NotFound.ToResult() : TypedResults.Ok(await view.OfAsync(asset.Value, cancellationToken));
    }
}
