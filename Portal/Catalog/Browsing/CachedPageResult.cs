using Microsoft.Net.Http.Headers;

namespace FlickStream.Portal.Catalog.Browsing;

/// <summary>The page, or 304 where the caller has it. Ranges and dates, which files have besides, cost as much as all the rest of an answer from memory.</summary>
internal sealed class CachedPageResult(CachedPage page) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.Headers.ETag = page.Tag.ToString();
        if (IsKnown(httpContext.Request))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return Task.CompletedTask;
        }

        response.ContentType = "application/json; charset=utf-8";
        response.ContentLength = page.Json.Length;
        return response.Body.WriteAsync(page.Json, httpContext.RequestAborted).AsTask();
    }

    // RFC 9110, 13.1.2: by weak comparison.
    private bool IsKnown(HttpRequest request) => request.Headers.IfNoneMatch.Count > 0
        && request.GetTypedHeaders().IfNoneMatch.Any(tag => tag.Equals(EntityTagHeaderValue.Any) || tag.Compare(page.Tag, useStrongComparison: false));
}
