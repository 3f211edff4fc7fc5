using Microsoft.Net.Http.Headers;

namespace FlickStream.Portal.Page;

internal static class PageRoutes
{
    /// <summary>Nothing inline and nothing from a blob may run. Media Source Extensions play from a blob address, and posters are shown
    /// from one; hls.js begins each text track with an empty one from a data address. Media and their playlists may come from a delivery
    /// network, whose name only the grant tells.</summary>
    private const string ContentSecurityPolicy =
        "default-src 'none'; script-src 'self'; worker-src 'self'; style-src 'self'; img-src 'self' blob:; " +
        "media-src 'self' blob: data: http: https:; connect-src 'self' http: https:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    public static void Map(IEndpointRouteBuilder routes)
    {
        foreach (var (path, file) in PageFiles.All)
        {
            routes.MapMethods(path == "index.html" ? "/" : $"/{path}", [HttpMethods.Get, HttpMethods.Head], context => SendAsync(context, file))
                .AllowAnonymous()
                .ExcludeFromDescription();
        }
    }

    private static Task SendAsync(HttpContext context, PageFile file)
    {
        var isPacked = AcceptsGzip(context.Request);
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = ContentSecurityPolicy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers.Vary = HeaderNames.AcceptEncoding;
        // Addresses carry no version, so every use asks whether the file is still the same.
        headers.CacheControl = "no-cache";
        if (isPacked) headers.ContentEncoding = "gzip";
        var tag = new EntityTagHeaderValue($"\"{file.Version}{(isPacked ? "-gzip" : "")}\"");
        return TypedResults.Bytes(isPacked ? file.Gzip : file.Plain, file.ContentType, entityTag: tag).ExecuteAsync(context);
    }

    private static bool AcceptsGzip(HttpRequest request) =>
        request.GetTypedHeaders().AcceptEncoding.Any(e => e.Value.Equals("gzip", StringComparison.OrdinalIgnoreCase) && e.Quality is not 0);
}
