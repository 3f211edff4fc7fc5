using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using FlickStream.Platform.Contracts;
using FlickStream.Platform.Json;
using FlickStream.Standalone.Sample;
using FlickStream.Transcoder.Planning;

namespace FlickStream.Pipeline.Bench;

/// <summary>From upload complete to published, beside plain ffmpeg for the same rungs; paired rounds, in turn.</summary>
internal static class TranscodeBench
{
    public static async Task<int> RunAsync(string[] arguments)
    {
        var rounds = arguments.Length > 0 ? int.Parse(arguments[0], CultureInfo.InvariantCulture) : 3;
        var seconds = arguments.Length > 1 ? int.Parse(arguments[1], CultureInfo.InvariantCulture) : 120;
        var folder = Directory.CreateTempSubdirectory("bench-transcode-").FullName;
        try
        {
            var master = await Masters.MakeAsync(folder, seconds, SampleMotion.High);
            Console.WriteLine($"{seconds} s of 1080p24, {new FileInfo(master).Length / 1e6:0} MB, {Environment.ProcessorCount} cores");
            // One for all rounds, as a studio has one: the first round pays for what a new process compiles.
            await using var server = await Server.StartAsync(Path.Combine(folder, "data"));
            var ratios = new List<(double All, double Each)>();
            for (var round = 1; round <= rounds; round++)
            {
                var (ours, media) = await OursAsync(server, master);
                var plan = EncodingPlan.For(media, new PlanningOptions());
                var bare = new BareFfmpeg(plan, master, Directory.CreateDirectory(Path.Combine(folder, "bare")).FullName);
                var all = await bare.AllAtOnceAsync();
                var each = await bare.OneByOneAsync();
                ratios.Add((ours.Seconds / all.Seconds, ours.Seconds / each.Seconds));
                Console.WriteLine(
                    $"round {round}: published {ours}; (a) one command {all}, ratio {ratios[^1].All:0.00}; "
                    + $"(b) a command a rung {each}, ratio {ratios[^1].Each:0.00}");
            }

            Console.WriteLine(
                $"median: {Median(ratios.Select(r => r.All)):0.00} of (a), goal 1.10 at most; {Median(ratios.Select(r => r.Each)):0.00} of (b), goal 0.90 at most");
            return 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<(Cost Cost, MediaReport Media)> OursAsync(Server server, string master)
    {
        var id = await server.UploadAsync(master);
        var cpu = CpuClock.OfMachine();
        var clock = Stopwatch.StartNew();
        var asset = await server.WaitAsync(id, a => a.GetProperty("state").GetString() == "ready");
        return (new Cost(clock.Elapsed.TotalSeconds, CpuClock.OfMachine() - cpu), asset.GetProperty("media").Deserialize<MediaReport>(PlatformJson.Options)!);
    }

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted[sorted.Count / 2];
    }
}
