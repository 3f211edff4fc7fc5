using Microsoft.AspNetCore.Http.HttpResults;

namespace FlickStream.Portal.Catalog.Browsing;

internal static class CatalogPages
{
    /// <summary>What is seen depends on who asks, and changes at any moment; asking whether it has is cheap.</summary>
    public static void MarkPrivate(HttpContext http) => http.Response.Headers.CacheControl = "private, no-cache";

    /// <summary>The page, or 304 where the caller has it.</summary>
    public static FileContentHttpResult Answer(HttpContext http, CachedPage page)
    {
        MarkPrivate(http);
        return TypedResults.Bytes(page.Json, "application/json; charset=utf-8", entityTag: page.Tag);
    }
}
