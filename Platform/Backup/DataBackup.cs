using FlickStream.Platform.Blobs.Disk;
using FlickStream.Platform.Documents.Sqlite;

namespace FlickStream.Platform.Backup;

/// <summary>
/// A back-up of the embedded adapters' data folder, made while its process runs or not. The documents are copied first, as they all stand
/// at one moment; then every blob that they may name. That order is safe because a document names a blob only once it is durable, and blobs
/// never change; what is deleted meanwhile is kept until the copy ends (<see cref="KeptBlobs"/>). The other order could copy documents that
/// name blobs made after the copying passed.
/// </summary>
/// <param name="dataFolder">As <see cref="PlatformOptions.DataFolder"/>.</param>
/// <param name="time">Of waits.</param>
public sealed class DataBackup(string dataFolder, TimeProvider time)
{
    private const string Documents = "documents.sqlite";
    private const string UnfinishedDocuments = Documents + ".new";
    private const string ProcessLock = ".lock";

    // Small, and made before anything else: kept as they are.
    private static readonly string[] Secrets = ["admin.key", "protection-keys"];

    /// <summary>Makes a back-up, or brings an earlier one up to date, which copies only what is new. Until it ends, the earlier one stays
    /// whole.</summary>
    /// <param name="folder">Absent, empty, or an earlier back-up of the same data.</param>
    /// <param name="stage">Told <c>documents</c>, <c>blobs</c> when each has been copied.</param>
    /// <param name="cancellationToken">Gives up; doing it again goes on.</param>
    /// <returns>How many blobs were copied.</returns>
    /// <exception cref="IOException">It cannot be made; the sentence says why.</exception>
    public async Task<int> MakeAsync(string folder, IProgress<string>? stage = null, CancellationToken cancellationToken = default)
    {
        if (!File.Exists(In(Documents))) throw new IOException($"There is no {Documents} in {dataFolder}, so there is nothing to back up here.");
        ThrowIfNoTarget(folder);
        CreateForOwner(folder);
        using var kept = await new KeptBlobs(Directory.CreateDirectory(In("blobs")).FullName).HoldAsync(time, cancellationToken);

        var documents = Path.Combine(folder, UnfinishedDocuments);
        SqliteCopy.Make(In(Documents), documents);
        stage?.Report("documents");
        var blobs = new BlobCopy(In("blobs"), Path.Combine(folder, "blobs"), SqliteCopy.IdsIn(documents, "assets", "uploads"));
        var copied = blobs.Copy(cancellationToken);
        foreach (var name in Secrets) FileTree.Copy(In(name), Path.Combine(folder, name), cancellationToken);
        DurableFile.FlushFileSystem(folder);
        File.Move(documents, Path.Combine(folder, Documents), overwrite: true);
        DurableFile.FlushFolder(folder);
        stage?.Report("blobs");
        blobs.Prune(cancellationToken);
        return copied;
    }

    /// <summary>Makes the data folder what the back-up is.</summary>
    /// <exception cref="IOException">There is no whole back-up, or the data folder holds something.</exception>
    public void Restore(string folder, CancellationToken cancellationToken = default)
    {
        if (!File.Exists(Path.Combine(folder, Documents))) throw new IOException($"There is no back-up in {folder}, or none that was finished.");
        if (Directory.Exists(dataFolder) && Directory.EnumerateFileSystemEntries(dataFolder).Any())
            throw new IOException($"The data folder {dataFolder} is not empty; name a new one.");
        CreateForOwner(dataFolder);
        foreach (var name in (string[])["blobs", .. Secrets]) FileTree.Copy(Path.Combine(folder, name), In(name), cancellationToken);

        // Last, so that what was interrupted is not taken for whole.
        FileTree.Copy(Path.Combine(folder, Documents), In(Documents), cancellationToken);
        DurableFile.FlushFileSystem(dataFolder);
    }

    private string In(string name) => Path.Combine(dataFolder, name);

    private static void ThrowIfNoTarget(string folder)
    {
        if (!Directory.Exists(folder) || !Directory.EnumerateFileSystemEntries(folder).Any()) return;
        if (File.Exists(Path.Combine(folder, ProcessLock))) throw new IOException($"{folder} is a data folder; name another for the back-up.");
        if (!File.Exists(Path.Combine(folder, Documents)) && !File.Exists(Path.Combine(folder, UnfinishedDocuments)))
            throw new IOException($"{folder} holds something other than a back-up; name a new folder.");
    }

    // The administrator's key is among it.
    private static void CreateForOwner(string folder)
    {
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(folder);
        else Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}
