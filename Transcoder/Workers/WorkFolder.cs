using FlickStream.Platform;
using FlickStream.Platform.Media;
using FlickStream.Transcoder.Packaging;
using Microsoft.Extensions.Options;

namespace FlickStream.Transcoder.Workers;

/// <summary>Where ffmpeg writes: a folder a claim, removed after it; all of them are emptied when the worker starts.</summary>
internal sealed class WorkFolder : IDisposable
{
    private readonly string _root;
    private readonly FileStream _lock;

    public WorkFolder(IOptions<PlatformOptions> platform, IOptions<WorkerOptions> worker)
    {
        var (data, name) = (platform.Value.DataFolder, worker.Value.Name);
        // Of its own, because it is removed: the folder that is named may be a disk's, or hold other things.
        _root = Path.GetFullPath(Path.Combine(worker.Value.WorkFolder ?? Path.Combine(data, "work"), name));
        Directory.CreateDirectory(data);
        try
        {
            _lock = new FileStream(
                Path.Combine(data, $".worker-{name}.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e)
        {
            throw new WorkerNameTakenException(name, Environment.MachineName, e);
        }
    }

    /// <summary>What a killed worker of this name left at work is ended first.</summary>
    public async Task EmptyAsync(MediaRunner media, CancellationToken ct)
    {
        await media.EndLeftInAsync(_root, ct);
        if (Directory.Exists(_root)) Directory.Delete(_root, recursive: true);
        Directory.CreateDirectory(_root);
    }

    public Lent Lend(string stepId, long fence)
    {
        var path = Path.Combine(_root, $"{stepId.Replace(':', '_')}-{fence}");
        Directory.CreateDirectory(path);
        return new Lent(path);
    }

    public void Dispose() => _lock.Dispose();

    internal sealed record Lent(string Path) : IDisposable
    {
        /// <summary>What ffmpeg made. A master may have taken ffmpeg over, and the sandbox does not bind whoever reads its results: a link
        /// would be followed to any file of this machine and be published, and a pipe, which is empty as well, be waited at for ever.</summary>
        /// <exception cref="ChunkRejectedException">It made none, or no plain file with something in it.</exception>
        public FileStream OpenRead(string name)
        {
            var made = new FileInfo(System.IO.Path.Combine(Path, name));
            return made is { Exists: true, LinkTarget: null, Length: > 0 }
                ? made.OpenRead()
                : throw new ChunkRejectedException(PackagingProblems.NoOutput, $"{name} is missing, empty or no plain file.");
        }

        public void Dispose() => Directory.Delete(Path, recursive: true);
    }
}

/// <summary>Two workers of one name would each take the other's steps for what it left itself when it died.</summary>
internal sealed class WorkerNameTakenException(string name, string host, Exception? cause = null) : IOException(
    $"Another process on {host} works as {name}. Set Worker:Name to a name of its own.", cause);
