using FlickStream.Origin.Manifests;
using Microsoft.Extensions.Primitives;

namespace FlickStream.Origin.Segments;

internal static class SendManifest
{
    /// <param name="context">The request.</param>
    /// <param name="manifest">In every encoding.</param>
    /// <param name="contentType">Its media type.</param>
    /// <param name="isGrowing">It will change in seconds: clients ask again each time, and mostly get 304.</param>
    public static Task SendAsync(HttpContext context, RenderedManifest manifest, string contentType, bool isGrowing)
    {
        var (request, response) = (context.Request, context.Response);
        var body = Accepts(request.Headers.AcceptEncoding, "br") ? manifest.Brotli
            : Accepts(request.Headers.AcceptEncoding, "gzip") ? manifest.Gzip
            : manifest.Identity;
        var headers = response.Headers;
        headers.ETag = body.ETag;
        headers.CacheControl = isGrowing ? "private, no-cache" : "private, max-age=60";
        headers.Vary = "Accept-Encoding";
        if (Conditional.IsUnchanged(request.Headers.IfNoneMatch, body.ETag))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return Task.CompletedTask;
        }

        headers.ContentType = contentType;
        headers.ContentLength = body.Bytes.Length;
        if (body.Encoding is not null) headers.ContentEncoding = body.Encoding;
        return HttpMethods.IsHead(request.Method)
            ? Task.CompletedTask
            : response.BodyWriter.WriteAsync(body.Bytes, context.RequestAborted).AsTask();
    }

    /// <summary>The coding is named, or covered by an asterisk, without a weight of zero.</summary>
    private static bool Accepts(StringValues acceptEncoding, string coding)
    {
        var accepts = false;
        foreach (var header in acceptEncoding)
        {
            foreach (var range in header.AsSpan().Split(','))
            {
                var item = header.AsSpan(range);
                var semicolon = item.IndexOf(';');
                var name = (semicolon < 0 ? item : item[..semicolon]).Trim();
                var isNamed = name.Equals(coding, StringComparison.OrdinalIgnoreCase);
                if (!isNamed && !name.SequenceEqual("*")) continue;
                var weight = semicolon < 0 ? default : item[(semicolon + 1)..].Trim();
                var isRefused = weight.StartsWith("q=0", StringComparison.OrdinalIgnoreCase) && weight[3..].TrimStart(".0").IsEmpty;
                if (isNamed) return !isRefused;
                accepts = !isRefused;
            }
        }

        return accepts;
    }
}
