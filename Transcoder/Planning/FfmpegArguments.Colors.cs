using FlickStream.Platform.Contracts;

namespace FlickStream.Transcoder.Planning;

internal static partial class FfmpegArguments
{
    private const string StudioTags = "setparams=range=tv:color_primaries=bt709:color_trc=bt709:colorspace=bt709";

    // What swscale makes RGB of before it does anything else. XYZ is what cinemas are sent (SMPTE ST 428-1).
    private static readonly string[] RgbOrders = ["rgb", "bgr", "gbr", "xyz"];

    private static string ToRange(EncodingPlan plan, VideoRange range, int width, int height) => range switch
    {
        VideoRange.Sdr => ToStudio(plan, width, height),
        VideoRange.Pq => ToHdr(plan, width, height, "smpte2084"),
        _ => ToHdr(plan, width, height, "arib-std-b67"),
    };

    /// <summary>To a size, in 10-bit BT.2020 of studio range; the light itself is left as the master has it.</summary>
    private static string ToHdr(EncodingPlan plan, int width, int height, string transfer)
    {
        // An HDR master that does not say its matrix has BT.2020's.
        var from = plan.Picture.ColorSpace is null ? "bt2020" : MatrixOf(plan);
        string Tags(string primaries) => $"setparams=range=tv:color_primaries={primaries}:color_trc={transfer}:colorspace=bt2020nc";
        var convert = SdrMap.HdrPrimariesOf(plan.Picture) is var primaries and not SdrMap.Bt2020
            ? $"{Tags(primaries)},zscale=primaries=bt2020,format=yuv420p10le," : "";
        var (size, bars) = FrameFit.Into(plan, width, height);
        return $"scale={size}:flags=bicubic:in_color_matrix={from}:out_color_matrix=bt2020:out_range=tv,"
            + $"format=yuv420p10le,{bars}setsar=1,{convert}{Tags(SdrMap.Bt2020)}";
    }

    /// <summary>To a size, in 8-bit BT.709 of studio range with square pixels: what every player shows right without being told.</summary>
    private static string ToStudio(EncodingPlan plan, int width, int height)
    {
        var (size, bars) = FrameFit.Into(plan, width, height);
        if (SdrMap.For(plan.Picture) is var (to, filters))
        {
            var master = plan.Picture is { Hdr: not null, ColorSpace: null } ? to : MatrixOf(plan);
            return $"scale={size}:flags=bicubic:in_color_matrix={master}:out_color_matrix={to}:out_range=tv,"
                // The filter zscale keeps to the size of its first picture.
                + $"format={SdrMap.Format},{bars}{filters},setsar=1,{StudioTags}";
        }

        // swscale makes BT.601 of RGB unless it is told.
        var matrix = MatrixOf(plan) is var from && (from != "bt709" || IsRgb(plan)) ? $":in_color_matrix={from}:out_color_matrix=bt709" : "";
        return $"scale={size}:flags=bicubic{matrix}:out_range=tv,format=yuv420p,{bars}setsar=1,{StudioTags}";
    }

    /// <summary>To a size, in what JPEG readers take every picture for: BT.601 of full range.</summary>
    private static string ToJpeg((string Size, string Bars) fit, string fromMatrix) =>
        $"scale={fit.Size}:flags=bicubic:in_color_matrix={fromMatrix}:out_color_matrix=bt601:out_range=pc,format=yuvj420p,{fit.Bars}setsar=1";

    /// <summary>swscale's name of the matrix between the master's colours and RGB. Inspection refuses what is not here.</summary>
    private static string MatrixOf(EncodingPlan plan) => plan.Picture.ColorSpace switch
    {
        "smpte170m" or "bt470bg" => "bt601",
        "fcc" => "fcc",
        "smpte240m" => "smpte240m",
        "bt2020nc" or "bt2020c" => "bt2020",
        // A standard-definition master that does not say is BT.601 by every broadcaster's custom.
        null when plan.Picture is { ActiveHeight: <= 576, Width: <= 1024 } => "bt601",
        _ => "bt709",
    };

    private static bool IsRgb(EncodingPlan plan) =>
        plan.Picture.PixelFormat is var format && (format == "pal8" || RgbOrders.Any(order => format.Contains(order, StringComparison.Ordinal)));

    /// <summary>Filters behind which a frame lies as it is shown and has a matrix that swscale knows.</summary>
    private static IEnumerable<string> Upright(VideoReport video)
    {
        if (TurnOf(video) is { } turn) yield return turn;
        if (video.ColorSpace == "ycgco") yield return "zscale=matrixin=ycgco:matrix=bt709";
    }
}
