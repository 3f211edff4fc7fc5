namespace FlickStream.Standalone.Tests.Masters;

/// <summary>Three segments and as many chunks, so that what drifts or is lost at a seam shows in the second flash and beep.</summary>
internal static partial class MasterTable
{
    private const double LongSeconds = 14;
    private const string Film = "24000/1001";
    private const string Fields30 = "60000/1001";

    private static IEnumerable<Master> Long =>
    [
        new("long-open-gop", "Open GOPs and B-frames", "m.ts",
            Plain(LongCard("24", 312), "m.ts", "-bf", "3", "-x264-params", "keyint=60:min-keyint=60:open-gop=1:b-pyramid=normal:scenecut=0"))
        {
            Expected = OfLong("24", 312, "24.000"),
        },
        new("long-late-picture", "Edit lists and late starts", "m.ts",
            [
                "-itsoffset", "0.3", .. LongPicture("25", 325), .. Card.Sound((12 / 25.0) + 0.3, LongSeconds + 0.3, 13.3), "-vf", Card.Bt709(), .. X264, .. Aac, "m.ts",
            ])
        {
            Expected = OfLong("25", 325, "25.000"),
        },
        new("long-trimmed-start", "Edit lists and late starts", "m.mp4",
            Plain(Card.Inputs(160, 96, seconds: LongSeconds + 0.5, flash: 24, again: 324), "whole.mp4", "-g", "48"), ["-ss", "0.5", "-i", "whole.mp4", "-c", "copy", "m.mp4"])
        {
            Expected = OfLong("24", 312, "24.000") with { Box = new(160) { First = 12 } },
        },
        new("long-24-to-30", "Variable rate", "m.mp4",
            [
                .. LongCard("30", 391), "-vf", $"select='lt(n,200)+gt(mod(n,5),0)',{Card.Bt709()}", "-fps_mode", "vfr", "-enc_time_base", "1/90000", .. X264, .. Aac, "m.mp4",
            ])
        {
            Expected = OfLong("30", 391, "30.000") with { FramesWithin = 2, Box = new(160, "30") { Has = number => number < 200 || number % 5 > 0 } },
        },
        // Two pauses, of which the second ends with a keyframe that is stored where it begins, and lies over a seam.
        new("screen-recording", "Variable rate", "m.mp4",
            [
                .. Card.Picture(160, 96, "10", LongSeconds, 45), .. Card.Sound(4.5, LongSeconds), "-vf", $"select='lt(n,6)+between(n,40,49)+gt(n,114)',{Card.Bt709()}",
                "-fps_mode", "vfr", "-enc_time_base", "1/90000", .. X264, .. Reordered, "-force_key_frames", "expr:eq(n,16)", .. Aac, "m.mp4",
            ])
        {
            Expected = OfLong("10", -1, "23.976", 45) with
            {
                Frames = 333, FramesWithin = 2, Again = null, Box = new(160, "10") { Has = number => number is < 6 or (>= 40 and < 50) or > 114 },
            },
        },
        // A keyframe is stored two seconds before it is shown, and pictures that are shown before it lie behind it.
        new("slides", "Open GOPs and B-frames", "m.mp4",
            Plain(LongCard("1", 11, 3), "m.mp4", [.. Reordered, "-x264-params", "keyint=7:min-keyint=7:open-gop=1"]))
        {
            Expected = OfLong("1", 11, "8.000", 3),
        },
        // Keyframes are farther apart than what is read ahead without knowing: the last chunk begins behind that.
        Sparse("one-keyframe", "m.ts", "10", [.. X264, .. Reordered, .. Aac]),
        Sparse("one-keyframe-ps", "m.mpg", "24", ["-c:v", "mpeg2video", "-q:v", "2", "-sc_threshold", "1000000000", "-c:a", "mp2"]),
        // Behind the last keyframe but one, a decoder of these shows mush.
        Sparse("long-gop-hevc", "m.ts", "10", [.. X265, .. LateKey, .. Aac]),
        Sparse("long-gop-mpeg4", "m.ts", "10", ["-c:v", "mpeg4", "-q:v", "2", "-sc_threshold", "1000000000", .. LateKey, "-c:a", "mp2"], Bt601),
        // At 15 seconds begins a sweep of 3.9, amid which the last chunk does.
        Refreshed("intra-refresh", "m.mp4"),
        Refreshed("intra-refresh-ts", "m.ts"),
        Sparse("long-flv", "m.flv", "10", [.. X264, .. Reordered, .. Aac, "-ar", "44100"]),
        new("long-avi", "No keyframe index", "m.avi",
            [.. LongCard("10", 130), "-vf", Bt601, "-c:v", "mpeg4", "-q:v", "2", "-g", "50", "-c:a", "libmp3lame", "m.avi"])
        {
            // As without times: what the decoder holds back has no place of its own.
            Expected = OfLong("10", 130, "10.000") with
            {
                FramesWithin = 1, Lufs = -13.4, Box = new(160, "10") { First = -1, Step = number => Math.Max(0, number) },
            },
        },
        new("long-interlaced-30", "Interlaced", "m.mp4",
            [.. LongCard(Fields30, 780, 26), "-vf", $"{Card.Bt709()},tinterlace=interleave_top", .. X264, .. TopFirst, .. Aac, "m.mp4"])
        {
            Expected = OfLong(Fields30, 780, "59.940", 26) with { FramesWithin = 2 },
        },
        // Whole frames at first: in their fields the box stands still from one to the next.
        new("long-partly-interlaced", "Interlaced", "m.mp4",
            [
                .. Card.Inputs(160, 96, "50", LongSeconds, 26, 650, "n-lt(n,250)*mod(n,2)"), "-vf", $"{Card.Bt709()},tinterlace=interleave_top", .. X264, .. TopFirst, .. Aac, "m.mp4",
            ])
        {
            Expected = OfLong("50", 650, "50.000", 26) with
            {
                FramesWithin = 1,
                Box = new(160, "50") { Step = number => number < 250 ? number - (number % 2) : number },
            },
        },
        new("long-telecined", "Telecined", "m.mkv",
            [.. LongCard(Film, 312), "-vf", $"{Card.Bt709()},telecine=first_field=top", .. X264, .. TopFirst, .. Aac, "m.mkv"])
        {
            Expected = OfLong(Film, 312, "23.976") with { FramesWithin = 2, Notices = ["film_restored"] },
        },
    ];

