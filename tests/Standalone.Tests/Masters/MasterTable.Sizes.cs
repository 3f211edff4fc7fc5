using System.Buffers.Binary;

namespace FlickStream.Standalone.Tests.Masters;

internal static partial class MasterTable
{
    private static IEnumerable<Master> Sizes =>
    [
        new("plain", "Progressive", "m.mp4", Plain(Card.Inputs(), "m.mp4")),
        new("portrait", "Portrait", "m.mp4", Plain(Card.Inputs(180, 320), "m.mp4")) { Expected = new() { Size = (180, 320), Box = new(180) } },
        new("square", "Square", "m.mp4", Plain(Card.Inputs(220, 220), "m.mp4")) { Expected = new() { Size = (220, 220), Box = new(220) } },
        Turned(90, "BRWG"),
        Turned(180, "WBGR"),
        Turned(270, "GWRB"),
        // The matrix of ISO/IEC 14496-12, 8.3.2: a, b, u, c, d, v, x, y, w.
        Placed(Mirrorable("mirrored"), [-1, 0, 0, 0, 1, 0, 320, 0], "GRWB", (320, 180)),
        Placed(Mirrorable("flipped"), [1, 0, 0, 0, -1, 0, 0, 180], "BWRG", (320, 180)),
        Placed(Mirrorable("mirrored-and-turned"), [0, 1, 0, 1, 0, 0, 0, 0], "RBGW", (180, 320)),
        new("small", "Small", "m.mp4", Plain(Card.Inputs(320, 240), "m.mp4")) { Expected = new() { Size = (320, 240) } },
        new("odd-size", "Odd sizes", "m.mkv", [.. Card.Inputs(321, 181), "-vf", Card.Bt709("yuv444p"), .. X264, .. Aac, "m.mkv"]) { Expected = new() { Box = new(321) } },
        new("anamorphic", "Anamorphic", "m.mp4",
            [.. Card.Inputs(360, 288, "25", flash: 13), "-vf", $"{Card.As("bt470bg", "bt470bg", "bt709", "yuv420p")},setsar=64/45", .. X264, .. Aac, "m.mp4"])
        {
            Expected = new() { Size = (512, 288), Rate = "25.000", Frames = 38, FramesWithin = 1, Flash = 13 / 25.0, Box = new(360, "25") },
        },
        new("d10", "Lines of the vertical blanking", "m.mxf",
            [
                .. Card.Inputs(720, 576, "25", 0.6, 10), "-vf", "format=yuv422p,pad=720:608:0:32:white,setsar=152/135", "-c:v", "mpeg2video", "-intra_vlc", "1", "-non_linear_quant", "1",
                "-qmin", "1", "-qmax", "12", "-dc", "10", "-g", "1", "-flags", "+ildct+low_delay", "-top", "1", "-b:v", "50000k", "-minrate", "50000k", "-maxrate", "50000k",
                "-bufsize", "2000000", "-rc_init_occupancy", "2000000", "-rc_max_vbv_use", "1", "-c:a", "pcm_s16le", "-ac", "2", "-f", "mxf_d10", "m.mxf",
            ])
        {
            Expected = new()
            {
                Size = (720, 540), Rate = "25.000", Frames = 15, Flash = 10 / 25.0, Box = new(720, "25"), Lufs = Card.Lufs - 3,
                Probes = [.. Card.Corners(Card.Upright), new(0.1, 0.01, Card.Corners(Card.Upright)[0].Color)],
            },
        },
        // The sound of the first part begins with its encoder's priming, 1024 samples, by which the muxer moves all of it.
        new("size-changes", "Size or aspect that changes on the way", "m.ts",
            Plain(Card.Inputs(), "a.ts"),
            [.. Card.Inputs(flash: 100, number: "n+36"), "-vf", $"{Card.Bt709()},scale=160:90", .. X264, .. Aac, "-output_ts_offset", "1.521333", "b.ts"])
        {
            Join = ["a.ts", "b.ts"],
            Expected = new() { Frames = 72, FramesWithin = 1 },
        },
        // As where a broadcaster goes from 720 columns to 544.
        new("columns-change", "Size or aspect that changes on the way", "m.ts",
            ColumnsOfFields("a.ts", Card.Inputs(rate: "50", seconds: 1.6, flash: 26), "setsar=1"),
            ColumnsOfFields("b.ts", Card.Inputs(rate: "50", seconds: 1.6, flash: 200, number: "n+80"), "scale=240:180,setsar=4/3", "-output_ts_offset", "1.6"))
        {
            Join = ["a.ts", "b.ts"],
            // MPEG-2's decoder lets go of the picture that it holds where another size begins.
            Expected = OfFields with { Frames = 158, FramesWithin = 1, Box = new(320, "50") { Step = number => number < 78 ? number : number + 2 } },
        },
        new("letterbox", "Letterbox", "m.mp4",
            [.. Card.Inputs(320, 140), "-vf", $"pad=320:180:0:20:black,{Card.Bt709()}", .. X264, .. Aac, "m.mp4"])
        {
            Expected = new()
            {
                Probes =
                [
                    new(0.5, 0.06, new(0, 0, 0)), new(0.5, 0.94, new(0, 0, 0)),
                    .. Card.Corners(Card.Upright).Select(probe => probe with { Y = (probe.Y * 7 / 9) + (1 / 9.0) }),
                ],
            },
        },
    ];

    private static IReadOnlyList<string> ColumnsOfFields(string file, IEnumerable<string> inputs, string scale, params IEnumerable<string> arguments) =>
    [
        .. inputs, "-vf", $"{Card.Bt709()},{scale},tinterlace=interleave_top", "-c:v", "mpeg2video", "-q:v", "2", "-flags", "+ildct+ilme", "-top", "1", "-c:a", "mp2", .. arguments, file,
    ];

    private static Master Turned(int clockwise, string corners) => new(
        $"turned-{clockwise}", "Rotation", "m.mp4",
        Plain(Card.Inputs(), "upright.mp4"),
        ["-i", "upright.mp4", "-c", "copy", "-metadata:s:v", $"rotate={360 - clockwise}", "m.mp4"])
    {
        Expected = new() { Size = clockwise == 180 ? (320, 180) : (180, 320), Letters = corners },
    };

    private static Master Mirrorable(string name) => new(name, "Mirrored", "m.mp4", Plain(Card.Inputs(), "m.mp4"));

    private static Master Placed(Master upright, int[] matrix, string corners, (int, int) size) => upright with
    {
        Kind = "Mirrored",
        Edit = file =>
        {
            // The matrix of the first track header, version 0, is 40 bytes into its body; its w values are 2.30 fixed point.
            var at = file.AsSpan().IndexOf("tkhd"u8) + 4 + 40;
            foreach (var (i, value) in matrix.Index()) BinaryPrimitives.WriteInt32BigEndian(file.AsSpan(at + (4 * i)), value << 16);
            return file;
        },
        Expected = upright.Expected with { Size = size, Letters = corners },
    };
}
