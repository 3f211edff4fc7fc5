using Microsoft.Extensions.Logging;

namespace FlickStream.Platform.Media;

/// <summary>Finds out what this machine can offer by trying it.</summary>
internal static class SandboxProbe
{
    public static async Task<Sandbox> FindAsync(MediaOptions options, TimeProvider clock, ILogger logger)
    {
        var linux = OperatingSystem.IsLinux();
        var bare = new Sandbox(
            options, Bubblewrap: null, linux ? Executable.Find("prlimit") : null, linux ? Executable.Find("setpriv") : null);
        if (options.Sandbox == SandboxMode.Off) return bare;

        var walled = bare with { Bubblewrap = linux ? Executable.Find(options.BubblewrapPath) : null };
        var failure = walled.Bubblewrap is null ? "bubblewrap (bwrap) is not installed" : await TryAsync(walled, clock);
        if (failure is null) return walled;

        if (options.Sandbox == SandboxMode.Required)
        {
            throw new InvalidOperationException($"Media:Sandbox is Required, but {failure}.");
        }

        logger.LogWarning(
            "ffmpeg runs without a sandbox, with {Limits} and whitelists only: {Failure}. Install bubblewrap, or run this service in a "
            + "container without network and set Media:Sandbox to Off.",
            bare.Prlimit is null ? "no resource limits" : "resource limits",
            failure);
        return bare;
    }

    private static async Task<string?> TryAsync(Sandbox sandbox, TimeProvider clock)
    {
        var limit = TimeSpan.FromSeconds(20);
        var program = Executable.Find(sandbox.Options.FfprobePath) ?? sandbox.Options.FfprobePath;
        var probe = new MediaRun { Tool = MediaTool.Ffprobe, Arguments = ["-version"], Inputs = [], TimeLimit = limit };
        using var process = await MediaProcess.StartAsync(sandbox.Wrap(program, probe.Arguments, probe));
        var tail = new ErrorTail();
        var errors = tail.FillAsync(process.Errors);
        var output = process.Output.CopyToAsync(Stream.Null);
        using var waiting = new CancellationTokenSource();
        await Task.WhenAny(process.Exited, Task.Delay(limit, clock, waiting.Token));
        await waiting.CancelAsync();
        await process.StopAsync(TimeSpan.Zero, clock);
        await Task.WhenAll(errors, output);
        return process.ExitCode == 0 ? null : $"bubblewrap does not work here ({tail.Text([])})";
    }
}
