using Microsoft.Net.Http.Headers;

namespace FlickStream.Origin.Segments;

/// <summary>Any page may play what it has a token for. Sent on refusals too: without them a browser hides the refusal from the
/// player.</summary>
internal static class CorsHeaders
{
    public static void Write(IHeaderDictionary headers)
    {
        headers.AccessControlAllowOrigin = "*";
        headers.AccessControlExposeHeaders = "Content-Length, Content-Range, Content-Type, Date, ETag";
        headers["Timing-Allow-Origin"] = "*";
        headers["Cross-Origin-Resource-Policy"] = "cross-origin";
        headers.XContentTypeOptions = "nosniff";
    }

    public static void WritePreflight(IHeaderDictionary headers, string methods)
    {
        headers.AccessControlAllowMethods = methods;

        // The asterisk covers all but credentials where it is understood; the names are for where it is not.
        headers.AccessControlAllowHeaders =
            "*, Range, If-Range, If-None-Match, If-Modified-Since, Cache-Control, Pragma, CMCD-Object, CMCD-Request, CMCD-Session, CMCD-Status";
        headers.AccessControlMaxAge = "86400";
        headers.Append(HeaderNames.Allow, methods);
    }
}
