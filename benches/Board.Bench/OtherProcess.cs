using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace FlickStream.Board.Bench;

/// <summary>The same crowd in processes that share the file.</summary>
internal static class OtherProcess
{
    public static async Task<Tally> RunManyAsync(Engine engine, int processes, int workers, TimeSpan duration)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "FlickStream.Board.Bench.dll");
        string[] arguments =
        [
            program, "process", engine.Folder, (workers / processes).ToString(CultureInfo.InvariantCulture),
            duration.TotalSeconds.ToString(CultureInfo.InvariantCulture),
        ];
        var tallies = await Task.WhenAll(Enumerable.Range(0, processes).Select(async _ =>
        {
            using var process = Process.Start(new ProcessStartInfo("dotnet", arguments) { RedirectStandardOutput = true })!;
            var said = await process.StandardOutput.ReadToEndAsync();
            await process.WaitForExitAsync();
            return JsonSerializer.Deserialize<Tally>(said) ?? throw new InvalidOperationException("A process of the crowd failed.");
        }));
        return new Tally(
            [.. tallies.SelectMany(t => t.Claims)], [.. tallies.SelectMany(t => t.Finishes)], tallies.Max(t => t.Seconds));
    }

    public static async Task<int> RunAsync(string folder, string workers, string seconds)
    {
        using var host = Engine.Sqlite(folder).Start();
        var duration = TimeSpan.FromSeconds(double.Parse(seconds, CultureInfo.InvariantCulture));
        var tally = await new Shift(host.Services, int.Parse(workers, CultureInfo.InvariantCulture), TimeSpan.Zero).RunAsync(duration);
        Console.WriteLine(JsonSerializer.Serialize(tally));
        return 0;
    }
}
