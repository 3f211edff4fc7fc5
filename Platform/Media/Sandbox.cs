using System.Globalization;

namespace FlickStream.Platform.Media;

/// <param name="Program">Absolute path of what is started.</param>
/// <param name="Environment">The whole environment of the process.</param>
internal sealed record LaunchCommand(string Program, IReadOnlyList<string> Arguments, IReadOnlyDictionary<string, string> Environment);

/// <summary>
/// Wraps a command so that it sees the system's libraries, its inputs and its output folder, and nothing else: no network, no
/// other process, no other file. Pure; <see cref="MediaRunner"/> tells it which tools the machine has.
/// </summary>
/// <param name="Bubblewrap">Path of <c>bwrap</c>; null where it does not work.</param>
/// <param name="Prlimit">Path of util-linux's <c>prlimit</c>; null where it is missing.</param>
/// <param name="Setpriv">Path of util-linux's <c>setpriv</c>; null where it is missing.</param>
internal sealed record Sandbox(MediaOptions Options, string? Bubblewrap, string? Prlimit, string? Setpriv)
{
    /// <summary>A container's root may lack the power to give up powers.</summary>
    public bool KeepsPowers { get; init; }

    private static readonly string[] SystemFolders = ["/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32"];

    // Debian's libblas and others resolve through /etc/alternatives; the loader's cache finds libraries in odd folders.
    private static readonly string[] LoaderFiles = ["/etc/alternatives", "/etc/ld.so.cache", "/etc/ld.so.conf", "/etc/ld.so.conf.d"];

    // glibc reserves 64 MiB of address space an arena, eight arenas a core; with the address space bounded that must be bounded too.
    private static readonly Dictionary<string, string> Environment = new(StringComparer.Ordinal)
    {
        ["PATH"] = "/usr/local/bin:/usr/bin:/bin",
        ["LC_ALL"] = "C",
        ["AV_LOG_FORCE_NOCOLOR"] = "1",
        ["MALLOC_ARENA_MAX"] = "4",
        // SVT-AV1 minds no log level of ffmpeg's.
        ["SVT_LOG"] = "1",
    };

    public HardLimits Hard { get; init; } = HardLimits.None;

    public LaunchCommand Wrap(string program, IReadOnlyList<string> arguments, MediaRun run)
    {
        List<string> line = run.Niceness > 0 ? [.. Patience(run.Niceness)] : [];
        if (Bubblewrap is not null)
        {
            // A patient run has its session already; another one would be as eager as any.
            var session = line.Count == 0 ? ["--new-session"] : Array.Empty<string>();
            line.AddRange([Bubblewrap, .. session, .. Walls(program, run.Inputs, run.OutputFolder), "--"]);
        }
        else if (Setpriv is not null)
        {
            // So that ffmpeg does not outlive a killed worker, and that root's is not allowed all.
            var powers = System.Environment.IsPrivilegedProcess && !KeepsPowers ? ["--bounding-set=-all"] : Array.Empty<string>();
            line.AddRange([Setpriv, "--pdeathsig=KILL", "--no-new-privs", .. powers, "--"]);
        }

        if (Prlimit is not null) line.AddRange([Prlimit, .. Limits(run.TimeLimit), "--"]);
        line.Add(program);
        line.AddRange(arguments);
        return new LaunchCommand(line[0], line[1..], Environment);
    }

    /// <summary>A session of its own with a low share of the cores. Niceness alone would not do: Linux shares the cores out among
    /// sessions first (sched(7), autogroup), and every walled run is a session.</summary>
    private static IEnumerable<string> Patience(int niceness) =>
        Executable.Find("setsid") is { } setsid && Executable.Find("sh") is { } shell
            ? [setsid, shell, "-c", $"{{ echo {niceness} > /proc/self/autogroup; }} 2>/dev/null; exec nice -n {niceness} \"$@\"", "patient"]
            : [];

    // The root, /dev and all else that is not bound is an empty file system that is made read-only last. /proc is left out:
    // ffmpeg does not need it, and containers often forbid mounting it.
    private static IEnumerable<string> Walls(string program, IReadOnlyList<string> inputs, string? outputFolder) =>
    [
        "--unshare-all", "--die-with-parent", "--cap-drop", "ALL",
        "--ro-bind", "/usr", "/usr",
        .. SystemFolders.Where(Path.Exists).SelectMany<string, string>(
            folder => new DirectoryInfo(folder).LinkTarget is { } target ? ["--symlink", target, folder] : ["--ro-bind", folder, folder]),
        .. LoaderFiles.SelectMany<string, string>(file => ["--ro-bind-try", file, file]),
        "--dev", "/dev", "--remount-ro", "/dev",
        .. program.StartsWith("/usr/", StringComparison.Ordinal) ? Array.Empty<string>() : ["--ro-bind", program, program],
        .. outputFolder is null ? Array.Empty<string>() : ["--bind", outputFolder, outputFolder],
        .. inputs.SelectMany<string, string>(input => ["--ro-bind", input, input]),
        "--remount-ro", "/",
        "--chdir", outputFolder ?? "/",
    ];

    private IEnumerable<string> Limits(TimeSpan timeLimit)
    {
        var cpu = Math.Ceiling(timeLimit.TotalSeconds * System.Environment.ProcessorCount) + 1;
        yield return Limit("as", "Max address space", Options.MaxMemoryBytes);
        yield return Limit("fsize", "Max file size", Options.MaxFileBytes);
        yield return Limit("nofile", "Max open files", Options.MaxOpenFiles);
        yield return Limit("cpu", "Max cpu time", (long)Math.Min(cpu, int.MaxValue));
        yield return "--core=0";
        if (Bubblewrap is not null) yield return Limit("nproc", "Max processes", Options.MaxProcesses);
    }

    private string Limit(string option, string name, long value) =>
        string.Create(CultureInfo.InvariantCulture, $"--{option}={Hard.Clamp(name, value)}");
}
