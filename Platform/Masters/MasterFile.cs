namespace FlickStream.Platform.Masters;

/// <summary>A master as a file that ffmpeg can open; it stays until this is disposed.</summary>
public sealed class MasterFile : IDisposable
{
    private Action? _release;

    internal MasterFile(string path, Action? release = null) => (Path, _release) = (path, release);

    /// <summary>Absolute; the file is read-only to the caller.</summary>
    public string Path { get; }

    public void Dispose() => Interlocked.Exchange(ref _release, null)?.Invoke();
}
