using System.Globalization;
using FlickStream.Platform.Media;

namespace FlickStream.Transcoder.Planning;

/// <summary>
/// Whole argument lists for ffmpeg. Every run of one list writes the same bytes: bit-exact muxers, one thread an encoder (with
/// more, a VBV-limited x264 depends on timing), no metadata of the master.
/// </summary>
internal static partial class FfmpegArguments
{
    // Containers with an index find the keyframe before a time; one second more covers keyframes that are stored before frames
    // shown earlier (open GOPs). Others are searched by bytes and land anywhere, so the way back must span a whole GOP. Where the packets
    // were looked at, they tell how far it is.
    private static readonly string[] Indexed = ["mov", "mp4", "matroska", "webm"];

    // Containers whose clock may jump: ffmpeg counts these from the first of the tracks it uses, not from the file's start.
    private static readonly string[] OwnClocks = ["mpegts", "mpeg", "ogg"];

    private const double IndexedPreroll = 1;
    private const double UnindexedPreroll = 12;

    // Pictures that H.264 and HEVC hold back at most for those that are shown earlier, and the one that is looked for.
    private const int MostReordered = 17;

    // Of rounded times, and of the frames before a chunk by which pulldown is undone: 0.46 s.
    private const double LeadMargin = 1;

    /// <summary>-copyts with -start_at_zero gives each frame the same time whatever the seek: without them ffmpeg counts from the
    /// seek target, rounded to the track's clock, and two chunks may disagree on who owns a frame.</summary>
    private static IEnumerable<string> Input(EncodingPlan plan, string inputPath, double from, bool rebuildsGraph = false)
    {
        yield return "-v";
        yield return "error";
        yield return "-copyts";
        yield return "-start_at_zero";
        // Mid-stream changes of size stay inside the graph (scale follows them); a new graph would number frames from 0 again.
        yield return "-reinit_filter";
        yield return rebuildsGraph ? "1" : "0";
        yield return "-threads";
        yield return "1";
        if (from - Preroll(plan) is > 0 and var seek)
        {
            // Frames before the target are kept: the picture shown at a chunk's start may have begun long before it.
            yield return "-noaccurate_seek";
            yield return "-ss";
            yield return Number(seek);
        }

        if (plan.Media.Video is { } video && TurnOf(video) is not null) yield return "-noautorotate";
        foreach (var guard in MediaGuards.InputArguments) yield return guard;
        yield return "-i";
        yield return inputPath;
    }

    private static double Preroll(EncodingPlan plan)
    {
        var least = IsIn(plan, Indexed) ? IndexedPreroll : UnindexedPreroll;
        if (plan.Media.Video is not { } video) return least;
        var reordered = video.FrameRate > 0 ? MostReordered / video.FrameRate.Value : 0;
        return Math.Max(Math.Max(least, reordered), (video.LeadSeconds ?? 0) + LeadMargin);
    }

    /// <summary>Seconds of the master that a run decodes before the first picture it wants, beyond what it may always; rarely any.</summary>
    /// <param name="plan">The title's.</param>
    /// <param name="titleSeconds">When that picture is shown.</param>
    public static double LongLead(EncodingPlan plan, double titleSeconds) => plan.Media.Video is { } video
        ? Math.Max(0, Math.Min(video.StartSeconds + titleSeconds, Preroll(plan) + (video.GopSeconds ?? 0)) - (2 * UnindexedPreroll)) : 0;

    /// <summary>Before keyframes were measured, chunks of such a master began where nothing could be decoded.</summary>
    public static bool WasReadTooLate(EncodingPlan plan) => IsIn(plan, ["mpegts", "mpeg"]) && plan.Media.Video?.GopSeconds > UnindexedPreroll;

    /// <summary>When the title begins, as filters of a run that reads one track count time.</summary>
    private static double TitleStart(EncodingPlan plan, double trackStart) =>
        plan.StartSeconds - (IsIn(plan, OwnClocks) ? trackStart : 0);

    private static bool IsIn(EncodingPlan plan, string[] formats) => plan.Media.Container.Split(',').Intersect(formats).Any();

    private static string Number(double value) => value.ToString("0.######", CultureInfo.InvariantCulture);

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);
}
