using Microsoft.Extensions.Logging;

namespace FlickStream.Platform.Media;

/// <summary>Finds out what this machine can offer by trying it, the strongest first.</summary>
internal static class SandboxProbe
{
    /// <param name="find">Where a program is; <see cref="Executable.Find"/>.</param>
    public static async Task<Sandbox> FindAsync(MediaOptions options, TimeProvider clock, ILogger logger, Func<string, string?> find)
    {
        var linux = OperatingSystem.IsLinux();
        var nothing = new Sandbox(options, Bubblewrap: null, Prlimit: null, Setpriv: null);
        var limits = linux ? nothing with { Prlimit = find("prlimit"), Setpriv = find("setpriv") } : nothing;
        var walls = limits with { Bubblewrap = linux ? find(options.BubblewrapPath) : null };

        var failure = "";
        if (options.Sandbox != SandboxMode.Off)
        {
            failure = walls.Bubblewrap is null ? "bubblewrap (bwrap) is not installed" : await TryAsync(walls, clock);
            if (failure is null) return walls;
            if (options.Sandbox == SandboxMode.Required)
            {
                throw new InvalidOperationException($"Media:Sandbox is Required, but {failure}.");
            }

            logger.LogWarning(
                "ffmpeg runs without a sandbox: {Failure}. Install bubblewrap, or run this service in a container without network "
                + "and set Media:Sandbox to Off.",
                failure);
        }

        // A hard limit that the machine sets below one of ours makes prlimit fail.
        failure = limits.Prlimit is null ? "prlimit (util-linux) is not installed" : await TryAsync(limits, clock);
        if (failure is null) return limits;
        logger.LogWarning("ffmpeg runs without limits of memory, time and file size: {Failure}.", failure);
        return nothing;
    }

    /// <summary>Null when it works.</summary>
    private static async Task<string?> TryAsync(Sandbox sandbox, TimeProvider clock)
    {
        var limit = TimeSpan.FromSeconds(20);
        var run = new MediaRun { Tool = MediaTool.Ffprobe, Arguments = ["-version"], Inputs = [], TimeLimit = limit };
        var program = Executable.Find(sandbox.Options.FfprobePath) ?? sandbox.Options.FfprobePath;
        using var process = await MediaProcess.StartAsync(sandbox.Wrap(program, run.Arguments, run));
        var tail = new ErrorTail();
        var errors = tail.FillAsync(process.Errors);
        var output = process.Output.CopyToAsync(Stream.Null);
        using var waiting = new CancellationTokenSource();
        await Task.WhenAny(process.Exited, Task.Delay(limit, clock, waiting.Token));
        await waiting.CancelAsync();
        await process.StopAsync(TimeSpan.Zero, clock);
        await Task.WhenAll(errors, output);
        return process.ExitCode == 0
            ? null : $"{(sandbox.Bubblewrap is null ? "prlimit" : "bubblewrap")} does not work here ({tail.Text([])})";
    }
}
