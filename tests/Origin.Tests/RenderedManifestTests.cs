using System.IO.Compression;
using System.Text;
using FlickStream.Origin.Manifests;

namespace FlickStream.Origin.Tests;

public sealed class RenderedManifestTests
{
    [Theory]
    [InlineData(10)]
    [InlineData(2000)]
    public void Every_encoding_is_the_same_text_however_large_it_is(int lines)
    {
        var text = string.Concat(Enumerable.Range(0, lines).Select(n => $"https://media.example.com/{n}.m4s?{new string('s', 600)}\n"));
        var manifest = RenderedManifest.Of(text);
        Assert.Equal(text, Encoding.UTF8.GetString(manifest.Identity.Bytes));
        Assert.Equal(text, Read(new GZipStream(new MemoryStream(manifest.Gzip.Bytes), CompressionMode.Decompress)));
        Assert.Equal(text, Read(new BrotliStream(new MemoryStream(manifest.Brotli.Bytes), CompressionMode.Decompress)));
        Assert.Equal(3, new[] { manifest.Identity.ETag, manifest.Gzip.ETag, manifest.Brotli.ETag }.Distinct().Count());
    }

    [Fact]
    public void A_long_titles_signed_addresses_take_little_memory()
    {
        var text = string.Concat(Enumerable.Range(0, 1200).Select(n => $"#EXTINF:6.000000,\nhttps://media.example.com/{n}.m4s?{new string('s', 600)}\n"));
        Assert.InRange(RenderedManifest.Of(text).Size, 1, text.Length / 20);
    }

    private static string Read(Stream stream)
    {
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
