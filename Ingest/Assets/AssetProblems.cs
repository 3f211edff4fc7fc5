using FlickStream.Platform.Problems;

namespace FlickStream.Ingest.Assets;

internal static class AssetProblems
{
    public static readonly Problem NotFound = new("asset_not_found", 404, "There is no such asset.");

    public static readonly Problem MasterMissing =
        new("master_missing", 410, "The stored master is gone. Delete this asset and upload the file again.");

    public static readonly Problem StateUnknown = new("asset_state_unknown", 400, $"Ask for assets that are one of: {string.Join(", ", AssetStates.All)}.");

    public static readonly Problem FilterInvalid = new("filter_invalid", 400, "Give 1 to 100 characters of a title or a file's name.");

    public static readonly Problem LimitInvalid = new("limit_invalid", 400, "Ask for 1 to 200 assets a page.");
}
