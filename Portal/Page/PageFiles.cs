using System.Collections.Frozen;
using System.IO.Compression;
using System.Reflection;
using System.Security.Cryptography;

namespace FlickStream.Portal.Page;

/// <summary>The page's files, compiled into this assembly so that they are found wherever the process was started. Only what is in
/// this table can be asked for: no path ever reaches a file system.</summary>
internal static class PageFiles
{
    private const string Prefix = "page/";

    private static readonly FrozenDictionary<string, string> ContentTypes = new Dictionary<string, string>
    {
        [".html"] = "text/html; charset=utf-8",
        [".css"] = "text/css; charset=utf-8",
        [".js"] = "text/javascript; charset=utf-8",
        [".mjs"] = "text/javascript; charset=utf-8",
        [".svg"] = "image/svg+xml",
    }.ToFrozenDictionary();

    /// <summary>By path without the leading slash.</summary>
    public static FrozenDictionary<string, PageFile> All { get; } = Load();

    private static FrozenDictionary<string, PageFile> Load()
    {
        var assembly = Assembly.GetExecutingAssembly();
        return assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
            .ToFrozenDictionary(name => name[Prefix.Length..], name => Read(assembly, name));
    }

    private static PageFile Read(Assembly assembly, string name)
    {
        using var stream = assembly.GetManifestResourceStream(name)!;
        var plain = new byte[stream.Length];
        stream.ReadExactly(plain);
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true)) gzip.Write(plain);
        return new PageFile(
            ContentTypes[Path.GetExtension(name)],
            plain,
            packed.ToArray(),
            Convert.ToHexStringLower(SHA256.HashData(plain).AsSpan(0, 12)));
    }
}

/// <param name="ContentType">With its character set.</param>
/// <param name="Plain">As in the repository.</param>
/// <param name="Gzip">The same, packed once.</param>
/// <param name="Version">Changes with the content.</param>
internal sealed record PageFile(string ContentType, byte[] Plain, byte[] Gzip, string Version);
