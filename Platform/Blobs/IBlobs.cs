namespace FlickStream.Platform.Blobs;

/// <summary>
/// Immutable byte strings under slash-separated keys (<c>media/{asset}/{revision}/v1080/3.m4s</c>). A write is all or
/// nothing: a key is either absent or whole, after any crash. A key once written never changes; writing it again is not
/// an error and keeps what is there, because a retried step writes the same bytes to the same keys.
/// </summary>
/// <remarks>Keys are 1..512 characters of <c>[A-Za-z0-9._/-]</c>, without empty, <c>.</c> or <c>..</c> segments
/// and with segments of at most 255 (<see cref="BlobKey"/>); anything else throws <see cref="ArgumentException"/>. No key is the
/// folder of another one. A write for which there is no room throws <see cref="BlobStorageFullException"/>; storage that does not
/// answer throws <see cref="BlobStorageUnavailableException"/>; all other faults of the storage are <see cref="IOException"/>s.</remarks>
public interface IBlobs
{
    /// <summary>The blob's size, or null when there is none under this key.</summary>
    Task<BlobInfo?> FindAsync(string key, CancellationToken cancellationToken = default);

    /// <summary>A stream, seekable forward at least, over the whole blob or <paramref name="range"/> of it; null when the key is absent.
    /// A range reaching past the end is cut at the end.</summary>
    Task<Stream?> OpenReadAsync(string key, ByteRange? range = null, CancellationToken cancellationToken = default);

    /// <summary>Writes a whole blob from <paramref name="content"/>; true when this call made it, false when it was there.</summary>
    Task<bool> WriteAsync(string key, Stream content, CancellationToken cancellationToken = default);

    /// <summary>All blobs whose key begins with <paramref name="prefix"/>, in ordinal order of their keys.</summary>
    IAsyncEnumerable<BlobInfo> ListAsync(string prefix, CancellationToken cancellationToken = default);

    /// <summary>Removes the blob; false when there was none. Of callers in the same moment more than one may be told true.</summary>
    Task<bool> DeleteAsync(string key, CancellationToken cancellationToken = default);

    /// <summary>The path of the blob's file where this adapter keeps files on this machine; null otherwise.
    /// The file is read-only to the caller.</summary>
    string? LocalPath(string key);

    /// <summary>An address under which the storage itself gives the blob, whole or by ranges, to whoever knows the address; null where it
    /// serves nobody. It is not looked up whether there is such a blob.</summary>
    /// <param name="key">The key.</param>
    /// <param name="lifetime">How long the address is good, at most seven days.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<Uri?> LinkAsync(string key, TimeSpan lifetime, CancellationToken cancellationToken = default) => Task.FromResult<Uri?>(null);

    /// <summary>Begins a write that may take many calls, processes and restarts. Nothing is visible under
    /// <paramref name="key"/> until <see cref="CompleteAsync"/>.</summary>
    Task<PartialBlob> BeginAsync(string key, CancellationToken cancellationToken = default);

    /// <summary>
    /// Adds <paramref name="content"/> at <see cref="PartialBlob.Length"/>, as it comes. When it returns, the bytes are durable and the
    /// returned value names them; bytes count only once the caller has stored that value (a caller that crashes before, or
    /// rejects the bytes, simply goes on from the value it has, and what was written is overwritten or dropped).
    /// One writer at a time is the caller's duty.
    /// </summary>
    Task<PartialBlob> AppendAsync(PartialBlob partial, Stream content, CancellationToken cancellationToken = default);

    /// <summary>Bytes that an append should bring, where there are so many, for the storage to work at full speed; 0 where it does not
    /// matter. It does where an append is several requests side by side.</summary>
    long GoodAppend(PartialBlob partial) => 0;

    /// <summary>Makes the bytes visible under the key, whole and at once; only then can they be read. A key that was taken keeps what it
    /// has. Calling it again after a crash is safe.</summary>
    /// <exception cref="IOException">The write was given up, or bytes that count were lost; nothing became visible.</exception>
    Task<BlobInfo> CompleteAsync(PartialBlob partial, CancellationToken cancellationToken = default);

    /// <summary>Gives an unfinished write up and frees its bytes. Calling it again is safe.</summary>
    Task AbortAsync(PartialBlob partial, CancellationToken cancellationToken = default);

    /// <summary>Every unfinished write, among them those of a <see cref="WriteAsync"/> whose process was killed, so that a sweep can find
    /// abandoned ones. Only <see cref="PartialBlob.Id"/> and <see cref="PartialBlob.Key"/> are what the writer has.</summary>
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
/// <param name="State">What the adapter needs to go on (part count, tail); opaque to the caller, and of bounded size.</param>
/// <param name="Total">Bytes of the whole, set by the caller as soon as it knows: an adapter that stores parts chooses their size by it.</param>
public sealed record PartialBlob(string Id, string Key, long Length, string? State = null, long? Total = null);

/// <param name="Partial">Enough of the unfinished write to abort it.</param>
/// <param name="ChangedAt">When bytes last arrived or, where the storage does not tell, when the write was begun.</param>
public sealed record AbandonedBlob(PartialBlob Partial, DateTimeOffset ChangedAt);
