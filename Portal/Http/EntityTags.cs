using System.Globalization;
using FlickStream.Platform.Problems;
using Microsoft.Net.Http.Headers;

namespace FlickStream.Portal.Http;

/// <summary>Edits of what others edit too: the answer names the revision as ETag, the next edit names it as If-Match.</summary>
internal static class EntityTags
{
    public static readonly Problem IfMatchNeeded = new("if_match_needed", 428, "Send the ETag of what you saw as If-Match.");

    public static void Tag(HttpContext http, long revision) =>
        http.Response.Headers[HeaderNames.ETag] = string.Create(CultureInfo.InvariantCulture, $"\"r{revision}\"");

    /// <summary>The revision that the caller has seen; null for <c>*</c>, which is any, and -1 for a tag that was never given.</summary>
    /// <returns>False where none is named.</returns>
    public static bool TryRead(HttpContext http, out long? revision)
    {
        var text = http.Request.Headers.IfMatch.ToString();
        revision = text == "*" ? null
            : text.StartsWith("\"r", StringComparison.Ordinal) && text.EndsWith('"')
                && long.TryParse(text.AsSpan(2..^1), NumberStyles.None, CultureInfo.InvariantCulture, out var seen) ? seen
            : -1;
        return text.Length > 0;
    }
}
