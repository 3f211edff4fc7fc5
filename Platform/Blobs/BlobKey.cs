using System.Buffers;

namespace FlickStream.Platform.Blobs;

/// <summary>The rules of keys, the same for every adapter.</summary>
public static class BlobKey
{
    private const int MaxLength = 512;

    // A file name may have 255 bytes on the file systems in use.
    private const int MaxSegmentLength = 255;

    private static readonly SearchValues<char> Allowed =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._/-");

    public static bool IsValid(string? key)
    {
        if (key is null || key.Length is 0 or > MaxLength || key.AsSpan().ContainsAnyExcept(Allowed)) return false;
        foreach (var segment in key.AsSpan().Split('/'))
        {
            if (key.AsSpan()[segment] is "" or "." or ".." or { Length: > MaxSegmentLength }) return false;
        }

        return true;
    }

    /// <exception cref="ArgumentException">The key breaks the rules that <see cref="IBlobs"/> states.</exception>
    public static void ThrowIfInvalid(string key)
    {
        if (!IsValid(key)) throw new ArgumentException("Not a blob key.", nameof(key));
    }

    /// <summary>A prefix is the beginning of a key; it may be empty, and may end anywhere.</summary>
    /// <exception cref="ArgumentException">No key could begin so.</exception>
    public static void ThrowIfInvalidPrefix(string prefix)
    {
        // Whatever may follow, "x" completes a prefix that can be completed at all: "", "a/", "a/." and "a" are, "a/../" is not.
        if (!IsValid(prefix + "x")) throw new ArgumentException("Not the beginning of a blob key.", nameof(prefix));
    }
}
