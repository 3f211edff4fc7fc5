using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;

namespace FlickStream.Origin.Manifests;

/// <summary>A manifest's bytes in every encoding it may be sent in, made once.</summary>
internal sealed class RenderedManifest
{
    // A CDN's signature adds 600 bytes to each address in a playlist, the same to all and another for each grant: two hours are then 840 kB
    // in plain text and 7 kB compressed. So large texts are kept compressed only, and compressed quickly (six times as fast at 2.6 MB).
    private const int Large = 256 * 1024;

    private readonly ManifestBody? _identity;
    private readonly string _tag;

    private RenderedManifest(byte[] text)
    {
        var level = text.Length < Large ? CompressionLevel.Optimal : CompressionLevel.Fastest;
        _tag = Convert.ToHexStringLower(SHA256.HashData(text).AsSpan(0, 12));
        _identity = text.Length < Large ? Plain(text) : null;
        Gzip = new(Compressed(text, s => new GZipStream(s, level)), "gzip", $"\"{_tag}-gz\"");
        Brotli = new(Compressed(text, s => new BrotliStream(s, level)), "br", $"\"{_tag}-br\"");
    }

    public ManifestBody Identity => _identity ?? Plain(Decompressed());

    public ManifestBody Gzip { get; }

    public ManifestBody Brotli { get; }

    /// <summary>Of what is kept.</summary>
    public long Size => (_identity?.Bytes.Length ?? 0) + Gzip.Bytes.Length + Brotli.Bytes.Length;

    public static RenderedManifest Of(string text) => new(Encoding.UTF8.GetBytes(text));

    private ManifestBody Plain(byte[] text) => new(text, null, $"\"{_tag}\"");

    private static byte[] Compressed(byte[] bytes, Func<Stream, Stream> compressor)
    {
        var compressed = new MemoryStream();
        using (var stream = compressor(compressed)) stream.Write(bytes);
        return compressed.ToArray();
    }

    private byte[] Decompressed()
    {
        var text = new MemoryStream();
        using (var stream = new BrotliStream(new MemoryStream(Brotli.Bytes), CompressionMode.Decompress)) stream.CopyTo(text);
        return text.ToArray();
    }
}

/// <param name="Bytes">What is sent.</param>
/// <param name="Encoding">Content-Encoding; null for none.</param>
/// <param name="ETag">Strong, and so another one for each encoding.</param>
internal sealed record ManifestBody(byte[] Bytes, string? Encoding, string ETag);
