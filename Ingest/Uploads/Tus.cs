using System.Globalization;
using Microsoft.Extensions.Primitives;

namespace FlickStream.Ingest.Uploads;

/// <summary>Names and number forms of tus 1.0.0 (https://tus.io/protocols/resumable-upload).</summary>
internal static class Tus
{
    public const string Version = "1.0.0";
    public const string Extensions = "creation,creation-with-upload,creation-defer-length,expiration,checksum,termination,concatenation";
    public const string ContentType = "application/offset+octet-stream";

    public const string ResumableHeader = "Tus-Resumable";
    public const string VersionHeader = "Tus-Version";
    public const string ExtensionHeader = "Tus-Extension";
    public const string MaxSizeHeader = "Tus-Max-Size";
    public const string ChecksumAlgorithmHeader = "Tus-Checksum-Algorithm";
    public const string OffsetHeader = "Upload-Offset";
    public const string LengthHeader = "Upload-Length";
    public const string DeferLengthHeader = "Upload-Defer-Length";
    public const string MetadataHeader = "Upload-Metadata";
    public const string ChecksumHeader = "Upload-Checksum";
    public const string ExpiresHeader = "Upload-Expires";
    public const string ConcatHeader = "Upload-Concat";
    public const string MethodOverrideHeader = "X-HTTP-Method-Override";

    /// <summary>Ours: the asset that a finished upload became.</summary>
    public const string AssetHeader = "FlickStream-Asset";

    /// <summary>A non-negative whole number without sign or spaces; null when the header is anything else.</summary>
    public static long? Number(StringValues header) =>
        header.Count == 1 && long.TryParse(header[0], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    public static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>RFC 9110 date, as <c>Upload-Expires</c> asks.</summary>
    public static string Text(DateTimeOffset time) => time.ToString("R", CultureInfo.InvariantCulture);

    public static bool HasBytes(HttpRequest request) =>
        string.Equals(request.ContentType?.Split(';')[0].Trim(), ContentType, StringComparison.OrdinalIgnoreCase);
}
