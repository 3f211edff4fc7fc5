using Microsoft.Extensions.Logging;

namespace FlickStream.Platform.Media;

/// <summary>Finds out what this machine can offer by trying it, the strongest first: walls and limits, walls, limits, nothing.</summary>
internal static class SandboxProbe
{
    private const string NoPrlimit = "prlimit (util-linux) is not installed";

    /// <param name="find">Where a program is; <see cref="Executable.Find"/>.</param>
    public static async Task<Sandbox> FindAsync(MediaOptions options, TimeProvider clock, ILogger logger, Func<string, string?> find)
    {
        var linux = OperatingSystem.IsLinux();
        var nothing = new Sandbox(options, Bubblewrap: null, Prlimit: null, Setpriv: null) { Hard = HardLimits.OfThisProcess() };
        var limits = linux ? nothing with { Prlimit = find("prlimit"), Setpriv = find("setpriv") } : nothing;
        if (options.Sandbox != SandboxMode.Off)
        {
            var walls = limits with { Bubblewrap = linux ? find(options.BubblewrapPath) : null };
            var (sandbox, failure) = await WalledAsync(walls, clock);
            if (failure is null) return walls;
            if (options.Sandbox == SandboxMode.Required) throw new InvalidOperationException($"Media:Sandbox is Required, but {failure}.");
            if (sandbox is not null)
            {
                WarnOfLimits(logger, failure);
                return sandbox;
            }

            logger.LogWarning(
                "ffmpeg runs without a sandbox: {Failure}. Install bubblewrap, or run this service in a container without network "
                + "and set Media:Sandbox to Off.",
                failure);
        }

        var unlimited = limits.Prlimit is null ? NoPrlimit : await TryAsync(limits, clock);
        if (unlimited is null) return limits;
        var powerful = limits with { KeepsPowers = true };
        if (powerful.Prlimit is not null && await TryAsync(powerful, clock) is null) return powerful;
        WarnOfLimits(logger, unlimited);
        return nothing;
    }

    /// <summary>Walls are worth having without limits; null when there are none. The failure says what is missing.</summary>
    private static async Task<(Sandbox? Sandbox, string? Failure)> WalledAsync(Sandbox walls, TimeProvider clock)
    {
        if (walls.Bubblewrap is null) return (null, "bubblewrap (bwrap) is not installed");
        var failure = walls.Prlimit is null ? NoPrlimit : await TryAsync(walls, clock);
        if (failure is null) return (walls, null);
        var alone = walls with { Prlimit = null };
        return await TryAsync(alone, clock) is { } none ? (null, none) : (alone, failure);
    }

    private static void WarnOfLimits(ILogger logger, string failure) =>
        logger.LogWarning("ffmpeg runs without limits of memory, time and file size: {Failure}.", failure);

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
        return process.ExitCode == 0 ? null : $"{NameOf(sandbox)} does not work here ({tail.Text([])})";
    }

    private static string NameOf(Sandbox sandbox) => sandbox switch
    {
        { Bubblewrap: null } => "prlimit",
        { Prlimit: null } => "bubblewrap",
        _ => "bubblewrap with prlimit",
    };
}
