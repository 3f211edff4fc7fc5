using FlickStream.Platform.Access;
using FlickStream.Platform.Contracts;
using FlickStream.Platform.Documents;

namespace FlickStream.Ingest.Assets;

/// <summary>An asset as its caller may see it. Another's asset is not found, like one that never was.</summary>
internal static class FindAsset
{
    private const int LongestId = 200;

    /// <summary>Null when there is none for this caller.</summary>
    public static async Task<Stored<Asset>?> OfAsync(IDocuments documents, string id, Caller caller, CancellationToken cancellationToken)
    {
        var asset = id.Length > LongestId ? null : await documents.Set(Asset.Schema).GetAsync(id, cancellationToken);
        return asset is { Value.State: not AssetState.Deleted } && caller.MaySee(asset.Value.Owner) ? asset : null;
    }
}
