using System.Text.RegularExpressions;
using CliWrap;

namespace FlickStream.Standalone.Tests.Fuzzing;

/// <summary>A bubblewrap that writes down which files ffmpeg and ffprobe ask for, whether they get them or not.</summary>
internal sealed partial class TracedSandbox(string folder)
{
    // Libraries, and what the C library and the encoders want to know of the machine.
    private static readonly string[] Harmless =
    [
        "/usr/", "/lib", "/bin", "/sbin", "/etc/ld.so", "/etc/alternatives/", "/dev/", "/sys/devices/", "/proc/", "/sys/fs/cgroup",
        "/sys/fs/selinux", "/selinux", "/etc/selinux/", "/etc/gcrypt/", "/etc/gnutls/", "/etc/ssl/openssl.cnf",
    ];

    public string Program { get; } = Path.Combine(folder, "traced-bwrap");

    public int Runs => Directory.GetFiles(folder, "*.trace").Length;

    /// <summary>By a shell: a file that this process had open for writing cannot be started while a child that is just being forked holds it.</summary>
    public async Task WriteAsync(CancellationToken cancellationToken)
    {
        var script =
            $"""
            #!/bin/sh
            printf '%s\n' "$@" > '{folder}'/$$.arguments
            exec strace -f -qq -s 4096 -e trace=%file,%network -o '{folder}'/$$.trace bwrap "$@"
            """;
        await Cli.Wrap("sh").WithArguments(["-c", "printf '%s\n' \"$1\" > \"$2\" && chmod 500 \"$2\"", "sh", script, Program]).ExecuteAsync(cancellationToken);
    }

    /// <summary>What was asked for outside the sandbox's own files, as sentences.</summary>
    public IReadOnlyList<string> Trespasses() => [.. Directory.EnumerateFiles(folder, "*.trace").SelectMany(Trespasses)];

    private static IEnumerable<string> Trespasses(string trace)
    {
        var arguments = File.ReadAllLines(Path.ChangeExtension(trace, ".arguments"));
        var given = arguments.Index().Where(argument => argument.Item is "--bind" or "--ro-bind").Select(argument => arguments[argument.Index + 1]).ToList();
        // What comes before is bubblewrap's, which builds the walls, and prlimit's.
        foreach (var line in File.ReadLines(trace).SkipWhile(line => !Started().IsMatch(line)))
        {
            if (Network().Match(line) is { Success: true } network) yield return $"{Path.GetFileName(trace)}: {network.Value}";
            if (Asked().Match(line) is not { Success: true } asked) continue;
            var path = asked.Groups[1].Value;
            if (!path.StartsWith('/') || Harmless.Any(start => path.StartsWith(start, StringComparison.Ordinal))) continue;
            if (!given.Any(one => path == one || path.StartsWith(one + "/", StringComparison.Ordinal))) yield return $"{Path.GetFileName(trace)}: {line}";
        }
    }

    [GeneratedRegex("execve\\(\"[^\"]*/ff(mpeg|probe)\".* = 0$")]
    private static partial Regex Started();

    [GeneratedRegex("\\b(?:socket\\(AF_INET|connect\\().*")]
    private static partial Regex Network();

    [GeneratedRegex("^\\d+ +\\w+\\([^\"]*\"([^\"]*)\"")]
    private static partial Regex Asked();
}
