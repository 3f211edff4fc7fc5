using System.Globalization;
using FlickStream.Ingest.Inspection;
using FlickStream.Platform.Contracts;
using FlickStream.Transcoder.Planning;

namespace FlickStream.Pipeline.Bench;

/// <summary>Bits at equal SSIM of each title's own ladder, beside Apple's at its rates and beside the table that FlickStream has of it, at a
/// quality under its rates as caps; and what choosing costs, of the encode.</summary>
internal static class QualityBench
{
    // A shorter title is not sampled.
    private const int Shortest = 15;

    /// <param name="Common">Of the range of quality that Apple's ladder reaches, what the title's own ladder reaches too.</param>
    private sealed record Result(Clip Clip, double AtRates, double Common, double UnderCaps, double Analysis);

    public static async Task<int> RunAsync(string[] arguments)
    {
        var seconds = arguments.Length > 0 ? int.Parse(arguments[0], CultureInfo.InvariantCulture) : 16;
        if (seconds < Shortest) throw new ArgumentException($"Clips of {Shortest} s at least are measured.");
        var clips = Clips.All.Where(c => arguments.Length < 2 || arguments.Skip(1).Contains(c.Name)).ToList();
        if (clips.Count == 0) throw new ArgumentException($"There is no such clip; there are {string.Join(", ", Clips.All.Select(c => c.Name))}.");
        var folder = Directory.CreateTempSubdirectory("bench-quality-").FullName;
        try
        {
            var results = new List<Result>();
            foreach (var clip in clips) results.Add(await MeasureAsync(clip, await Clips.MakeAsync(clip, seconds, folder), folder));
            Console.WriteLine("BD-rate (SSIM) of the per-title ladder    against Apple's ladder  (range)   against CRF under the table's caps     analysis, of the encode");
            foreach (var r in results)
                Console.WriteLine($"  {r.Clip.Name + (r.Clip.IsHeldOut ? " (held out)" : ""),-38} {r.AtRates,10:+0.0%;-0.0%} {r.Common,20:0%} {r.UnderCaps,30:+0.0%;-0.0%} {r.Analysis,32:0.0%}");
            Sum("average", results, Enumerable.Average);
            Sum("average of those held out", results.Where(r => r.Clip.IsHeldOut), Enumerable.Average);
            Sum("worst", results, Enumerable.Max);
            Console.WriteLine("goals: average -20 % at most, worst +3 % at most, analysis under 10 %");
            return results.Average(r => r.AtRates) <= -0.2 && results.All(r => r is { AtRates: <= 0.03, Analysis: < 0.1 }) ? 0 : 1;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void Sum(string name, IEnumerable<Result> results, Func<IEnumerable<double>, double> sum)
    {
        var all = results.ToList();
        if (all.Count == 0) return;
        Console.WriteLine(
            $"  {name,-38} {sum(all.Select(r => r.AtRates)),10:+0.0%;-0.0%} {"",20} {sum(all.Select(r => r.UnderCaps)),30:+0.0%;-0.0%} {sum(all.Select(r => r.Analysis)),32:0.0%}");
    }

    private static async Task<Result> MeasureAsync(Clip clip, string master, string folder)
    {
        var media = await InspectAsync(master);
        var cpu = CpuClock.OfChildren();
        var complexity = await Service<ComplexityProbe>("00:01:00").MeasureAsync(master, media, SeekPoints.OfIndex, CancellationToken.None);
        var analysis = CpuClock.OfChildren() - cpu;
        var options = new PlanningOptions { PerTitle = false };
        var fixedPlan = EncodingPlan.For(media, options);
        var titlePlan = EncodingPlan.For(media with { Complexity = complexity }, options with { PerTitle = true });
        var work = Directory.CreateDirectory(Path.Combine(folder, "work")).FullName;
        var apple = AppleLadder.Of(fixedPlan);
        var atRates = await new LadderRun(apple, master, work).RunAsync(atTableRate: true);
        var underCaps = await new LadderRun(fixedPlan, master, work).RunAsync(atTableRate: false);
        var isOwn = titlePlan.Rungs.Any(r => r.Quality is not null);
        var own = isOwn ? await new LadderRun(titlePlan, master, work).RunAsync(atTableRate: false) : underCaps;
        Console.WriteLine($"{clip.Name}: Apple's ladder | the table as CRF {options.Quality} under its caps ({underCaps.CpuSeconds:0.0} s of CPU) | "
            + (isOwn ? $"its own ({own.CpuSeconds:0.0} s, analysis {analysis:0.0} s)" : $"its own is the fixed one (analysis {analysis:0.0} s)"));
        for (var i = 0; i < Math.Max(own.Rungs.Count, apple.Rungs.Count); i++)
            Console.WriteLine($"  {atRates.Rungs.ElementAtOrDefault(i),-34} | {underCaps.Rungs.ElementAtOrDefault(i),-34} | {own.Rungs.ElementAtOrDefault(i)}");
        var result = new Result(clip, Between(atRates.Rungs, own.Rungs), Common(atRates.Rungs, own.Rungs), isOwn ? Between(underCaps.Rungs, own.Rungs) : 0, analysis / own.CpuSeconds);
        Console.WriteLine($"  {result.AtRates:+0.0%;-0.0%} against Apple's ladder, {result.UnderCaps:+0.0%;-0.0%} against CRF under its caps, analysis {result.Analysis:0.0%}");
        return result;
    }

    private static double Between(IReadOnlyList<MeasuredRung> reference, IReadOnlyList<MeasuredRung> other) =>
        BjontegaardRate.Between(reference.Select(r => (r.Rate, r.Quality)), other.Select(r => (r.Rate, r.Quality)))
            ?? throw new InvalidOperationException("The ladders have no quality in common.");

    private static double Common(IReadOnlyList<MeasuredRung> reference, IReadOnlyList<MeasuredRung> other)
    {
        var (low, high) = (reference.Min(r => r.Quality), reference.Max(r => r.Quality));
        return (Math.Min(high, other.Max(r => r.Quality)) - Math.Max(low, other.Min(r => r.Quality))) / (high - low);
    }

    private static async Task<MediaReport> InspectAsync(string master) =>
        await Service<Inspector>("00:00:00").InspectAsync(master, CancellationToken.None) is InspectionResult.Accepted { Report: var report }
            ? report : throw new InvalidOperationException($"{master} was refused.");

    // Outside the sandbox: what runs inside is counted with none of its ancestors.
    private static T Service<T>(string probeLimit)
        where T : notnull => new ServiceCollection()
            .AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
            {
                ["Inspection:ComplexityTimeLimit"] = probeLimit,
                ["Media:Sandbox"] = "Off",
            }).Build())
            .AddLogging().AddSingleton(TimeProvider.System).AddInspection().BuildServiceProvider().GetRequiredService<T>();
}
