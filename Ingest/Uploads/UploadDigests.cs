using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace FlickStream.Ingest.Uploads;

/// <summary>
/// The running SHA-256 of uploads under way, so that a whole file need not be read again. One that is missing (a restart, a failed
/// write, a long pause) costs a read of the stored bytes when the upload is complete, nothing else.
/// </summary>
internal sealed class UploadDigests(TimeProvider time)
{
    private static readonly TimeSpan IdleLifetime = TimeSpan.FromMinutes(30);
    private readonly ConcurrentDictionary<string, RunningDigest> _digests = new();

    /// <summary>The digest over exactly the first <paramref name="offset"/> bytes, now the caller's; null when there is none.</summary>
    public IncrementalHash? Take(string id, long offset)
    {
        if (_digests.TryRemove(id, out var found))
        {
            if (found.Length == offset) return found.Hash;
            found.Hash.Dispose();
        }

        return offset == 0 ? IncrementalHash.CreateHash(HashAlgorithmName.SHA256) : null;
    }

    public void Keep(string id, long length, IncrementalHash hash) =>
        _digests[id] = new RunningDigest(hash, length, time.GetTimestamp());

    public void Drop(string id)
    {
        if (_digests.TryRemove(id, out var found)) found.Hash.Dispose();
    }

    public void DropIdle()
    {
        foreach (var (id, digest) in _digests)
        {
            if (time.GetElapsedTime(digest.KeptAt) >= IdleLifetime && _digests.TryRemove(KeyValuePair.Create(id, digest)))
                digest.Hash.Dispose();
        }
    }

    private sealed record RunningDigest(IncrementalHash Hash, long Length, long KeptAt);
}
