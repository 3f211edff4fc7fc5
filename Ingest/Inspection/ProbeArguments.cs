using System.Globalization;
using FlickStream.Platform.Contracts;
using FlickStream.Platform.Media;

namespace FlickStream.Ingest.Inspection;

/// <summary>The sizes and qualities at which a sample is encoded, and ffmpeg's arguments for it.</summary>
internal static class ProbeArguments
{
    /// <summary>Frames a sample. Eight tell the rate of two seconds within a quarter, measured on nine clips; 24 hardly better, and six
    /// differ from eight by a tenth on average at 0.7 of the cost.</summary>
    public const int Frames = 6;

    private const int LargestShorter = 1080;

    // Frames that are compared: not the first, which is better than the rest.
    private static readonly int[] Compared = [2, 4];

    // Of the largest picture's sides, with qualities: where a ladder's rungs lie.
    private static readonly (double Scale, int[] Crfs)[] Encodes = [(1, [23, 31]), (720.0 / 1080, [20, 30]), (360.0 / 1080, [24, 32])];

    private static readonly double[] Scales = [720.0 / 1080, 0.5, 360.0 / 1080, 234.0 / 1080];

    private static string SelectCompared => $"select={string.Join('+', Compared.Select(n => $"eq(n\\,{n})"))}";

    /// <summary>Largest picture first.</summary>
    public static IReadOnlyList<(int Width, int Height, int Crf)> Points(int width, int height) =>
        [.. Encodes.SelectMany(e => e.Crfs, (e, crf) => (Even(width * e.Scale), Even(height * e.Scale), crf))];

    public static IReadOnlyList<(int Width, int Height)> Sizes(int width, int height) =>
        [.. Scales.Select(scale => (Even(width * scale), Even(height * scale)))];

    /// <summary>The picture as it is shown, made small enough for the largest rung there is.</summary>
    public static (int Width, int Height) Shown(VideoReport video)
    {
        var (w, h) = video.DisplaySize() is var (width, height) ? (width.Value, height.Value) : default;
        var (shorter, longer) = (Math.Min(w, h), Math.Max(w, h));
        var scale = Math.Min(1, Math.Min(LargestShorter / shorter, LargestShorter * 16 / 9.0 / longer));
        return (Even(w * scale), Even(h * scale));
    }

    /// <summary>
    /// One sample, from the keyframe before a time, which needs no decoding ahead: every point as a track of one NUT file, and last the
    /// frames that will be compared, as they are.
    /// </summary>
    public static IReadOnlyList<string> Encode(VideoReport video, double fromSeconds, string master, string sample)
    {
        var (width, height) = Shown(video);
        var points = Points(width, height);
        List<string> arguments =
        [
            "-y", "-v", "error", "-filter_complex_threads", "1", "-threads", "1",
            "-noaccurate_seek", "-ss", fromSeconds.ToString("0.###", CultureInfo.InvariantCulture),
            .. MediaGuards.InputArguments, "-i", master, "-filter_complex", EncodeGraph(video, width, height),
        ];
        foreach (var (i, (_, _, crf)) in points.Index())
        {
            arguments.AddRange(
            [
                "-map", $"[e{i}]", $"-c:v:{i}", "libx264", $"-crf:v:{i}", crf.ToString(CultureInfo.InvariantCulture),
                $"-preset:v:{i}", "veryfast", $"-sc_threshold:v:{i}", "0",
            ]);
        }

        return
        [
            .. arguments, "-map", "[compared]", $"-c:v:{points.Count}", "rawvideo", "-threads:v", "1", "-g", "250", "-flags:v", "+bitexact",
            "-map_metadata", "-1", "-vsync", "passthrough", "-f", "nut", sample,
        ];
    }

    /// <summary>What that file's tracks weigh, a line a packet on standard output, and on standard error the SSIM of each point and then of
    /// each size, all at the largest size.</summary>
    public static IReadOnlyList<string> Compare(VideoReport video, string sample)
    {
        var (width, height) = Shown(video);
        var points = Points(width, height);
        var sizes = Sizes(width, height);
        var enlarge = $"scale={width}:{height}:flags=bicubic";
        List<string> graph = [];
        for (var i = 0; i < points.Count; i++) graph.Add($"[0:{i}]{SelectCompared},settb=AVTB,setpts=N,{enlarge}[p{i}];[p{i}][r{i}]ssim[o{i}]");
        foreach (var (i, (w, h)) in sizes.Index())
        {
            var output = points.Count + i;
            graph.Add($"[s{i}]scale={w}:{h}:flags=bicubic,{enlarge}[p{output}];[p{output}][r{output}]ssim[o{output}]");
        }

        var outputs = points.Count + sizes.Count;
        graph.Add($"[0:{points.Count}]settb=AVTB,setpts=N,split={outputs + sizes.Count}{Labels("r", outputs)}{Labels("s", sizes.Count)}");
        List<string> arguments =
        [
            "-v", "info", "-filter_complex_threads", "1", "-threads", "1", .. MediaGuards.InputArguments, "-i", sample,
            "-filter_complex", string.Join(';', graph),
        ];
        for (var i = 0; i < points.Count; i++) arguments.AddRange(["-map", $"0:{i}"]);
        arguments.AddRange(["-c", "copy", "-f", "framecrc", "pipe:1"]);
        for (var i = 0; i < outputs; i++) arguments.AddRange(["-map", $"[o{i}]", "-f", "null", "-"]);
        return arguments;
    }

    // Times must be a real rate's: x264 spends by how long a frame is shown.
    private static string EncodeGraph(VideoReport video, int width, int height)
    {
        var deinterlace = video.IsInterlaced ? "bwdif=mode=send_frame:deint=interlaced," : "";
        List<string> graph =
        [
            $"[0:{video.StreamIndex}]{Blanking.Cut(video.LinesAbove)}{deinterlace}trim=end_frame={Frames},setpts=N/({video.FrameRate})/TB,"
                + $"scale={width}:{height}:flags=bicubic,format=yuv420p,setsar=1,split=2[size0][whole]",
            $"[whole]{SelectCompared}[compared]",
        ];
        var point = 0;
        foreach (var (i, (scale, crfs)) in Encodes.Index())
        {
            var resize = i == 0 ? "" : $"scale={Even(width * scale)}:{Even(height * scale)}:flags=bicubic,";
            var next = i + 1 < Encodes.Length ? $"[size{i + 1}]" : "";
            graph.Add($"[size{i}]{resize}split={crfs.Length + (next.Length > 0 ? 1 : 0)}{Labels("e", crfs.Length, point)}{next}");
            point += crfs.Length;
        }

        return string.Join(';', graph);
    }

    private static string Labels(string name, int count, int from = 0) => string.Concat(Enumerable.Range(from, count).Select(i => $"[{name}{i}]"));

    private static int Even(double side) => Math.Max(2, 2 * (int)Math.Round(side / 2));
}
