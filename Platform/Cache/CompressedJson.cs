using System.Buffers;
using System.IO.Compression;
using System.Text.Json;
using FlickStream.Platform.Json;
using Microsoft.Extensions.Caching.Hybrid;

namespace FlickStream.Platform.Cache;

/// <summary>For large and repetitive values of the cache: JSON, compressed to a fraction before it crosses the network.</summary>
public sealed class CompressedJson<T> : IHybridCacheSerializer<T>
{
    public void Serialize(T value, IBufferWriter<byte> target)
    {
        using var packed = new MemoryStream();
        using (var brotli = new BrotliStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            JsonSerializer.Serialize(brotli, value, PlatformJson.Options);
        target.Write(packed.GetBuffer().AsSpan(0, (int)packed.Length));
    }

    public T Deserialize(ReadOnlySequence<byte> source)
    {
        using var brotli = new BrotliStream(new MemoryStream(source.ToArray(), writable: false), CompressionMode.Decompress);
        return JsonSerializer.Deserialize<T>(brotli, PlatformJson.Options)!;
    }
}
