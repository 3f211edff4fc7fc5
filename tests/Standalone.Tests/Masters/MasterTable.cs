namespace FlickStream.Standalone.Tests.Masters;

/// <summary>The masters that studios and phones deliver, small and short, a file a family.</summary>
internal static partial class MasterTable
{
    private static readonly string[] X264 = ["-c:v", "libx264", "-preset", "ultrafast", "-qp", "10", "-threads", "1"];
    private static readonly string[] Aac = ["-c:a", "aac"];

    // What small pictures that cannot say their colours are taken for.
    private const string Bt601 = "format=yuv420p";

    // Made when it is asked for: the order in which files initialise their fields is nobody's promise.
    public static IReadOnlyList<Master> All => field ??= [.. Sizes, .. Colors, .. Hdr, .. Fields, .. Times, .. Long, .. Tracks, .. Text, .. Sound, .. SoundAlone];

    /// <summary>What a run of the tests has time for; all of them where FLICKSTREAM_TEST_MASTERS says so.</summary>
    public static IReadOnlyList<Master> Chosen => field ??=
        [.. All.Where(master => Environment.GetEnvironmentVariable("FLICKSTREAM_TEST_MASTERS") == "all" || !Relatives.Contains(master.Name))];

    // Each differs little from a row that is always made.
    public static readonly HashSet<string> Relatives =
    [
        "full-range-444", "full-range-mjpeg", "bt601-625", "ten-bit-422", "dnxhr", "rgb-qtrle", "flipped", "hdr10-dim", "hlg-hevc", "dolby-vision-8-1",
        "interlaced-mirrored", "interlaced-mxf", "rate-25.000", "rate-30.000", "rate-59.940", "phone-jitter", "open-gop", "no-keyframe-index", "fragmented-late-index",
        "long-open-gop", "long-24-to-30", "long-late-picture", "long-trimmed-start", "long-interlaced-30", "long-telecined", "several-pictures-default", "wmv", "theora", "flv",
        "slides", "long-gop-hevc", "long-gop-mpeg4", "intra-refresh", "intra-refresh-ts", "wavpack", "quad", "quiet-mix-23", "clipped-mix", "mono-pair",
        "square", "turned-180", "mirrored-and-turned", "small", "twelve-bit", "four-four-four", "rgb-r210", "v408", "display-p3", "hdr10-mastering",
        "interlaced-mpeg2-ts", "text-ass", "text-mov", "text-vobsub", "float", "192-khz", "surround-opus", "2.1",
        "album-m4a", "song-flac", "opus-ogg", "vob", "jpeg2000-xyz", "v210", "one-keyframe-ps", "long-avi", "refused-slides",
        "turned-270", "columns-change", "ten-bit", "hdr10", "hlg", "dolby-vision-8-4", "interlaced-25-top", "rate-23.976", "late-picture", "long-flv", "hevc",
        "jpeg2000", "text-webvtt", "stereo-24-bit", "quiet-mix", "hits",
    ];

    /// <summary>The card in H.264 and AAC, of BT.709, unless the arguments say otherwise.</summary>
    private static IReadOnlyList<string> Plain(IEnumerable<string> inputs, string file, params IEnumerable<string> arguments) =>
        [.. inputs, "-vf", Card.Bt709(), .. X264, .. Aac, .. arguments, file];
}
