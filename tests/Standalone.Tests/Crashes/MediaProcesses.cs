using System.Globalization;

namespace FlickStream.Standalone.Tests.Crashes;

/// <summary>The processes that work for a FlickStream: those whose command line names its data folder.</summary>
internal static class MediaProcesses
{
    internal sealed record Found(int Id, string StartTime, string Command);

    public static IReadOnlyList<Found> Of(string dataFolder)
    {
        var found = new List<Found>();
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (!int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var id)) continue;
            var command = Read($"{folder}/cmdline").Replace('\0', ' ');
            if (command.Contains(dataFolder + "/", StringComparison.Ordinal) && !command.Contains("FlickStream.Standalone.dll", StringComparison.Ordinal))
                found.Add(new Found(id, StartOf(id), command));
        }

        return found;
    }

    /// <summary>Returns when none of them lives any more.</summary>
    public static async Task AssertEndAsync(IReadOnlyList<Found> processes, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        for (var looks = 0; processes.Any(p => IsAlive(p.Id) && StartOf(p.Id) == p.StartTime); looks++)
        {
            Assert.True(looks < 500, $"outlives the server: {string.Join('\n', processes.Where(p => IsAlive(p.Id)))}");
            await timer.WaitForNextTickAsync(cancellationToken);
        }
    }

    // After the name, which may have spaces, in its parentheses.
    private static string[] StatusOf(int id) => Read($"/proc/{id}/stat").Split(") ")[^1].Split(' ');

    private static string StartOf(int id) => StatusOf(id) is { Length: > 19 } status ? status[19] : "";

    // A dead process that nobody has reaped yet does nothing any more.
    private static bool IsAlive(int id) => StatusOf(id) is { Length: > 19 } and not ["Z" or "X", ..];

    private static string Read(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (IOException)
        {
            return ""; // It ended between being listed and being read.
        }
    }
}
