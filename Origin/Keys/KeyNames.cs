using System.Globalization;

namespace FlickStream.Origin.Keys;

/// <summary>Addresses of keys under <c>/play/{token}/</c>.</summary>
internal static class KeyNames
{
    /// <summary>The folder of content keys, with its slash.</summary>
    public const string Folder = "keys/";

    /// <summary>The ClearKey licence server.</summary>
    public const string ClearKey = "clearkey";

    public const string Extension = ".key";

    /// <summary>A content key, by its id.</summary>
    public static string OfContent(Guid keyId) => $"{Folder}{keyId:n}{Extension}";

    /// <summary>Within a rendition's folder: the key of one of its periods.</summary>
    public static string OfPeriod(int period) => string.Create(CultureInfo.InvariantCulture, $"{period}{Extension}");
}
