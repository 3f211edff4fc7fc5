using System.Diagnostics;

namespace FlickStream.Pipeline.Bench;

internal static class Tool
{
    /// <summary>Runs a program to its end.</summary>
    /// <returns>Wall-clock time.</returns>
    public static async Task<TimeSpan> RunAsync(string program, IEnumerable<string> arguments)
    {
        var clock = Stopwatch.StartNew();
        using var process = Process.Start(new ProcessStartInfo(program, arguments))!;
        await process.WaitForExitAsync();
        return process.ExitCode == 0
            ? clock.Elapsed
            : throw new InvalidOperationException($"{program} ended with exit code {process.ExitCode}.");
    }
}
