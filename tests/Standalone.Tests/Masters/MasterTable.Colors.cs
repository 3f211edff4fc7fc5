namespace FlickStream.Standalone.Tests.Masters;

internal static partial class MasterTable
{
    private static readonly string[] Ffv1 = ["-c:v", "ffv1", "-threads", "1"];

    private static IEnumerable<Master> Colors =>
    [
        Colored("full-range", "Full range", Card.Bt709("yuv420p", "pc"), X264),
        Colored("full-range-444", "Full range", Card.Bt709("yuv444p", "pc"), X264),
        new("full-range-mjpeg", "Full range", "m.avi",
            [.. Card.Inputs(), "-vf", Card.As("smpte170m", "smpte170m", "bt709", "yuvj420p", "pc"), "-c:v", "mjpeg", "-q:v", "2", "-c:a", "pcm_s16le", "m.avi"]),
        Colored("bt601-525", "BT.601", Card.As("smpte170m", "smpte170m", "smpte170m", "yuv420p"), X264),
        Colored("bt601-625", "BT.601", Card.As("bt470bg", "bt470bg", "smpte170m", "yuv420p"), X264),
        new("untagged-small", "Untagged colours", "m.mkv", [.. Card.Inputs(), "-vf", "format=yuv420p", .. X264, .. Aac, "m.mkv"]),
        new("untagged-large", "Untagged colours", "m.mkv",
            [.. Card.Inputs(1280, 720, seconds: 0.75), "-vf", Card.As("bt709", "unknown", "unknown", "yuv420p").Replace("colorspace=bt709", "colorspace=unknown", StringComparison.Ordinal), .. X264, .. Aac, "m.mkv"])
        {
            Expected = new() { Size = (1280, 720), Frames = 18, Box = new(1280) },
        },
        Colored("ten-bit", "10 and 12 bit", Card.Bt709("yuv420p10le"), X264),
        Colored("ten-bit-422", "4:2:2 and 4:4:4", Card.Bt709("yuv422p10le"), X264),
        new("prores", "4:2:2 and 4:4:4", "m.mov",
            [.. Card.Inputs(), "-vf", Card.Bt709("yuv422p10le"), "-c:v", "prores_ks", "-profile:v", "standard", "-c:a", "pcm_s24le", "m.mov"]),
        // ffmpeg encodes no 12 bits of it.
        new("prores-4444", "10 and 12 bit", "m.mov",
            [.. Card.Inputs(), "-vf", Card.Bt709("yuva444p10le"), "-c:v", "prores_ks", "-profile:v", "4444", "-c:a", "pcm_s16le", "m.mov"]),
        Colored("twelve-bit", "10 and 12 bit", Card.Bt709("yuv420p12le"), Ffv1),
        Colored("four-four-four", "4:2:2 and 4:4:4", Card.Bt709("yuv444p"), X264),
        new("dnxhr", "4:2:2 and 4:4:4", "m.mxf",
            [.. Card.Inputs(), "-vf", Card.Bt709("yuv422p"), "-c:v", "dnxhd", "-profile:v", "dnxhr_hq", "-c:a", "pcm_s16le", "m.mxf"]),
        Colored("rgb", "RGB", "scale=in_color_matrix=bt601:flags=accurate_rnd,format=gbrp", Ffv1),
        new("rgb-qtrle", "RGB", "m.mov",
            [.. Card.Inputs(), "-vf", "scale=in_color_matrix=bt601:flags=accurate_rnd,format=rgb24", "-c:v", "qtrle", "-c:a", "pcm_s16le", "m.mov"]),
        new("rgb-r210", "RGB", "m.mov",
            [.. Card.Inputs(), "-vf", "scale=in_color_matrix=bt601:flags=accurate_rnd,format=gbrp10le", "-c:v", "r210", "-c:a", "pcm_s16le", "m.mov"]),
        new("v408", "4:2:2 and 4:4:4", "m.mov", [.. Card.Inputs(), "-vf", Card.Bt709("yuva444p"), "-c:v", "v408", "-c:a", "pcm_s16le", "m.mov"]),
        // The same light in wider primaries has other numbers, and must come back to the card's.
        Colored("bt2020-sdr", "BT.2020 and P3 in SDR",
            $"{Card.Bt709("yuv444p")},zscale=primaries=2020:transfer=2020_10:matrix=2020_ncl:dither=none,format=yuv420p10le", X264) with
        {
            Expected = new() { ColorWithin = 10 },
        },
        Colored("display-p3", "BT.2020 and P3 in SDR", $"{Card.Bt709("yuv444p")},zscale=primaries=smpte432:dither=none,format=yuv420p10le", X264) with
        {
            Expected = new() { ColorWithin = 10 },
        },
    ];

    private static Master Colored(string name, string kind, string conversion, string[] codec) =>
        new(name, kind, "m.mkv", [.. Card.Inputs(), "-vf", conversion, .. codec, .. Aac, "m.mkv"]);
}
