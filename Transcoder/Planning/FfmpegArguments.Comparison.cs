using FlickStream.Platform.Media;

namespace FlickStream.Transcoder.Planning;

internal static partial class FfmpegArguments
{
    // Of a segment's first GOP, one frame in so many is compared: half a second apart at 24 frames a second.
    private const int ComparedEvery = 12;

    /// <summary>
    /// One segment of some rungs beside the master, at the largest rung's size: on standard error the SSIM and PSNR of luma of each, in
    /// their order. One GOP of it, so that it costs about what encoding two seconds does.
    /// </summary>
    /// <param name="plan">The title's.</param>
    /// <param name="segment">Its number.</param>
    /// <param name="rungs">In SDR: an HDR rung shows the same value as another light.</param>
    /// <param name="inputPath">The master.</param>
    /// <param name="folder">Where each rung's segment is, behind its init segment, under <see cref="RungPath"/>.</param>
    public static IReadOnlyList<string> ForComparison(
        EncodingPlan plan, int segment, IReadOnlyList<Rung> rungs, string inputPath, string folder)
    {
        var (width, height) = (plan.Rungs[0].Width, plan.Rungs[0].Height);
        var pick = $"trim=end_frame={plan.Grid.GopFrames},select=not(mod(n\\,{ComparedEvery})),settb=AVTB,setpts=N";
        var chunk = SegmentAlone(plan, segment);
        List<string> graph =
        [
            $"{Frames(plan, chunk)},{pick},{ToStudio(plan, width, height)},split={2 * rungs.Count}"
                + string.Concat(rungs.Select((_, i) => $"[a{i}][b{i}]")),
        ];
        var start = plan.Media.Video.StartSeconds + (chunk.FirstFrame / plan.Grid.FrameRate).Value;
        List<string> arguments = ["-filter_complex_threads", "1", .. Input(plan, inputPath, start)];
        foreach (var (i, rung) in rungs.Index())
        {
            arguments.AddRange(["-threads", "1", .. MediaGuards.InputArguments, "-i", RungPath(folder, rung)]);
            graph.Add($"[{i + 1}:v]{pick},scale={width}:{height}:flags=bicubic,format=yuv420p,setsar=1[c{i}];[c{i}][a{i}]ssim[d{i}];[d{i}][b{i}]psnr[o{i}]");
        }

        arguments[arguments.IndexOf("-v") + 1] = "info";
        arguments.AddRange(["-filter_complex", string.Join(';', graph)]);
        for (var i = 0; i < rungs.Count; i++) arguments.AddRange(["-map", $"[o{i}]", "-f", "null", "-"]);
        return arguments;
    }

    private static Chunk SegmentAlone(EncodingPlan plan, int segment)
    {
        var first = (long)segment * plan.Grid.SegmentFrames;
        var frames = (int)Math.Min(plan.Grid.SegmentFrames, plan.Frames - first);
        return new Chunk(0, segment, 1, first, frames, (frames + plan.Grid.GopFrames - 1) / plan.Grid.GopFrames, first + frames == plan.Frames);
    }
}
