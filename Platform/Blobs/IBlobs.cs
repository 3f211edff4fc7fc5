namespace FlickStream.Platform.Blobs;

/// <summary>
/// Immutable byte strings under slash-separated keys (<c>media/{asset}/{revision}/v1080/3.m4s</c>). A write is all or
/// nothing: a key is either absent or whole, after any crash. A key once written never changes; writing it again is not
/// an error and keeps what is there, because a retried step writes the same bytes to the same keys.
/// </summary>
/// <remarks>Keys are 1..512 characters of <c>[A-Za-z0-9._/-]</c>, without empty, <c>.</c> or <c>..</c> segments
/// and with segments of at most 255 (<see cref="BlobKey"/>); anything else throws <see cref="ArgumentException"/>. No key is the
/// folder of another one. A write for which there is no room throws <see cref="BlobStorageFullException"/>.</remarks>
public interface IBlobs
{
    /// <summary>The blob's size, or null when there is none under this key.</summary>
    Task<BlobInfo?> FindAsync(string key, CancellationToken cancellationToken = default);

    /// <summary>A seekable-forward stream over the whole blob or <paramref name="range"/> of it; null when the key is absent.
    /// A range reaching past the end is cut at the end.</summary>
    Task<Stream?> OpenReadAsync(string key, ByteRange? range = null, CancellationToken cancellationToken = default);

    /// <summary>Writes a whole blob from <paramref name="content"/>; true when this call made it, false when it was there.</summary>
    Task<bool> WriteAsync(string key, Stream content, CancellationToken cancellationToken = default);

    /// <summary>All blobs whose key begins with <paramref name="prefix"/>, in ordinal order of their keys.</summary>
    IAsyncEnumerable<BlobInfo> ListAsync(string prefix, CancellationToken cancellationToken = default);

    /// <summary>Removes the blob; false when there was none.</summary>
    Task<bool> DeleteAsync(string key, CancellationToken cancellationToken = default);

    /// <summary>The path of the blob's file where this adapter keeps files on this machine; null otherwise.
    /// The file is read-only to the caller.</summary>
    string? LocalPath(string key);

    /// <summary>Begins a write that may take many calls, processes and restarts. Nothing is visible under
    /// <paramref name="key"/> until <see cref="CompleteAsync"/>.</summary>
    Task<PartialBlob> BeginAsync(string key, CancellationToken cancellationToken = default);

    /// <summary>
    /// Adds <paramref name="content"/> at <see cref="PartialBlob.Length"/>. When it returns, the bytes are durable and the
    /// returned value names them; bytes count only once the caller has stored that value (a caller that crashes before, or
    /// rejects the bytes, simply goes on from the value it has, and what was written is overwritten or dropped).
    /// One writer at a time is the caller's duty.
    /// </summary>
    Task<PartialBlob> AppendAsync(PartialBlob partial, Stream content, CancellationToken cancellationToken = default);

    /// <summary>Reads the first <see cref="PartialBlob.Length"/> bytes of an unfinished write.</summary>
    Task<Stream> OpenPartialAsync(PartialBlob partial, CancellationToken cancellationToken = default);

    /// <summary>Makes the bytes visible under the key, whole and at once. Calling it again after a crash is safe.</summary>
    Task<BlobInfo> CompleteAsync(PartialBlob partial, CancellationToken cancellationToken = default);

    /// <summary>Gives an unfinished write up and frees its bytes. Calling it again is safe.</summary>
    Task AbortAsync(PartialBlob partial, CancellationToken cancellationToken = default);

    /// <summary>The ids of every unfinished write with the time of its last change, so that a sweep can find abandoned ones.</summary>
    IAsyncEnumerable<AbandonedBlob> ListPartialsAsync(CancellationToken cancellationToken = default);
}

/// <param name="Key">The key.</param>
/// <param name="Length">Size in bytes.</param>
public sealed record BlobInfo(string Key, long Length);

/// <summary><paramref name="Length"/> bytes from <paramref name="Offset"/>; a null length means to the end.</summary>
public readonly record struct ByteRange(long Offset, long? Length = null);

/// <summary>An unfinished write, kept by the caller in its own document.</summary>
/// <param name="Id">The adapter's name for the write.</param>
/// <param name="Key">The key it will become.</param>
/// <param name="Length">Bytes that count so far.</param>
/// <param name="State">What the adapter needs to go on (part tags, tail); opaque to the caller.</param>
public sealed record PartialBlob(string Id, string Key, long Length, string? State = null);

/// <param name="Partial">Enough of the unfinished write to abort it.</param>
/// <param name="ChangedAt">When bytes last arrived.</param>
public sealed record AbandonedBlob(PartialBlob Partial, DateTimeOffset ChangedAt);
