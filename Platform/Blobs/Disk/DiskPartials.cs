using Microsoft.Win32.SafeHandles;

namespace FlickStream.Platform.Blobs.Disk;

/// <summary>
/// Unfinished writes: one growing file each, written in place at <see cref="PartialBlob.Length"/>. Whatever lies beyond that
/// length is the rest of a call that failed; the next append overwrites it and completion cuts it off.
/// </summary>
internal sealed class DiskPartials(BlobTree tree, BlobTree objects)
{
    public PartialBlob Begin(string key)
    {
        BlobKey.ThrowIfInvalid(key);
        var partial = new PartialBlob(Guid.NewGuid().ToString("N"), key, 0);
        try
        {
            tree.Create(EntryOf(partial));
        }
        catch (IOException e) when (DiskFaults.IsFull(e))
        {
            throw DurableFile.Full(e);
        }

        return partial;
    }

    public async Task<PartialBlob> AppendAsync(PartialBlob partial, Stream content, CancellationToken cancellationToken)
    {
        using var file = OpenHeld(partial);
        try
        {
            var end = await DurableFile.WriteAsync(file, partial.Length, content, cancellationToken);
            return partial with { Length = end };
        }
        catch (BlobStorageFullException)
        {
            RandomAccess.SetLength(file, partial.Length); // Room for others.
            throw;
        }
    }

    public BlobInfo Complete(PartialBlob partial)
    {
        var (entry, target) = (EntryOf(partial), new FileInfo(objects.PathOf(partial.Key)));
        if (File.Exists(tree.PathOf(entry)))
        {
            using (var file = OpenHeld(partial))
            {
                RandomAccess.SetLength(file, partial.Length);
                DurableFile.Flush(file);
            }

            if (objects.TryPlace(tree.PathOf(entry), partial.Key)) tree.PruneAfter(entry);
            else tree.Remove(entry);
        }

        target.Refresh();
        return target.Exists ? new BlobInfo(partial.Key, target.Length) : throw Gone(partial);
    }

    public void Abort(PartialBlob partial) => tree.Remove(EntryOf(partial));

    public IEnumerable<AbandonedBlob> List()
    {
        foreach (var (entry, file) in tree.List(""))
        {
            if (!file.Exists) continue;
            var cut = entry.LastIndexOf('/');
            yield return new AbandonedBlob(
                new PartialBlob(entry[(cut + 1)..], entry[..cut], file.Length), new DateTimeOffset(file.LastWriteTimeUtc));
        }
    }

    private static string EntryOf(PartialBlob partial)
    {
        BlobKey.ThrowIfInvalid(partial.Key);
        return Guid.TryParseExact(partial.Id, "N", out _)
            ? $"{partial.Key}/{partial.Id}" : throw new ArgumentException("Not an unfinished write.", nameof(partial));
    }

    private static IOException Gone(PartialBlob partial) =>
        new($"The unfinished write {partial.Id} was given up, or its bytes were lost.");

    private SafeFileHandle OpenHeld(PartialBlob partial)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(partial.Length, nameof(partial));
        try
        {
            var file = File.OpenHandle(tree.PathOf(EntryOf(partial)), FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
            if (RandomAccess.GetLength(file) >= partial.Length) return file;
            file.Dispose();
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw Gone(partial);
        }

        throw Gone(partial);
    }
}
