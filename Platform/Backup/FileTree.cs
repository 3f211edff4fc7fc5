namespace FlickStream.Platform.Backup;

/// <summary>Copies of files whose bytes do not change under their names.</summary>
internal static class FileTree
{
    /// <summary>Copies a file, or all below a folder; what is not there is left out, what is there already is left as it is.</summary>
    /// <returns>How many files were copied.</returns>
    public static int Copy(string from, string to, CancellationToken cancellationToken)
    {
        if (File.Exists(from)) return TryCopyFile(from, to) ? 1 : 0;
        var copied = 0;
        foreach (var (name, path) in Below(from))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (TryCopyFile(path, Path.Combine(to, name))) copied++;
        }

        return copied;
    }

    /// <summary>The files below a folder, with their paths from there.</summary>
    public static IEnumerable<(string Name, string Path)> Below(string folder) => Directory.Exists(folder)
        ? Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Select(path => (Path.GetRelativePath(folder, path), path))
        : [];

    /// <summary>False when it was there as long as it is now, or when it has gone away.</summary>
    public static bool TryCopyFile(string from, string to)
    {
        var (source, target) = (new FileInfo(from), new FileInfo(to));
        try
        {
            // A copy that was cut off is shorter.
            if (target.Exists && target.Length == source.Length) return false;
            target.Directory!.Create();
            source.CopyTo(to, overwrite: true);
            return true;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException && !File.Exists(from))
        {
            return false;
        }
    }
}
