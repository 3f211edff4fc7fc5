using FlickStream.Platform.Numbers;

namespace FlickStream.Transcoder.Planning;

internal static partial class FfmpegArguments
{
    private const int PosterWidth = 1280;

    /// <summary>The most typical of the pictures that follow a tenth of the way in, past titles and black.</summary>
    public static IReadOnlyList<string> ForPoster(EncodingPlan plan, string inputPath, string outputPath)
    {
        var (top, video) = (plan.Rungs[0], plan.Media.Video);
        var width = Math.Min(top.Width, PosterWidth);
        var scale = top.Width <= PosterWidth ? 1 : new Rational(PosterWidth, top.Width);
        var height = Math.Max(2, 2 * (int)(scale * top.Height / 2).Round());
        return
        [
            "-y", "-filter_complex_threads", "1",
            .. Input(plan, inputPath, plan.Media.Video.StartSeconds + (plan.DurationSeconds / 10)),
            "-filter_complex",
            $"[0:{video.StreamIndex}]{(video.IsInterlaced || video.IsTelecined ? $"bwdif=mode=send_frame:parity={Parity(video)}," : "")}"
                + (TurnOf(video) is { } turn ? turn + "," : "")
                + (SdrMap.For(video) is null
                    ? ToJpeg(width, height, MatrixOf(plan))
                    : $"{ToStudio(plan, width, height)},{ToJpeg(width, height, "bt709")}")
                + ",thumbnail=n=48[poster]",
            .. Image("poster", 3, outputPath),
        ];
    }
}
