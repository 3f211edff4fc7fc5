namespace FlickStream.Standalone.Tests.Masters;

internal static partial class MasterTable
{
    private static IEnumerable<Master> Times =>
    [
        Even("24000/1001", "23.976", 36),
        Even("25", "25.000", 38),
        Even("30", "30.000", 45),
        Even("60000/1001", "59.940", 90),
        // No frame of three lies between two places, which would leave it to the clock's rounding which one is shown.
        new("rate-144", "Constant rate", "m.mp4", Plain(Card.Inputs(rate: "144", flash: 73), "m.mp4"))
        {
            Expected = new() { Rate = "48.000", Frames = 72, Flash = 73 / 144.0, Box = new(320, "144") },
        },
        // Half of it at 60 frames a second, half at 30, as a phone does when light fails.
        Uneven("phone-30-and-60", "m.mp4", "60", "select='lt(n,45)+not(mod(n,2))'", 30, "60.000", n => n < 45 || n % 2 == 0),
        Uneven("phone-jitter", "m.mkv", "30", "settb=1/90000,setpts='N*3000+250*sin(2*N)'", 15, "30.000", _ => true),
        // It stands over two seams.
        new("last-picture-stays", "A last picture that stays", "m.mp4",
            [.. Card.Picture(160, 96, "10", 3), .. Card.Sound(1.2, 16), "-vf", Card.Bt709(), .. X264, .. Aac, "brief.mp4"],
            ["-i", "brief.mp4", "-c", "copy", "-bsf:v", "setts=duration=if(eq(N\\,29)\\,13.1/TB\\,DURATION)", "m.mp4"])
        {
            Expected = new()
            {
                Size = (160, 96), Rate = "10.000", Frames = 160, FramesWithin = 1, Flash = 1.2, Box = new(160, "10") { Has = number => number < 30 },
            },
        },
        new("no-times", "Missing timestamps", "m.avi",
            [.. Card.Inputs(), "-vf", Bt601, "-c:v", "mpeg4", "-q:v", "2", "-bf", "2", "-c:a", "libmp3lame", "m.avi"])
        {
            // What the decoder holds back for B-frames has no place of its own.
            Expected = new() { FramesWithin = 2, Lufs = -13.4, Box = new() { First = -1, Step = number => Math.Max(0, number) } },
        },
        new("clock-wraps", "Clock wraps", "m.ts", Plain(Card.Inputs(), "m.ts", "-output_ts_offset", "95442.9", "-mpegts_copyts", "1")),
        new("clock-jumps", "Clock jumps", "m.ts",
            Plain(Card.Inputs(), "a.ts"), Plain(Card.Inputs(), "b.ts", "-output_ts_offset", "4000"), ["-i", "concat:a.ts|b.ts", "-c", "copy", "-copyts", "m.ts"])
        {
            Expected = new() { Refusal = "broken_times" },
        },
        new("clock-restarts", "Clock jumps", "m.ts", Plain(Card.Inputs(seconds: 3), "m.ts"))
        {
            Edit = file => [.. file, .. file],
            Expected = new() { Refusal = "broken_times" },
        },
        new("programme-ends", "Tracks that change", "m.ts",
            Plain(Card.Inputs(seconds: 3), "a.ts"), Plain(Card.Inputs(seconds: 3), "b.ts", "-mpegts_start_pid", "600", "-output_ts_offset", "3"))
        {
            Join = ["a.ts", "b.ts"],
            Expected = new() { Refusal = "picture_moves" },
        },
        new("late-picture", "Edit lists and late starts", "m.mp4",
            [
                .. Card.Picture(), .. Card.Sound(1), "-filter_complex", $"[0]{Card.Bt709()},setpts=PTS+0.5/TB[v]", "-map", "[v]", "-map", "1", "-fps_mode", "passthrough",
                .. X264, .. Aac, "m.mp4",
            ]),
        new("late-sound", "Edit lists and late starts", "m.mov",
            [.. Card.Picture(), "-itsoffset", "0.25", .. Card.Sound(0.25, 1.25), "-vf", Card.Bt709(), .. X264, .. Aac, "m.mov"]),
        new("open-gop", "Open GOPs and B-frames", "m.mkv", Plain(Card.Inputs(), "m.mkv", "-bf", "3", "-x264-params", "keyint=12:open-gop=1:b-pyramid=normal:scenecut=0")),
        new("open-gop-start", "Open GOPs and B-frames", "m.ts",
            Plain(Card.Inputs(seconds: 2, flash: 24), "whole.ts", "-bf", "3", "-x264-params", "keyint=12:min-keyint=12:open-gop=1:scenecut=0"),
            ["-ss", "0.5", "-i", "whole.ts", "-c", "copy", "m.ts"])
        {
            // It begins with leading frames that refer to what was cut away; the flash is the first that can be decoded.
            Expected = new() { Frames = 24, FramesWithin = 3, Flash = 0, Beeps = false, Box = new() { First = 24 }, Notices = ["sound_outlasts_picture"] },
        },
        // Frames 6 to 17 and 24 to 35 of 36, all of which are keyframes.
        new("several-edits", "Edit lists and late starts", "m.mp4", [.. Card.Picture(), "-vf", Card.Bt709(), .. X264, "-g", "1", "-video_track_timescale", "24000", "m.mp4"])
        {
            Edit = file => EditList.Replace(file, (Media: 6000, Length: 500), (Media: 24000, Length: 500)),
            Expected = new() { Frames = 24, Flash = 6 / 24.0, Beeps = false, Box = new() { First = 6, Step = number => number < 18 ? number : number + 6 } },
        },
        new("no-keyframe-index", "No keyframe index", "m.mkv",
            Plain(Card.Inputs(), "m.mkv", "-live", "1", "-cues_to_front", "0")),
        new("fragmented", "Fragmented MP4", "m.mp4", Plain(Card.Inputs(), "m.mp4", "-movflags", "+frag_keyframe+empty_moov", "-g", "12")),
        new("fragmented-late-index", "Fragmented MP4", "m.mp4",
            Plain(Card.Inputs(), "m.mp4", "-movflags", "+frag_every_frame+empty_moov+default_base_moof")),
    ];

    private static Master Even(string rate, string expected, int frames) => new(
        $"rate-{expected}", "Constant rate", "m.mkv", Plain(Card.Inputs(rate: rate), "m.mkv"))
    {
        Expected = new() { Rate = expected, Frames = frames, Flash = 12 / Card.Value(expected), Box = new(320, rate) },
    };

    private static Master Uneven(string name, string file, string rate, string retime, int flash, string expected, Func<int, bool> has) => new(
        name, "Variable rate", file,
        [.. Card.Inputs(rate: rate, flash: flash), "-vf", $"{retime},{Card.Bt709()}", "-fps_mode", "vfr", "-enc_time_base", "1/90000", .. X264, .. Aac, file])
    {
        Expected = new()
        {
            Rate = expected,
            Frames = (int)Math.Round(1.5 * Card.Value(expected)),
            FramesWithin = 2,
            Flash = flash / Card.Value(rate),
            Box = new(320, rate) { Has = has },
        },
    };
}
