using FlickStream.Platform.Problems;

namespace FlickStream.Ingest.Assets;

internal static class AssetProblems
{
    public static readonly Problem NotFound = new("asset_not_found", 404, "There is no such asset.");

    public static readonly Problem PageInvalid =
        new("asset_page_invalid", 400, "Use limit 1 to 200 and, as after, the next of an earlier page.");
}