    private static readonly string[] Reordered = ["-bf", "3"];

    private static readonly string[] X265 = ["-c:v", "libx265", "-preset", "ultrafast", "-x265-params", "log-level=none:pools=1:qp=10:scenecut=0"];

    private static readonly string[] LateKey = ["-force_key_frames", "19"];

    private const double SparseSeconds = 20;

    private static Master Sparse(string name, string file, string rate, IReadOnlyList<string> codecs, string? colors = null) => new(
        name, "No keyframe index", file,
        [
            .. Card.Picture(160, 96, rate, SparseSeconds, 12, 190), .. Card.Sound(12 / Card.Value(rate), SparseSeconds, 190 / Card.Value(rate)),
            "-vf", colors ?? Card.Bt709(), .. codecs, "-g", "999", file,
        ])
    {
        Expected = OfLong(rate, 190, $"{rate}.000") with { Frames = (int)(SparseSeconds * Card.Value(rate)) },
    };

    private static Master Refreshed(string name, string file) => new(
        name, "Intra-refresh", file,
        [
            .. Card.Inputs(640, 90, "10", SparseSeconds, 12, 190), "-vf", Card.Bt709(), "-c:v", "libx264", "-preset", "ultrafast", "-qp", "10", "-threads", "1",
            "-x264-params", "intra-refresh=1:keyint=150:bframes=0:scenecut=0", .. Aac, file,
        ])
    {
        Expected = OfLong("10", 190, "10.000") with { Size = (640, 90), Frames = (int)(SparseSeconds * 10), Box = new(640, "10") },
    };

    private static IReadOnlyList<string> LongCard(string rate, int again, int flash = 12) =>
        [.. LongPicture(rate, again, flash), .. Card.Sound(flash / Card.Value(rate), LongSeconds, again / Card.Value(rate))];

    private static IReadOnlyList<string> LongPicture(string rate, int again, int flash = 12) => Card.Picture(160, 96, rate, LongSeconds, flash, again);

    private static Expected OfLong(string rate, int again, string served, int flash = 12) => new()
    {
        Size = (160, 96),
        Rate = served,
        Frames = (int)Math.Round(LongSeconds * Card.Value(served)),
        Flash = flash / Card.Value(rate),
        Again = again / Card.Value(rate),
        Box = new(160, rate),
    };
}
