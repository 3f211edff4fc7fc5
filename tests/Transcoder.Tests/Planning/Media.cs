using FlickStream.Platform.Contracts;
using FlickStream.Platform.Numbers;

namespace FlickStream.Transcoder.Tests.Planning;

/// <summary>Reports of masters that need not exist.</summary>
internal static class Media
{
    public static Rational Rate(string text) => Rational.TryParse(text)!.Value;

    public static MediaReport Of(
        int width = 1920, int height = 1080, string rate = "24", double seconds = 120, bool isVariable = false, int rotation = 0,
        string aspect = "1", long? frames = null, string container = "mov,mp4,m4a,3gp,3g2,mj2", string? colorSpace = "bt709",
        double start = 0, string? transfer = null, params AudioReport[] audio) =>
        new(container, seconds, null,
            new VideoReport(
                0, "h264", width, height, Rate(aspect), rotation, Rate(rate), isVariable,
                frames ?? (isVariable ? null : (long)Math.Round(seconds * Rate(rate).Value)),
                start, seconds, "yuv420p", 8, transfer, null, colorSpace, false) { Hdr = HdrOf(transfer) },
            audio);

    /// <summary>What is known of light where nothing but the transfer is said; null for standard range.</summary>
    public static HdrReport? HdrOf(string? transfer) => transfer switch
    {
        "smpte2084" => new HdrReport(HdrTransfer.Pq, null, null, null, null),
        "arib-std-b67" => new HdrReport(HdrTransfer.Hlg, null, null, null, null),
        _ => null,
    };

    public static AudioReport Audio(int index = 1, int channels = 2, string? language = "eng", string? title = null) =>
        new(index, "aac", channels, 48_000, language, title, 0, 120);
}
