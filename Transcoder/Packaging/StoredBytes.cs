using System.Runtime.InteropServices;
using FlickStream.Platform.Blobs;

namespace FlickStream.Transcoder.Packaging;

/// <summary>Writes blobs that a retry, or another worker at the same time, may have written already.</summary>
internal static class StoredBytes
{
    /// <summary>Null when <paramref name="bytes"/> are what is stored now; else the different bytes that were there before.</summary>
    public static async Task<byte[]?> WriteOrGetOtherAsync(IBlobs blobs, string key, ReadOnlyMemory<byte> bytes, CancellationToken ct)
    {
        await using var content = Open(bytes);
        if (await blobs.WriteAsync(key, content, ct)) return null;

        var found = await ReadAsync(blobs, key, ct);
        return bytes.Span.SequenceEqual(found) ? null : found;
    }

    /// <exception cref="IOException">It is not stored.</exception>
    public static async Task<byte[]> ReadAsync(IBlobs blobs, string key, CancellationToken ct)
    {
        await using var stored = await blobs.OpenReadAsync(key, cancellationToken: ct) ?? throw new IOException($"There is no blob {key}.");
        using var copy = new MemoryStream();
        await stored.CopyToAsync(copy, ct);
        return copy.ToArray();
    }

    private static MemoryStream Open(ReadOnlyMemory<byte> bytes) => MemoryMarshal.TryGetArray(bytes, out var array)
        ? new MemoryStream(array.Array!, array.Offset, array.Count, writable: false)
        : new MemoryStream(bytes.ToArray(), writable: false);
}
