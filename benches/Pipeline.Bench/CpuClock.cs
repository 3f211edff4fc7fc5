using System.Globalization;

namespace FlickStream.Pipeline.Bench;

/// <summary>Processor seconds, from Linux: steadier than the wall clock where other programs share the machine.</summary>
internal static class CpuClock
{
    private const double TicksPerSecond = 100;

    // user, nice, system, irq and softirq of the line "cpu" (proc_stat(5)).
    private static readonly int[] Busy = [1, 2, 3, 6, 7];

    /// <summary>Of all that runs on this machine. What ran in a sandbox is counted with none of its ancestors: bubblewrap ends before the first
    /// process inside is reaped.</summary>
    public static double OfMachine()
    {
        var fields = File.ReadLines("/proc/stat").First().Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return Busy.Sum(field => long.Parse(fields[field], CultureInfo.InvariantCulture)) / TicksPerSecond;
    }

    /// <summary>Of all children that have ended, without what else runs on this machine (cutime and cstime of proc_pid_stat(5)).</summary>
    public static double OfChildren()
    {
        var stat = File.ReadAllText("/proc/self/stat");
        var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        return (long.Parse(fields[13], CultureInfo.InvariantCulture) + long.Parse(fields[14], CultureInfo.InvariantCulture)) / TicksPerSecond;
    }
}
