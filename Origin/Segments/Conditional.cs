using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace FlickStream.Origin.Segments;

/// <summary>Conditional and range requests (RFC 9110 sections 13 and 14) on bytes that have a strong ETag and no date.</summary>
internal static class Conditional
{
    /// <summary>If-None-Match names this tag: the answer is 304.</summary>
    public static bool IsUnchanged(StringValues ifNoneMatch, string etag)
    {
        foreach (var header in ifNoneMatch)
        {
            foreach (var range in header.AsSpan().Split(','))
            {
                var tag = header.AsSpan(range).Trim();
                if (tag.StartsWith("W/", StringComparison.Ordinal)) tag = tag[2..];
                if (tag.SequenceEqual(etag) || tag.SequenceEqual("*")) return true;
            }
        }

        return false;
    }

    /// <summary>The part that a single satisfiable range asks for. Null: the whole, because there is no range, more than one, one that
    /// does not parse, or If-Range names other bytes.</summary>
    /// <param name="headers">The request's.</param>
    /// <param name="etag">Of the bytes that are there.</param>
    /// <param name="length">Of the whole.</param>
    /// <param name="isUnsatisfiable">The range begins behind the end.</param>
    public static (long First, long Last)? Range(IHeaderDictionary headers, string etag, long length, out bool isUnsatisfiable)
    {
        isUnsatisfiable = false;
        if (headers.Range.Count != 1 || (headers.IfRange is { Count: > 0 } ifRange && ifRange != etag)) return null;
        if (!RangeHeaderValue.TryParse(headers.Range.ToString(), out var parsed)) return null;
        if (parsed.Ranges.Count != 1 || parsed.Unit != "bytes") return null;
        var range = parsed.Ranges.First();
        var first = range.From ?? Math.Max(0, length - (range.To ?? 0));
        var last = range.From is null ? length - 1 : Math.Min(range.To ?? long.MaxValue, length - 1);
        isUnsatisfiable = first >= length || (range.From is null && range.To == 0);
        return isUnsatisfiable ? null : (first, last);
    }
}
