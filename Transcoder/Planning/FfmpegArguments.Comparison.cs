using FlickStream.Platform.Contracts;
using FlickStream.Platform.Media;

namespace FlickStream.Transcoder.Planning;

internal static partial class FfmpegArguments
{
    // Of a chunk's first GOP, one frame in so many is compared: half a second apart at 24 frames a second.
    private const int ComparedEvery = 12;

    /// <summary>Rungs of a step that show what the master is compared in: in HDR the same value is another light.</summary>
    public static IReadOnlyList<Rung> Comparable(EncodingPlan plan, PlannedStep step) =>
        [.. plan.RungsOf(step).Where(rung => rung.Range == VideoRange.Sdr)];

    /// <summary>
    /// The rungs that a step made, beside the master, at the largest rung's size: on standard error the SSIM and PSNR of luma of each, in
    /// their order. One GOP of one chunk, so that it costs about what encoding two seconds does.
    /// </summary>
    public static IReadOnlyList<string> ForComparison(EncodingPlan plan, PlannedStep step, string inputPath, string outputFolder)
    {
        var chunk = plan.Chunk(step.Chunk);
        var rungs = Comparable(plan, step);
        var (width, height) = (plan.Rungs[0].Width, plan.Rungs[0].Height);
        var pick = $"trim=end_frame={plan.Grid.GopFrames},select=not(mod(n\\,{ComparedEvery})),settb=AVTB,setpts=N";
        List<string> graph =
        [
            $"{Frames(plan, chunk)},{pick},{ToStudio(plan, width, height)},split={2 * rungs.Count}"
                + string.Concat(rungs.Select((_, i) => $"[a{i}][b{i}]")),
        ];
        var start = plan.Media.Video.StartSeconds + (chunk.FirstFrame / plan.Grid.FrameRate).Value;
        List<string> arguments = ["-filter_complex_threads", "1", .. Input(plan, inputPath, start)];
        foreach (var (i, rung) in rungs.Index())
        {
            arguments.AddRange(["-threads", "1", .. MediaGuards.InputArguments, "-i", RungPath(outputFolder, rung)]);
            graph.Add($"[{i + 1}:v]{pick},scale={width}:{height}:flags=bicubic,format=yuv420p,setsar=1[c{i}];[c{i}][a{i}]ssim[d{i}];[d{i}][b{i}]psnr[o{i}]");
        }

        arguments[arguments.IndexOf("-v") + 1] = "info";
        arguments.AddRange(["-filter_complex", string.Join(';', graph)]);
        for (var i = 0; i < rungs.Count; i++) arguments.AddRange(["-map", $"[o{i}]", "-f", "null", "-"]);
        return arguments;
    }
}
