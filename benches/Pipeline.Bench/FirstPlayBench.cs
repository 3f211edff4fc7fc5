using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using FlickStream.Platform.Contracts;
using FlickStream.Platform.Json;
using FlickStream.Standalone.Sample;
using FlickStream.Transcoder.Planning;

namespace FlickStream.Pipeline.Bench;

/// <summary>From upload complete to the first frame shown in Chromium, for masters of several lengths or for one's own.</summary>
internal static class FirstPlayBench
{
    public static async Task<int> RunAsync(string[] arguments)
    {
        string[] own = [.. arguments.Where(File.Exists)];
        if (own.Length > 0) return await RunOwnAsync(own);
        int[] lengths = arguments.Length > 0 ? [.. arguments.Select(a => int.Parse(a, CultureInfo.InvariantCulture))] : [1, 10, 60];
        var folder = Directory.CreateTempSubdirectory("bench-first-play-").FullName;
        try
        {
            var minute = await Masters.MakeAsync(folder, 60, SampleMotion.High);
            var firsts = new List<FirstPlay>();
            foreach (var minutes in lengths)
            {
                var master = await Masters.RepeatAsync(minute, minutes);
                firsts.Add(await MeasureAsync(folder, master));
                Console.WriteLine($"{minutes} min, {new FileInfo(master).Length / 1e6:0} MB: {firsts[^1]} (goal: 10 s at most)");
                if (master != minute) File.Delete(master);
            }

            Console.WriteLine($"growth from the first to the last: {firsts[^1].ShownAfter - firsts[0].ShownAfter:0.0} s (goal: under 2)");
            return 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<int> RunOwnAsync(string[] masters)
    {
        foreach (var master in masters)
        {
            var folder = Directory.CreateTempSubdirectory("bench-first-play-").FullName;
            try
            {
                Console.WriteLine($"{Path.GetFileName(master)}, {new FileInfo(master).Length / 1e6:0} MB: {await MeasureAsync(folder, master)}");
            }
            finally
            {
                Directory.Delete(folder, recursive: true);
            }
        }

        return 0;
    }

    private static async Task<FirstPlay> MeasureAsync(string folder, string master)
    {
        await using var server = await Server.StartAsync(Path.Combine(folder, "data"));
        using var browser = Process.Start(new ProcessStartInfo("node", [Path.Combine(Environment.GetEnvironmentVariable("BENCHES")!, "first-frame.mjs")])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        if (await browser.StandardOutput.ReadLineAsync() != "waiting") throw new InvalidOperationException("The browser did not start.");

        var id = await server.UploadAsync(master);
        var clock = Stopwatch.StartNew();
        await server.WaitAsync(id, a => a.TryGetProperty("playable", out var playable) && playable.GetBoolean());
        var playableAfter = clock.Elapsed.TotalSeconds;
        using var granted = await server.Client.PostAsJsonAsync("/api/playback", new { assetId = id });
        var grant = await granted.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>();
        await browser.StandardInput.WriteLineAsync(grant.GetProperty("hls").GetString());
        await browser.StandardInput.FlushAsync();
        var answer = await browser.StandardOutput.ReadLineAsync();
        var shownAfter = clock.Elapsed.TotalSeconds;
        if (answer != "shown") throw new InvalidOperationException($"The player did not start: {answer}");
        browser.StandardInput.Close();
        await browser.WaitForExitAsync();
        var asset = await server.WaitAsync(id, a => a.GetProperty("state").GetString() is "encoding" or "ready");
        using var cancelled = await server.Client.PostAsync($"/api/jobs/{asset.GetProperty("jobId").GetString()}/cancel", null);
        cancelled.EnsureSuccessStatusCode();
        var media = asset.GetProperty("media").Deserialize<MediaReport>(PlatformJson.Options)!;
        var bare = new BareFfmpeg(EncodingPlan.For(media, new PlanningOptions()), master, Directory.CreateDirectory(Path.Combine(folder, "bare")).FullName);
        return new FirstPlay(playableAfter, shownAfter, (await bare.FirstSegmentAsync()).Seconds);
    }

    /// <param name="PlayableAfter">Seconds from upload complete.</param>
    /// <param name="ShownAfter">The same, to the first frame in Chromium.</param>
    /// <param name="Bare">Seconds that one ffmpeg command needs for the first segment of the same rungs.</param>
    private sealed record FirstPlay(double PlayableAfter, double ShownAfter, double Bare)
    {
        public override string ToString() =>
            $"playable after {PlayableAfter:0.0} s, first frame after {ShownAfter:0.0} s; one ffmpeg command makes the first segment in {Bare:0.0} s, ratio {ShownAfter / Bare:0.00}";
    }
}
