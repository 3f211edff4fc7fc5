using FlickStream.Platform.Problems;

namespace FlickStream.Ingest.Assets;

internal static class AssetProblems
{
    public static readonly Problem NotFound = new("asset_not_found", 404, "There is no such asset.");

    public static readonly Problem MasterMissing =
        new("master_missing", 410, "The stored master is gone. Delete this asset and upload the file again.");

    public static readonly Problem LimitInvalid = new("limit_invalid", 400, "Ask for 1 to 200 assets a page.");
}
