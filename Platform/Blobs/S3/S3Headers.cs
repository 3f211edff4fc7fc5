namespace FlickStream.Platform.Blobs.S3;

/// <summary>What a delivery network in front of the bucket passes on to players.</summary>
internal static class S3Headers
{
    public const string Immutable = "public, max-age=31536000, immutable";

    public static string ContentTypeOf(string key) => Path.GetExtension(key) switch
    {
        ".vtt" => "text/vtt; charset=utf-8",
        ".m4s" or ".mp4" => "video/mp4",
        ".jpg" => "image/jpeg",
        _ => "application/octet-stream",
    };
}
