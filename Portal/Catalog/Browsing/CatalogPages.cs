namespace FlickStream.Portal.Catalog.Browsing;

internal static class CatalogPages
{
    /// <summary>What is seen depends on who asks, and changes at any moment; asking whether it has is cheap.</summary>
    public static void MarkPrivate(HttpContext http) => http.Response.Headers.CacheControl = "private, no-cache";

    /// <summary>The page, or 304 where the caller has it.</summary>
    public static CachedPageResult Answer(HttpContext http, CachedPage page)
    {
        MarkPrivate(http);
        return new(page);
    }
}
