using System.Runtime.CompilerServices;

namespace FlickStream.Platform.Blobs.S3;

/// <summary>
/// The bytes of unfinished writes that are short of a part: an object each, under names that no key can have. Each is written under
/// a new name, so that the one that the caller's stored state names is never touched.
/// </summary>
internal sealed class S3Tails(S3Bucket bucket, S3Reads reads)
{
    /// <summary>Sorts after every key, so that a listing of keys ends where this begins.</summary>
    public const string Area = "~partials/";

    /// <returns>The tail's name.</returns>
    public async Task<string> WriteAsync(S3Upload upload, PartBuffer bytes, CancellationToken cancellationToken)
    {
        var name = Guid.NewGuid().ToString("N");
        await bucket.PutAsync(PathOf(upload, name), bytes, cancellationToken);
        return name;
    }

    /// <exception cref="IOException">It is not there, or not of this length.</exception>
    public async Task ReadAsync(S3Upload upload, string name, long length, PartBuffer into, CancellationToken cancellationToken)
    {
        await using var stored = await reads.OpenAsync(PathOf(upload, name), new ByteRange(0), cancellationToken);
        if (stored is null || stored.Length != length) throw S3Multipart.Gone(upload);
        await into.FillAsync(stored, length, cancellationToken);
    }

    public Task DeleteAsync(S3Upload upload, string name, CancellationToken cancellationToken) =>
        bucket.DeleteAsync(PathOf(upload, name), cancellationToken);

    /// <summary>Deletes all of an upload's.</summary>
    public async Task ClearAsync(S3Upload upload, CancellationToken cancellationToken)
    {
        await foreach (var tail in bucket.ListAsync(PathOf(upload, ""), cancellationToken)) await bucket.DeleteAsync(tail.Name, cancellationToken);
    }

    /// <summary>The uploads that have tails, with the time of one.</summary>
    public async IAsyncEnumerable<(S3Upload Upload, DateTimeOffset ChangedAt)> ListAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        S3Upload? last = null;
        await foreach (var tail in bucket.ListAsync(Area, cancellationToken))
        {
            var folder = tail.Name.LastIndexOf('/');
            var key = tail.Name.LastIndexOf('/', folder - 1);
            var upload = new S3Upload(tail.Name[Area.Length..key], Uri.UnescapeDataString(tail.Name[(key + 1)..folder]));
            if (upload != last) yield return (upload, tail.ChangedAt);
            last = upload;
        }
    }

    public static string PathOf(S3Upload upload, string name) => $"{Area}{upload.Key}/{Uri.EscapeDataString(upload.Id)}/{name}";
}
