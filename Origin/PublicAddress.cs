namespace FlickStream.Origin;

/// <summary>Absolute addresses as viewers reach them.</summary>
internal static class PublicAddress
{
    public static string Of(HttpContext http, OriginOptions options) =>
        options.PublicUrl?.AbsoluteUri.TrimEnd('/') ?? $"{http.Request.Scheme}://{http.Request.Host}{http.Request.PathBase}";

    /// <summary>The folder that a playback request was made in, with a closing slash.</summary>
    public static string FolderOf(HttpContext http, OriginOptions options)
    {
        var path = http.Request.Path.Value!;
        return $"{Of(http, options)}{path.AsSpan(0, path.LastIndexOf('/') + 1)}";
    }
}
