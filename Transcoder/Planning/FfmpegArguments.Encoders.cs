using System.Globalization;
using FlickStream.Platform.Contracts;

namespace FlickStream.Transcoder.Planning;

internal static partial class FfmpegArguments
{
    /// <summary>
    /// The encoder of a rung: its quality under a cap, and closed GOPs of a fixed length without scene cuts, so that the GOPs of all rungs
    /// of all codecs lie side by side.
    /// </summary>
    private static IEnumerable<string> Encoder(EncodingPlan plan, Rung rung) => rung.Codec switch
    {
        VideoCodec.H264 => X264(plan, rung),
        VideoCodec.Hevc => X265(plan, rung),
        VideoCodec.Av1 => SvtAv1(plan, rung),
        var other => throw new InvalidOperationException($"No encoder for {other}."),
    };

    private static IEnumerable<string> X264(EncodingPlan plan, Rung rung)
    {
        var gop = Number(plan.Grid.GopFrames);
        return
        [
            "-c:v", "libx264", "-preset", plan.Options.Preset, "-threads", "1", .. Quality(plan.Options.Quality, rung),
            "-profile:v", "high", "-level:v", string.Create(CultureInfo.InvariantCulture, $"{rung.Level / 10}.{rung.Level % 10}"),
            "-g", gop, "-keyint_min", gop, "-sc_threshold", "0", "-x264-params", "open-gop=0",
            // Captions of the master become text; in the picture they would be there a second time, and twice a frame where fields become frames.
            "-a53cc", "0",
        ];
    }

    /// <summary>The information SEI would put the machine's CPU flags into the init segment. Without a pool one thread does everything,
    /// as its rate control needs to give the same bytes every time.</summary>
    private static IEnumerable<string> X265(EncodingPlan plan, Rung rung)
    {
        var gop = Number(plan.Grid.GopFrames);
        return
        [
            "-c:v", "libx265", "-preset", plan.Options.HevcPreset, "-tag:v", "hvc1", .. Quality(plan.Options.HevcQuality, rung),
            "-x265-params",
            $"log-level=error:info=0:pools=none:frame-threads=1:keyint={gop}:min-keyint={gop}:scenecut=0:open-gop=0{MasteringOf(plan.Picture.Hdr, rung)}",
        ];
    }

    /// <summary>HDR10's static metadata, as x265 takes them; they go into its SEI messages, and from there into mdcv and clli.</summary>
    private static string MasteringOf(HdrReport? hdr, Rung rung)
    {
        if (hdr is null || rung.Range != VideoRange.Pq) return "";
        var display = hdr.Mastering is { } m
            ? $":master-display=G({m.Green.X},{m.Green.Y})B({m.Blue.X},{m.Blue.Y})R({m.Red.X},{m.Red.Y})WP({m.White.X},{m.White.Y})L({m.MaxLuminance},{m.MinLuminance})"
            : "";
        return hdr.MaxContentLight is { } most ? $"{display}:max-cll={most},{hdr.MaxAverageLight ?? 0}" : display;
    }

    private static IEnumerable<string> SvtAv1(EncodingPlan plan, Rung rung)
    {
        var gop = Number(plan.Grid.GopFrames);
        return
        [
            "-c:v", "libsvtav1", "-preset", Number(plan.Options.Av1Preset), .. Quality(plan.Options.Av1Quality, rung), "-g", gop,
            "-svtav1-params", $"lp=1:keyint={gop}:scd=0",
        ];
    }

    private static IEnumerable<string> Quality(int quality, Rung rung) =>
        ["-crf", Number(rung.Quality ?? quality), "-maxrate", Number(rung.MaxBitsPerSecond), "-bufsize", Number(rung.BufferBits)];
}
