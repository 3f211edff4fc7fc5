namespace FlickStream.Standalone.Tests.Masters;

internal static partial class MasterTable
{
    private static readonly string[] TopFirst = ["-flags", "+ildct+ilme", "-x264-params", "tff=1:interlaced=1"];
    private static readonly string[] BottomFirst = ["-flags", "+ildct+ilme", "-x264-params", "bff=1:interlaced=1"];

    private static IEnumerable<Master> Fields =>
    [
        Woven("interlaced-25-top", "50", "interleave_top", TopFirst),
        Woven("interlaced-25-bottom", "50", "interleave_bottom", BottomFirst),
        LaidOnItsSide(Woven("interlaced-turned", "50", "interleave_top", TopFirst)),
        Placed(Woven("interlaced-mirrored", "50", "interleave_top", TopFirst), [-1, 0, 0, 0, 1, 0, 320, 0], "GRWB", (320, 180)),
        // Neither the header nor a frame says that there are fields.
        Woven("interlaced-unmarked", "50", "interleave_bottom,setfield=prog", []),
        new("interlaced-mpeg2-ts", "Interlaced", "m.ts",
            [
                .. Card.Inputs(rate: "50", flash: 26), "-vf", $"{Card.Bt709()},tinterlace=interleave_top", "-c:v", "mpeg2video", "-q:v", "2",
                "-flags", "+ildct+ilme", "-top", "1", "-c:a", "mp2", "m.ts",
            ]) { Expected = OfFields },
        new("interlaced-mxf", "Interlaced", "m.mxf",
            [
                .. Card.Inputs(rate: "50", flash: 26), "-vf", $"{Card.Bt709("yuv422p")},tinterlace=interleave_top", "-c:v", "mpeg2video", "-q:v", "2",
                "-flags", "+ildct+ilme", "-top", "1", "-c:a", "pcm_s16le", "m.mxf",
            ]) { Expected = OfFields },
        new("whole-frames-marked-as-fields", "Whole frames marked as fields", "m.mkv",
            Plain(Card.Inputs(rate: "25", flash: 13), "m.mkv", TopFirst))
        {
            Expected = new() { Rate = "25.000", Frames = 38, Flash = 13 / 25.0, Box = new(320, "25") },
        },
        // Each frame three times and twice in turn, as 720p carries film.
        new("film-at-59.94", "Telecined", "m.mp4",
            [.. Card.Inputs(160, 96, "24000/1001"), "-vf", $"{Card.Bt709()},fps=60000/1001", .. X264, .. Aac, "m.mp4"])
        {
            Expected = new()
            {
                Size = (160, 96), Rate = "23.976", Frames = 36, FramesWithin = 1, Flash = 12 * 1001 / 24000.0, Box = new(160, "24000/1001"), Notices = ["film_restored"],
            },
        },
        // Three fields and two in turn, which a DVD leaves to its player.
        new("soft-telecined", "Telecined", "m.mkv",
            [
                .. Card.Inputs(rate: "24000/1001"), "-vf", $"{Card.Bt709()},settb=1001/60000,setpts=floor(N*5/2)", "-fps_mode", "vfr", "-enc_time_base", "1/90000",
                .. X264, .. Aac, "m.mkv",
            ])
        {
            Expected = new() { Rate = "23.976", Frames = 36, Flash = 12 * 1001 / 24000.0, Box = new(320, "24000/1001") },
        },
    ];

    private static readonly Expected OfFields = new() { Rate = "50.000", Frames = 75, FramesWithin = 1, Flash = 26 / 50.0, Box = new(320, "50") };

    private static Master LaidOnItsSide(Master upright) => upright with
    {
        File = "turned.mp4",
        Commands = [.. upright.Commands, ["-i", "m.mp4", "-c", "copy", "-metadata:s:v", "rotate=270", "turned.mp4"]],
        Expected = OfFields with { Size = (180, 320), Letters = "BRWG" },
    };

    /// <summary>The card at the rate of fields, two frames woven into one.</summary>
    private static Master Woven(string name, string fieldRate, string weave, string[] flags) => new(
        name, "Interlaced", "m.mp4",
        [.. Card.Inputs(rate: fieldRate, flash: 26), "-vf", $"{Card.Bt709()},tinterlace={weave}", .. X264, .. flags, .. Aac, "m.mp4"])
    {
        Expected = OfFields,
    };
}
