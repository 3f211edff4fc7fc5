using FlickStream.Platform;
using Microsoft.Extensions.Options;

namespace FlickStream.Transcoder.Workers;

/// <summary>Where ffmpeg writes: a folder a claim, removed after it; all of them are emptied when the worker starts.</summary>
internal sealed class WorkFolder(IOptions<PlatformOptions> platform, IOptions<WorkerOptions> worker)
{
    private readonly string _root =
        Path.GetFullPath(worker.Value.WorkFolder ?? Path.Combine(platform.Value.DataFolder, "work", worker.Value.Name));

    public void Empty()
    {
        if (Directory.Exists(_root)) Directory.Delete(_root, recursive: true);
        Directory.CreateDirectory(_root);
    }

    public Lent Lend(string stepId, long fence)
    {
        var path = Path.Combine(_root, $"{stepId.Replace(':', '_')}-{fence}");
        Directory.CreateDirectory(path);
        return new Lent(path);
    }

    internal sealed record Lent(string Path) : IDisposable
    {
        public void Dispose() => Directory.Delete(Path, recursive: true);
    }
}
