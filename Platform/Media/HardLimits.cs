using System.Globalization;

namespace FlickStream.Platform.Media;

/// <summary>The limits that this process was started with and cannot raise, as <c>/proc/self/limits</c> names them. A container engine may
/// set them below ours, and asking for more fails.</summary>
internal sealed record HardLimits(IReadOnlyDictionary<string, long> Values)
{
    // Names are padded to this width (proc(5), fs/proc/base.c); the soft limit comes next.
    private const int NameWidth = 26;

    public static HardLimits None { get; } = new(new Dictionary<string, long>());

    public static HardLimits OfThisProcess() =>
        OperatingSystem.IsLinux() ? Parse(File.ReadAllText("/proc/self/limits")) : None;

    public static HardLimits Parse(string table)
    {
        var values = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var line in table.Split('\n').Skip(1).Where(line => line.Length > NameWidth))
        {
            if (line[NameWidth..].Split(' ', StringSplitOptions.RemoveEmptyEntries) is [_, var hard, ..]
                && long.TryParse(hard, NumberStyles.None, CultureInfo.InvariantCulture, out var value))
            {
                values[line[..NameWidth].Trim()] = value;
            }
        }

        return new HardLimits(values);
    }

    /// <summary>What may be asked for.</summary>
    public long Clamp(string name, long wanted) => Values.TryGetValue(name, out var hard) ? Math.Min(wanted, hard) : wanted;
}
