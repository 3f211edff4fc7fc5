using FlickStream.Platform.Blobs.Disk;

namespace FlickStream.Platform.Backup;

/// <summary>The blobs of a back-up: those whose owner the copied documents know. What was taken in later would be named by nothing.</summary>
/// <param name="from">Blobs of a data folder, under <see cref="KeptBlobs.HoldAsync"/>.</param>
/// <param name="to">Blobs of the back-up.</param>
/// <param name="owners">Ids of assets and uploads. The second part of every key is one.</param>
internal sealed class BlobCopy(string from, string to, IReadOnlySet<string> owners)
{
    private const string Objects = "objects";
    private const string Partial = "partial";

    /// <returns>How many blobs were copied.</returns>
    public int Copy(CancellationToken cancellationToken)
    {
        // An unfinished write grows, so that one of an earlier back-up may be another's.
        if (Directory.Exists(In(to, Partial))) Directory.Delete(In(to, Partial), recursive: true);

        // In the order in which a file moves, so that it cannot slip through.
        CopyTree(In(from, Partial), Partial, cancellationToken);
        var copied = CopyTree(In(from, Objects), Objects, cancellationToken);
        var kept = new KeptBlobs(from);
        CopyTree(kept.PathOf(Partial), Partial, cancellationToken);
        return copied + CopyTree(kept.PathOf(Objects), Objects, cancellationToken);
    }

    /// <summary>Frees what an earlier back-up had and this one names no more.</summary>
    public void Prune(CancellationToken cancellationToken)
    {
        var kept = new KeptBlobs(from);
        foreach (var (key, path) in FileTree.Below(In(to, Objects)))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var isThere = File.Exists(In(from, Objects, key)) || File.Exists(kept.PathOf(In(Objects, key)));
            if (!isThere || !owners.Contains(OwnerOf(key))) File.Delete(path);
        }
    }

    private int CopyTree(string source, string tree, CancellationToken cancellationToken)
    {
        var copied = 0;
        foreach (var (key, path) in FileTree.Below(source))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (owners.Contains(OwnerOf(key)) && FileTree.TryCopyFile(path, In(to, tree, key))) copied++;
        }

        return copied;
    }

    private static string OwnerOf(string key) => key.Split(Path.DirectorySeparatorChar, 3) is [_, var owner, ..] ? owner : "";

    private static string In(params ReadOnlySpan<string> parts) => Path.Combine(parts);
}
