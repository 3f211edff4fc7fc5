namespace FlickStream.Standalone.Tests.Apart;

/// <summary>A disk in memory that one process has for itself, so that it can be filled while the others have room.</summary>
/// <param name="Folder">Where it is mounted, in that process's sight only.</param>
internal sealed record SmallDisk(string Folder)
{
    private const int Bytes = 32 << 20;
    private const string Filler = "filler";

    /// <summary>Starts a program that has the disk and, but for what it sees mounted, is the same user as without.</summary>
    public IReadOnlyList<string> Launcher =>
    [
        "unshare", "--mount", .. Environment.IsPrivilegedProcess ? Array.Empty<string>() : ["--user", "--map-root-user"],
        "sh", "-c", $"mount -t tmpfs -o size={Bytes} tmpfs \"$0\" && exec \"$@\"", Folder,
    ];

    /// <returns>False when the process is gone.</returns>
    public bool Fill(int processId)
    {
        try
        {
            using var filler = new FileStream(SeenFrom(processId), FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
            var page = new byte[4096];
            while (true) filler.Write(page);
        }
        catch (DirectoryNotFoundException)
        {
            return false;
        }
        catch (IOException)
        {
            return true; // It is full.
        }
    }

    public void Free(int processId)
    {
        if (File.Exists(SeenFrom(processId))) File.Delete(SeenFrom(processId));
    }

    private string SeenFrom(int processId) => $"/proc/{processId}/root{Folder}/{Filler}";
}
