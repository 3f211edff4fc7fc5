using FlickStream.Platform.Blobs;

namespace FlickStream.Ingest.Uploads;

internal static class StoredUploads
{
    /// <summary>Frees bytes that will not be used, whether their write was completed or not. Calling it again is safe.</summary>
    public static async Task FreeAsync(this IBlobs blobs, PartialBlob partial)
    {
        await blobs.AbortAsync(partial);
        await blobs.DeleteAsync(partial.Key);
    }
}
