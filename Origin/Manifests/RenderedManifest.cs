using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;

namespace FlickStream.Origin.Manifests;

/// <summary>A manifest's bytes in every encoding it may be sent in, made once.</summary>
internal sealed class RenderedManifest
{
    private RenderedManifest(ManifestBody identity, ManifestBody gzip, ManifestBody brotli)
    {
        Identity = identity;
        Gzip = gzip;
        Brotli = brotli;
    }

    public ManifestBody Identity { get; }

    public ManifestBody Gzip { get; }

    public ManifestBody Brotli { get; }

    public long Size => Identity.Bytes.Length + Gzip.Bytes.Length + Brotli.Bytes.Length;

    public static RenderedManifest Of(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var hash = Convert.ToHexStringLower(SHA256.HashData(bytes).AsSpan(0, 12));
        return new(
            new(bytes, null, $"\"{hash}\""),
            new(Compressed(bytes, s => new GZipStream(s, CompressionLevel.Optimal)), "gzip", $"\"{hash}-gz\""),
            new(Compressed(bytes, s => new BrotliStream(s, CompressionLevel.Optimal)), "br", $"\"{hash}-br\""));
    }

    private static byte[] Compressed(byte[] bytes, Func<Stream, Stream> compressor)
    {
        var compressed = new MemoryStream();
        using (var stream = compressor(compressed)) stream.Write(bytes);
        return compressed.ToArray();
    }
}

/// <param name="Bytes">What is sent.</param>
/// <param name="Encoding">Content-Encoding; null for none.</param>
/// <param name="ETag">Strong, and so another one for each encoding.</param>
internal sealed record ManifestBody(byte[] Bytes, string? Encoding, string ETag);
