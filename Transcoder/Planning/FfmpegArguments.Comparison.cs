using FlickStream.Platform.Contracts;
using FlickStream.Platform.Media;

namespace FlickStream.Transcoder.Planning;

internal static partial class FfmpegArguments
{
    // Of a segment's first GOP, one frame in so many is compared: half a second apart at 24 frames a second. Never the keyframe, which is
    // better than the rest.
    private const int ComparedEvery = 12;
    private const int FewestCompared = 4;

    /// <summary>
    /// One segment of some rungs beside the master, at the largest rung's size: on standard error the SSIM and PSNR of luma of each, and
    /// its VMAF, in their order. One GOP of it, so that it costs about what encoding two seconds does.
    /// </summary>
    /// <param name="plan">The title's.</param>
    /// <param name="segment">Its number.</param>
    /// <param name="rungs">Of one range, in which the master is shown too: the same value is another light in each.</param>
    /// <param name="inputPath">The master.</param>
    /// <param name="folder">Where each rung's segment is, behind its init segment, under <see cref="RungPath"/>.</param>
    /// <param name="withVmaf">This ffmpeg has the filter.</param>
    public static IReadOnlyList<string> ForComparison(
        EncodingPlan plan, int segment, IReadOnlyList<Rung> rungs, string inputPath, string folder, bool withVmaf)
    {
        var (width, height) = ComparedSize(plan);
        var range = rungs[0].Range;
        var format = range == VideoRange.Sdr ? "yuv420p" : "yuv420p10le";
        var copies = withVmaf ? 3 : 2;
        var chunk = SegmentAlone(plan, segment);
        var frames = Math.Min(plan.Grid.GopFrames, chunk.Frames);
        var every = Math.Clamp(frames / FewestCompared, 1, ComparedEvery);
        var pick = $"trim=end_frame={frames},select=eq(mod(n\\,{every})\\,{every / 2}),settb=AVTB,setpts=N";
        List<string> graph =
        [
            $"{Frames(plan, chunk)},{pick},{ToRange(plan, range, width, height)},split={copies * rungs.Count}"
                + string.Concat(rungs.Select((_, i) => $"[a{i}][b{i}]{(withVmaf ? $"[v{i}]" : "")}")),
        ];
        var start = plan.Picture.StartSeconds + (chunk.FirstFrame / plan.Grid.FrameRate).Value;
        List<string> arguments = ["-filter_complex_threads", "1", .. Input(plan, inputPath, start)];
        foreach (var (i, rung) in rungs.Index())
        {
            arguments.AddRange(["-threads", "1", .. MediaGuards.InputArguments, "-i", RungPath(folder, rung)]);
            graph.Add($"[{i + 1}:v]{pick},scale={width}:{height}:flags=bicubic,format={format},setsar=1[c{i}];[c{i}][a{i}]ssim[d{i}];[d{i}][b{i}]psnr{(withVmaf ? $"[e{i}];[e{i}][v{i}]libvmaf" : "")}[o{i}]");
        }

        arguments[arguments.IndexOf("-v") + 1] = "info";
        arguments.AddRange(["-filter_complex", string.Join(';', graph)]);
        for (var i = 0; i < rungs.Count; i++) arguments.AddRange(["-map", $"[o{i}]", "-f", "null", "-"]);
        return arguments;
    }

    /// <summary>The largest rung's that every player has.</summary>
    public static (int Width, int Height) ComparedSize(EncodingPlan plan) => (plan.Rungs[0].Width, plan.Rungs[0].Height);

    private static Chunk SegmentAlone(EncodingPlan plan, int segment)
    {
        var first = plan.Grid.FirstFrameOf(segment);
        var frames = (int)Math.Min(plan.Grid.FramesOf(segment), plan.Frames - first);
        return new Chunk(0, segment, 1, first, frames, (frames + plan.Grid.GopFrames - 1) / plan.Grid.GopFrames, first + frames == plan.Frames);
    }
}
