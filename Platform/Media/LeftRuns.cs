using System.Globalization;

namespace FlickStream.Platform.Media;

/// <summary>The runs that work in a folder, whoever started them. bubblewrap binds a run to its starter's life some milliseconds after it was
/// started; a starter that is killed before leaves the run behind, and it would write on.</summary>
internal static class LeftRuns
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(10);

    /// <summary>Kills them, and returns when none is left.</summary>
    /// <param name="program">Absolute path of ffmpeg. A shell or an editor in the folder is none of ours.</param>
    /// <param name="folder">Absolute path, without a slash at its end.</param>
    public static async Task EndAsync(string program, string folder, CancellationToken ct)
    {
        if (!Directory.Exists("/proc/self")) return;
        using var timer = new PeriodicTimer(Look);
        while (In(program, folder) is { Count: > 0 } runs)
        {
            foreach (var run in runs) ProcessTree.Signal(run, ProcessTree.Kill);
            await timer.WaitForNextTickAsync(ct);
        }
    }

    private static List<int> In(string program, string folder) =>
    [
        .. Directory.EnumerateDirectories("/proc")
            .Select(process => int.TryParse(Path.GetFileName(process), NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : 0)
            .Where(id => id > 0 && ProcessTree.ArgumentsOf(id) is var arguments
                && arguments.Contains(program) && arguments.Any(a => a.StartsWith(folder + "/", StringComparison.Ordinal))),
    ];
}
