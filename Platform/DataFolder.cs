using Microsoft.Extensions.Options;

namespace FlickStream.Platform;

/// <summary>The data folder, held for this process alone while it lives: two processes on the embedded adapters would each sweep
/// away what the other is writing.</summary>
internal sealed class DataFolder : IDisposable
{
    private readonly FileStream _lock;

    public DataFolder(IOptions<PlatformOptions> options)
    {
        Path = options.Value.DataFolder;
        var owner = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(Path);
        else Directory.CreateDirectory(Path, owner);

        try
        {
            _lock = new FileStream(
                System.IO.Path.Combine(Path, ".lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e)
        {
            throw new DataFolderInUseException(Path, e);
        }
    }

    public string Path { get; }

    public string In(string name) => System.IO.Path.Combine(Path, name);

    public void Dispose() => _lock.Dispose();
}

public sealed class DataFolderInUseException(string folder, Exception cause) : IOException(
    $"Another process uses the data folder {folder}. Stop it, or set Platform:DataFolder to another folder.", cause);
