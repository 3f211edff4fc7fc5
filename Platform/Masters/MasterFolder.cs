namespace FlickStream.Platform.Masters;

/// <summary>
/// A folder for the copies of this process alone, the first of those below a shared one that no living process holds. Copies that dead
/// processes left are removed, and nothing else is.
/// </summary>
internal sealed class MasterFolder : IDisposable
{
    private const string Extension = ".master";
    private const int MostProcesses = 1000;

    private readonly FileStream? _held;

    /// <exception cref="IOException">No folder can be had.</exception>
    public MasterFolder(string shared)
    {
        for (var n = 0; _held is null || Directory.Exists(Path.Combine(shared, $"{n}")); n++)
        {
            if (n == MostProcesses) throw new IOException($"No file can be locked below {shared}. Set Platform:Masters:Folder to another folder.");
            var folder = Path.Combine(shared, $"{n}");
            if (Hold(folder) is not { } held) continue;
            foreach (var left in Directory.EnumerateFiles(folder, "*" + Extension)) File.Delete(left);
            if (_held is null) (_held, Name) = (held, folder);
            else held.Dispose();
        }
    }

    public string Name { get; } = "";

    public string NewFile() => Path.Combine(Name, $"{Guid.NewGuid():N}{Extension}");

    public void Dispose() => _held?.Dispose();

    private static FileStream? Hold(string folder)
    {
        Directory.CreateDirectory(folder);
        try
        {
            return new FileStream(Path.Combine(folder, ".lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException)
        {
            // Another process holds it.
            return null;
        }
    }
}
