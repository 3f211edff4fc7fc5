using System.Globalization;
using FlickStream.Platform.Media;
using FlickStream.Transcoder.Planning;

namespace FlickStream.Pipeline.Bench;

/// <summary>What a rung turned out to cost and to show.</summary>
/// <param name="Rung">As planned.</param>
/// <param name="Rate">Bits a second on average.</param>
/// <param name="Quality">SSIM of luma in dB at the master's size.</param>
internal sealed record MeasuredRung(Rung Rung, double Rate, double Quality)
{
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{Rung.Height,5}{(Rung.Quality is { } crf ? $"@{crf:0.0}" : ""),-6}{Rate / 1000,7:0} kb/s {Quality,6:0.00} dB");
}

/// <summary>One plan's rungs, each encoded as the workers do but in one chunk, and compared with the master.</summary>
internal sealed class LadderRun(EncodingPlan plan, string master, string folder)
{
    // Frames that are compared: one in so many, and never a keyframe, which is better than the rest.
    private const int Every = 6;

    private readonly EncodingPlan _whole = plan with
    {
        Timeline = plan.Timeline with { Grid = plan.Grid with { ChunkSegments = [plan.Grid.SegmentCount(plan.Frames)] } },
    };

    /// <param name="atTableRate">Instead of a quality under a cap: the cap itself as the average, as Apple's table is usually read.</param>
    public async Task<(IReadOnlyList<MeasuredRung> Rungs, double CpuSeconds)> RunAsync(bool atTableRate)
    {
        var step = new PlannedStep("whole", StepKind.Video, 0, true, 1) { Renditions = [.. plan.Rungs.Select(r => r.Name)] };
        var arguments = FfmpegArguments.ForVideo(_whole, step, master, folder);
        var cpu = CpuClock.OfChildren();
        await Tool.RunAsync("ffmpeg", ["-nostdin", .. atTableRate ? AtTableRate(arguments) : arguments]);
        cpu = CpuClock.OfChildren() - cpu;
        var qualities = await CompareAsync();
        return ([.. plan.Rungs.Select((rung, i) => new MeasuredRung(rung, 8 * new FileInfo(PathOf(rung)).Length / plan.DurationSeconds, qualities[i]))], cpu);
    }

    // An average with room for peaks of twice as much, which is Apple's limit.
    private static List<string> AtTableRate(IReadOnlyList<string> arguments)
    {
        var changed = arguments.ToList();
        for (var i = 0; i < changed.Count; i++)
        {
            if (changed[i] != "-crf") continue;
            var cap = int.Parse(changed[i + 3], CultureInfo.InvariantCulture);
            (changed[i], changed[i + 1]) = ("-b:v", changed[i + 3]);
            changed[i + 3] = changed[i + 5] = (2 * cap).ToString(CultureInfo.InvariantCulture);
        }

        return changed;
    }

    private async Task<IReadOnlyList<double>> CompareAsync()
    {
        var rungs = plan.Rungs;
        var pick = $"select=eq(mod(n\\,{Every})\\,{Every / 2}),settb=AVTB,setpts=N";
        List<string> arguments = ["-nostdin", "-hide_banner", "-nostats", "-filter_complex_threads", "1", "-i", master];
        List<string> graph = [$"[0:v]{pick},split={rungs.Count}{string.Concat(rungs.Select((_, i) => $"[m{i}]"))}"];
        foreach (var (i, rung) in rungs.Index())
        {
            arguments.AddRange(["-i", PathOf(rung)]);
            graph.Add($"[{i + 1}:v]{pick},scale={plan.Picture.Width}:{plan.Picture.Height}:flags=bicubic[r{i}];[r{i}][m{i}]ssim[o{i}]");
        }

        arguments.AddRange(["-filter_complex", string.Join(';', graph)]);
        for (var i = 0; i < rungs.Count; i++) arguments.AddRange(["-map", $"[o{i}]", "-f", "null", "-"]);
        var log = await Tool.ErrorsOfAsync("ffmpeg", arguments);
        return [.. FilterScores.Ssim(log).Select(ssim => -10 * Math.Log10(Math.Max(1e-6, 1 - ssim)))];
    }

    private string PathOf(Rung rung) => Path.Combine(folder, $"{rung.Name}.mp4");
}
