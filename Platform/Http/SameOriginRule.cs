using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace FlickStream.Platform.Http;

/// <summary>
/// Refuses unsafe requests that a browser sends on behalf of another site's page. Browsers of today say so in
/// <c>Sec-Fetch-Site</c>, older ones in <c>Origin</c>; programs send neither.
/// </summary>
internal static class SameOriginRule
{
    public static void UseSameOriginRule(this WebApplication app) => app.Use((context, next) =>
        IsCrossSite(context.Request) ? HttpProblems.CrossSite.ToResult().ExecuteAsync(context) : next(context));

    private static bool IsCrossSite(HttpRequest request)
    {
        if (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method)
            || HttpMethods.IsOptions(request.Method) || HttpMethods.IsTrace(request.Method)) return false;

        // No page of another site can add this header: that takes a CORS permission, which is given to nobody. And a browser sends
        // no bearer key by itself, so there is nothing that such a page could make use of.
        if (request.Headers.Authorization.ToString().StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase)) return false;

        var site = request.Headers["Sec-Fetch-Site"];
        if (site.Count > 0) return site is not ["same-origin" or "none"];

        var origin = request.Headers.Origin;
        return origin.Count > 0 && !IsOwn(origin, request);
    }

    // The scheme is not compared: behind a proxy that ends TLS this process sees http.
    private static bool IsOwn(string? origin, HttpRequest request) =>
        string.Equals(origin, $"https://{request.Host}", StringComparison.OrdinalIgnoreCase)
        || string.Equals(origin, $"http://{request.Host}", StringComparison.OrdinalIgnoreCase);
}
