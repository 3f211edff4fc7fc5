using Microsoft.Extensions.Options;

namespace FlickStream.Platform;

/// <summary>The data folder, held while this process lives: for itself alone, because it may find there what it left when it died and
/// nobody else's work; or together with others that were all told to share it (<see cref="PlatformHosting.OneMachine"/>).</summary>
internal sealed class DataFolder : IDisposable
{
    private readonly FileStream _lock;

    public DataFolder(IOptions<PlatformOptions> options)
    {
        Path = options.Value.DataFolder;
        var owner = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(Path);
        else Directory.CreateDirectory(Path, owner);

        var isShared = options.Value.Hosting == PlatformHosting.OneMachine;
        try
        {
            _lock = new FileStream(
                In(".lock"), FileMode.OpenOrCreate, isShared ? FileAccess.Read : FileAccess.ReadWrite, isShared ? FileShare.Read : FileShare.None);
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
    $"Another process uses the data folder {folder}. Stop it, set Platform:DataFolder to another folder, or set "
    + "Platform:Hosting=OneMachine for all of them.", cause);
