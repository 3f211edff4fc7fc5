using FlickStream.Platform.Numbers;

namespace FlickStream.Ingest.Inspection;

/// <summary>D-10 (SMPTE ST 356, also called IMX) stores lines of the vertical blanking above the picture: data, which nobody should see. Pure.</summary>
internal static class Blanking
{
    // 608 lines hold 576 of picture, and 512 hold 480.
    private const int LinesOfD10 = 32;

    private static readonly Rational[] Screens = [new(4, 3), new(16, 9)];

    public static int LinesAbove(FfprobeStream video) =>
        video is { CodecName: "mpeg2video", Width: 720, Height: 608 or 512 } ? LinesOfD10 : 0;

    /// <summary>Of a pixel: MXF and MPEG-2 tell the screen's aspect, which ffmpeg lays over all lines and which is that of the picture alone.</summary>
    public static Rational Aspect(FfprobeStream video, Rational said)
    {
        var lines = LinesAbove(video);
        var screen = said * new Rational(video.Width, Math.Max(1, video.Height));
        return lines > 0 && Array.Exists(Screens, known => FrameRates.Near(known, screen, 0.01))
            ? said * new Rational(video.Height - lines, video.Height) : said;
    }

    /// <summary>Filters that leave the picture alone, with a comma behind; empty where all lines are picture.</summary>
    public static string Cut(int linesAbove) => linesAbove > 0 ? $"crop=iw:ih-{linesAbove}:0:{linesAbove}," : "";
}
