using System.Globalization;
using System.Runtime.InteropServices;

namespace FlickStream.Platform.Media;

/// <summary>What Linux's /proc says of a process's children. Elsewhere a process has none, and there is no launcher in front of it.</summary>
internal static class ProcessTree
{
    public const int Interrupt = 2;
    public const int Kill = 9;

    /// <summary>The program that bubblewrap runs, or the process itself when it is not bubblewrap.</summary>
    public static int Worker(int id)
    {
        while (IsLauncher(id) && Children(id) is [var child, ..]) id = child;
        return id;
    }

    public static IReadOnlyList<int> Descendants(int id) => [.. Children(id).SelectMany(child => (int[])[child, .. Descendants(child)])];

    public static bool IsLauncher(int id) => Read($"/proc/{id}/comm").Trim() == "bwrap";

    /// <summary>Its command line; empty for one that has ended.</summary>
    public static string[] ArgumentsOf(int id) => Read($"/proc/{id}/cmdline").Split('\0');

    /// <summary>Its threads; 0 for one that has ended.</summary>
    public static int TasksOf(int id) => Field(id, "Threads:");

    /// <summary>Memory it holds at the moment; 0 for one that has ended.</summary>
    public static long ResidentBytesOf(int id) => Field(id, "VmRSS:") * 1024L;

    /// <summary>The ids of its threads, of which the first is its own: x264 works in that, x265 and SVT-AV1 in others. None of one that has ended.</summary>
    public static IReadOnlyList<int> ThreadsOf(int id) => [.. Tasks(id).Select(task => int.Parse(Path.GetFileName(task), CultureInfo.InvariantCulture))];

    /// <summary>What a thread had and lacked of the cores (proc(5), schedstat); nothing of one that has ended, and where the kernel does not count it.</summary>
    public static CoreTime CoreTimeOf(int thread) =>
        Read($"/proc/{thread}/schedstat").Split(' ') is [var ran, var waited, ..] ? new(Nanoseconds(ran), Nanoseconds(waited)) : default;

    /// <summary>Whether a thread has a core or waits for one (proc(5), stat).</summary>
    public static bool WantsCore(int thread) => Read($"/proc/{thread}/stat") is var stat && stat.AsSpan(stat.LastIndexOf(')') + 1).StartsWith(" R");

    private static TimeSpan Nanoseconds(string text) => TimeSpan.FromTicks(long.Parse(text, CultureInfo.InvariantCulture) / TimeSpan.NanosecondsPerTick);

    private static int Field(int id, string name)
    {
        var line = Read($"/proc/{id}/status").Split('\n').FirstOrDefault(line => line.StartsWith(name, StringComparison.Ordinal));
        return line is null ? 0 : int.Parse(line.AsSpan(name.Length).Trim().TrimEnd(" kB"), CultureInfo.InvariantCulture);
    }

    public static void Signal(int id, int signal)
    {
        const int NoSuchProcess = 3;
        if (SendSignal(id, signal) != 0 && Marshal.GetLastPInvokeError() is var error and not NoSuchProcess)
        {
            throw new InvalidOperationException($"Signal {signal} to process {id} failed: {Marshal.GetPInvokeErrorMessage(error)}");
        }
    }

    private static List<int> Children(int id) =>
    [
        .. Tasks(id).SelectMany(task => Read(task + "/children").Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Select(child => int.Parse(child, CultureInfo.InvariantCulture)),
    ];

    private static string[] Tasks(int id)
    {
        var tasks = $"/proc/{id}/task";
        if (!Directory.Exists(tasks)) return [];
        try
        {
            return Directory.GetDirectories(tasks);
        }
        catch (DirectoryNotFoundException)
        {
            return [];
        }
    }

    // A process may end between being listed and being read; then there is nothing to read.
    private static string Read(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (IOException)
        {
            return "";
        }
    }

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static extern int SendSignal(int id, int signal);
}

/// <summary>Of one thread.</summary>
/// <param name="Ran">On a core.</param>
/// <param name="Waited">For a core, without the wait that goes on.</param>
internal readonly record struct CoreTime(TimeSpan Ran, TimeSpan Waited);
