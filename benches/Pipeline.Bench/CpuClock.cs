using System.Globalization;

namespace FlickStream.Pipeline.Bench;

/// <summary>Processor seconds, from Linux: steadier than the wall clock where other programs share the machine.</summary>
internal static class CpuClock
{
    private const double TicksPerSecond = 100;

    /// <summary>Of this process's children that have ended, and of theirs.</summary>
    public static double OfEndedChildren() => Sum("self", 13, 14);

    /// <summary>Of a process and of its children that have ended.</summary>
    public static double Of(int process) => Sum(process.ToString(CultureInfo.InvariantCulture), 11, 12, 13, 14);

    // Fields are counted from the one behind the command's name, which may hold spaces (proc_pid_stat(5): utime is field 14).
    private static double Sum(string process, params int[] fields)
    {
        var stat = File.ReadAllText($"/proc/{process}/stat");
        var values = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        return fields.Sum(f => long.Parse(values[f], CultureInfo.InvariantCulture)) / TicksPerSecond;
    }
}
