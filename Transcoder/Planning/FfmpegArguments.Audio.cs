namespace FlickStream.Transcoder.Planning;

internal static partial class FfmpegArguments
{
    // How much sound may outlast the picture before it is cut: what the last segment can absorb.
    private const double Overhang = 0.5;

    /// <summary>
    /// One sound rendition, whole, as fragmented MP4 on standard output, a fragment a second, as soon as it is encoded. It starts
    /// with the picture's first frame and ends with its last, silence where the track has none; its first packet is the AAC
    /// encoder's priming.
    /// </summary>
    public static IReadOnlyList<string> ForAudio(EncodingPlan plan, PlannedStep step, string inputPath)
    {
        var audio = plan.AudioOf(step);
        var rendition = audio.Rendition;
        var start = TitleStart(plan, audio.StartSeconds);
        var shift = start == 0 ? "" : $"asetpts=PTS-({Number(start)}/TB),";
        var layout = rendition.Channels == 1 ? "mono" : "stereo";
        return
        [
            "-filter_complex_threads", "1",
            .. Input(plan, inputPath, 0),
            "-filter_complex",
            $"[0:{audio.StreamIndex}]{shift}aresample={AudioPlan.SampleRate}:async=1:first_pts=0,"
                + $"aformat=sample_fmts=fltp:channel_layouts={layout},"
                + $"apad=whole_dur={Number(plan.DurationSeconds)},atrim=end={Number(plan.DurationSeconds + Overhang)}[sound]",
            "-map", "[sound]", "-map_metadata", "-1", "-map_chapters", "-1",
            "-c:a", "aac", "-b:a", Number(rendition.BitsPerSecond), "-threads", "1", "-flags:a", "+bitexact", "-fflags", "+bitexact",
            "-f", "mp4", "-movflags", "+cmaf+empty_moov+default_base_moof+skip_trailer", "-frag_duration", "1000000",
            "-use_editlist", "0", "-avoid_negative_ts", "disabled", "-flush_packets", "1",
            "pipe:1",
        ];
    }
}
