namespace FlickStream.Platform.Blobs.Disk;

/// <summary>
/// What is deleted while a back-up copies the blobs is kept for it, because the documents it has copied before still name it. The
/// back-up runs in a process of its own: it holds a file locked for itself, and whoever deletes holds it together with others.
/// </summary>
/// <param name="folder">Of all blobs; it exists.</param>
internal sealed class KeptBlobs(string folder)
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan LongestDeletion = TimeSpan.FromSeconds(5);

    private readonly string _folder = Path.Combine(folder, "kept");
    private readonly string _lock = Path.Combine(folder, "backup.lock");

    /// <summary>Frees what a back-up that was killed left.</summary>
    public void Clear()
    {
        using var free = TryLock(FileShare.Read);
        if (free is not null) Drop();
    }

    /// <summary>Takes a file away: for good, or aside while there is a back-up.</summary>
    /// <param name="file">It exists.</param>
    /// <param name="name">Of the tree it is in, and its key there.</param>
    public void Remove(string file, string name)
    {
        while (true)
        {
            // Held until it is gone: documents that name it cannot be copied between the look and the deletion.
            using var free = TryLock(FileShare.Read);
            if (free is not null)
            {
                File.Delete(file);
                return;
            }

            try
            {
                var kept = PathOf(name);
                Directory.CreateDirectory(Path.GetDirectoryName(kept)!);
                File.Move(file, kept, overwrite: true);
                return;
            }
            catch (DirectoryNotFoundException) when (File.Exists(file))
            {
                // The back-up has come to its end and took the folder away.
            }
        }
    }

    public string PathOf(string name) => Path.Combine(_folder, name);

    /// <summary>From now on nothing that is deleted is lost, until the returned value is disposed.</summary>
    /// <exception cref="IOException">Another back-up has begun so and not ended.</exception>
    public async Task<IDisposable> HoldAsync(TimeProvider time, CancellationToken cancellationToken)
    {
        Clear();
        var since = time.GetTimestamp();
        FileStream? held;
        while ((held = TryLock(FileShare.None)) is null)
        {
            if (time.GetElapsedTime(since) > LongestDeletion) throw new IOException("Another back-up of this data folder is running.");
            await Task.Delay(Look, time, cancellationToken);
        }

        return new Held(this, held);
    }

    private FileStream? TryLock(FileShare share)
    {
        try
        {
            return new FileStream(_lock, FileMode.OpenOrCreate, share == FileShare.None ? FileAccess.ReadWrite : FileAccess.Read, share);
        }
        catch (IOException)
        {
            return null;
        }
    }

    // Renamed first, so that whoever deletes meets either the whole folder or none.
    private void Drop()
    {
        foreach (var left in Directory.EnumerateDirectories(Path.GetDirectoryName(_folder)!, "kept-*")) Directory.Delete(left, recursive: true);
        if (!Directory.Exists(_folder)) return;
        var dropped = $"{_folder}-{Guid.NewGuid():N}";
        Directory.Move(_folder, dropped);
        Directory.Delete(dropped, recursive: true);
    }

    private sealed class Held(KeptBlobs kept, FileStream held) : IDisposable
    {
        public void Dispose()
        {
            held.Dispose();
            kept.Clear();
        }
    }
}
