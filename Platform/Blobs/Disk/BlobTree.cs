namespace FlickStream.Platform.Blobs.Disk;

/// <summary>
/// A folder tree whose files are keys. Entries appear and vanish under one lock, so that pruning an empty folder never meets a
/// file being moved into it; the lock is held for directory operations only, never for data.
/// </summary>
internal sealed class BlobTree(string root, KeptBlobs kept)
{
    private readonly string _name = Path.GetFileName(root);
    private readonly Lock _lock = new();

    /// <summary>The caller has checked the key.</summary>
    public string PathOf(string key) => Path.Combine(root, key);

    /// <summary>Moves a finished file to the key unless it is taken; durable when it returns.</summary>
    public bool TryPlace(string source, string key)
    {
        var target = PathOf(key);
        List<string> changed;
        lock (_lock)
        {
            if (File.Exists(target)) return false;
            changed = MakeFolders(target);
            File.Move(source, target, overwrite: true); // A plain rename; the check above holds under the lock.
        }

        foreach (var folder in changed) DurableFile.FlushFolder(folder);
        return true;
    }

    /// <summary>Makes an empty file; durable when it returns.</summary>
    public void Create(string key)
    {
        var target = PathOf(key);
        List<string> changed;
        lock (_lock)
        {
            changed = MakeFolders(target);
            File.Create(target).Dispose();
        }

        foreach (var folder in changed) DurableFile.FlushFolder(folder);
    }

    public bool Remove(string key)
    {
        var target = PathOf(key);
        lock (_lock)
        {
            if (!File.Exists(target)) return false;
            kept.Remove(target, $"{_name}/{key}");
            Prune(target);
        }

        return true;
    }

    /// <summary>Removes the folders that a file which was moved away leaves empty.</summary>
    public void PruneAfter(string key)
    {
        lock (_lock) Prune(PathOf(key));
    }

    /// <summary>Files in ordinal order of their keys, a folder's names in memory at a time.</summary>
    public IEnumerable<(string Key, FileInfo File)> List(string prefix)
    {
        var folder = prefix[..(prefix.LastIndexOf('/') + 1)];
        return Walk(folder, prefix);
    }

    private IEnumerable<(string Key, FileInfo File)> Walk(string folder, string prefix)
    {
        foreach (var (key, entry) in EntriesOf(folder))
        {
            // A folder's key ends in a slash: compared so, whole folders fall in their place among the files.
            if (!key.StartsWith(prefix, StringComparison.Ordinal)) continue;
            if (entry is FileInfo file)
            {
                yield return (key, file);
            }
            else
            {
                foreach (var item in Walk(key, prefix)) yield return item;
            }
        }
    }

    private List<(string Key, FileSystemInfo Entry)> EntriesOf(string folder)
    {
        var entries = new List<(string Key, FileSystemInfo Entry)>();
        try
        {
            foreach (var entry in new DirectoryInfo(Path.Combine(root, folder)).EnumerateFileSystemInfos())
            {
                entries.Add((entry is FileInfo ? folder + entry.Name : $"{folder}{entry.Name}/", entry));
            }
        }
        catch (DirectoryNotFoundException)
        {
            return []; // Nothing was ever stored there, or its last blob was deleted while we walked.
        }

        entries.Sort((a, b) => string.CompareOrdinal(a.Key, b.Key));
        return entries;
    }

    private List<string> MakeFolders(string target)
    {
        var folder = Path.GetDirectoryName(target)!;
        List<string> changed = [folder];
        while (folder.Length > root.Length && !Directory.Exists(folder)) changed.Add(folder = Path.GetDirectoryName(folder)!);
        Directory.CreateDirectory(changed[0]);
        return changed;
    }

    private void Prune(string target)
    {
        var folder = Path.GetDirectoryName(target)!;
        while (folder.Length > root.Length && Directory.Exists(folder) && !Directory.EnumerateFileSystemEntries(folder).Any())
        {
            Directory.Delete(folder);
            folder = Path.GetDirectoryName(folder)!;
        }
    }
}
