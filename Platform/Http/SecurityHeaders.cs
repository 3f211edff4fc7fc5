using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace FlickStream.Platform.Http;

/// <summary>Headers that every answer carries unless its handler chose its own.</summary>
internal static class SecurityHeaders
{
    /// <summary>For pages. Players put media together in a blob address; no script and no worker ever comes from one.</summary>
    private const string PagePolicy =
        "default-src 'self'; script-src 'self'; worker-src 'self'; style-src 'self'; img-src 'self' blob: data:; media-src 'self' blob:; "
        + "object-src 'none'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    /// <summary>For everything that is not a page and must not become one.</summary>
    private const string DataPolicy = "default-src 'none'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'";

    /// <summary>ASVS 3.4.1: for a year, and of all below the host.</summary>
    private const string TransportPolicy = "max-age=31536000; includeSubDomains";

    // All that is developed on a machine would have to be there by TLS.
    private static readonly string[] ThisMachine = ["localhost", "127.0.0.1", "[::1]"];

    public static void UseSecurityHeaders(this WebApplication app) => app.Use((context, next) =>
    {
        context.Response.OnStarting(Add, context);
        return next(context);
    });

    private static Task Add(object state)
    {
        var context = (HttpContext)state;
        var headers = context.Response.Headers;
        var isPage = context.Response.ContentType?.StartsWith("text/html", StringComparison.OrdinalIgnoreCase) ?? false;
        headers.TryAdd("X-Content-Type-Options", "nosniff");
        headers.TryAdd("Referrer-Policy", "same-origin");
        headers.TryAdd("X-Frame-Options", "DENY");
        headers.TryAdd("Cross-Origin-Opener-Policy", "same-origin");
        headers.TryAdd("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()");
        headers.TryAdd("Content-Security-Policy", isPage ? PagePolicy : DataPolicy);

        // Here, because UseHsts sets it before an exception takes all headers away.
        if (context.Request.IsHttps && !ThisMachine.Contains(context.Request.Host.Host, StringComparer.OrdinalIgnoreCase))
            headers.TryAdd("Strict-Transport-Security", TransportPolicy);

        // Answers of the API are somebody's data.
        if (context.Request.Path.StartsWithSegments("/api")) headers.TryAdd("Cache-Control", "no-store");
        return Task.CompletedTask;
    }
}
