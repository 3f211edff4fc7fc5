using System.Diagnostics;
using System.Globalization;

namespace FlickStream.Origin.Bench;

/// <param name="Requests">Answers a second.</param>
/// <param name="Bytes">Bytes a second, headers and all.</param>
internal sealed record Load(double Requests, double Bytes);

/// <summary>One run of wrk.</summary>
internal static class Wrk
{
    private const string Report =
        """
        done = function(summary)
          local failed = summary.errors.status + summary.errors.connect + summary.errors.read + summary.errors.timeout
          print(string.format("RESULT %d %d %d %d", summary.requests, summary.duration, summary.bytes, failed))
        end

        """;

    /// <param name="url">What is asked for, again and again.</param>
    /// <param name="seconds">How long.</param>
    /// <param name="request">Lines of wrk's Lua that shape the request; empty for a plain GET.</param>
    public static async Task<Load> RunAsync(string url, int seconds, string request = "")
    {
        var script = Path.GetTempFileName();
        await File.WriteAllTextAsync(script, request + Report);
        var start = new ProcessStartInfo("wrk", ["-t2", "-c16", $"-d{seconds}s", "-s", script, url]) { RedirectStandardOutput = true };
        using var wrk = Process.Start(start)!;
        var output = await wrk.StandardOutput.ReadToEndAsync();
        await wrk.WaitForExitAsync();
        File.Delete(script);
        var result = output.Split('\n').SingleOrDefault(l => l.StartsWith("RESULT", StringComparison.Ordinal))?.Split(' ')
            .Skip(1).Select(n => double.Parse(n, CultureInfo.InvariantCulture)).ToArray();
        if (result is not [var requests, var microseconds, var bytes, 0]) throw new InvalidOperationException($"wrk failed on {url}:\n{output}");
        return new Load(requests / microseconds * 1e6, bytes / microseconds * 1e6);
    }
}
