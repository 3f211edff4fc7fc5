using FlickStream.Platform.Numbers;

namespace FlickStream.Transcoder.Planning;

internal static partial class FfmpegArguments
{
    private const int PosterWidth = 1280;

    /// <summary>The most typical of the pictures that follow a tenth of the way in, past titles and black; the cover of sound alone.</summary>
    public static IReadOnlyList<string> ForPoster(EncodingPlan plan, string inputPath, string outputPath)
    {
        if (plan.Media is { Video: null, CoverStreamIndex: { } cover }) return ForCover(plan, cover, inputPath, outputPath);
        var (top, video) = (plan.Rungs[0], plan.Picture);
        var width = Math.Min(top.Width, PosterWidth);
        var scale = top.Width <= PosterWidth ? 1 : new Rational(PosterWidth, top.Width);
        var height = Math.Max(2, 2 * (int)(scale * top.Height / 2).Round());
        return
        [
            "-y", "-filter_complex_threads", "1",
            .. Input(plan, inputPath, video.StartSeconds + (plan.DurationSeconds / 10)),
            "-filter_complex",
            $"[0:{video.StreamIndex}]{string.Concat(FrameFit.ToOne(plan).Select(filter => filter + ","))}{(video.IsInterlaced || (video.IsTelecined && !Pulldown.IsOfFrames(video)) ? $"bwdif=mode=send_frame:parity={Parity(video)}," : "")}"
                + string.Concat(Upright(video).Select(filter => filter + ","))
                + (SdrMap.For(video) is null
                    ? ToJpeg(FrameFit.Into(plan, width, height), MatrixOf(plan))
                    : $"{ToStudio(plan, width, height)},{ToJpeg(($"{width}:{height}", ""), "bt709")}")
                + ",thumbnail=n=48[poster]",
            .. Image("poster", 3, outputPath),
        ];
    }

    private static IReadOnlyList<string> ForCover(EncodingPlan plan, int cover, string inputPath, string outputPath) =>
    [
        "-y", "-filter_complex_threads", "1",
        .. Input(plan, inputPath, 0),
        "-filter_complex",
        $"[0:{Number(cover)}]scale='min({PosterWidth},iw)':'min({PosterWidth},ih)':force_original_aspect_ratio=decrease:force_divisible_by=2"
            + ":flags=bicubic:out_color_matrix=bt601:out_range=pc,format=yuvj420p,setsar=1[poster]",
        .. Image("poster", 3, outputPath),
    ];
}
