using FlickStream.Platform.Contracts;
using FlickStream.Platform.Media;

namespace FlickStream.Transcoder.Planning;

internal static partial class FfmpegArguments
{
    // How much sound may outlast the picture before it is cut: what the last segment can absorb. Inspection tells of more.
    private const double Overhang = 0.5;

    /// <summary>
    /// One sound rendition, whole, as fragmented MP4, a fragment a second, as soon as it is encoded. It starts
    /// with the picture's first frame and ends with its last, silence where the track has none; its first packet is the AAC
    /// encoder's priming.
    /// </summary>
    /// <param name="plan">The title's.</param>
    /// <param name="step">An audio step.</param>
    /// <param name="inputPath">The master.</param>
    /// <param name="leveling">Null leaves the mix as loud as it is.</param>
    /// <param name="output">A file, or standard output.</param>
    /// <param name="isEven">The input is what <see cref="ForEvenSound"/> made of the master.</param>
    public static IReadOnlyList<string> ForAudio(
        EncodingPlan plan, PlannedStep step, string inputPath, Leveling? leveling = null, string output = "pipe:1", bool isEven = false)
    {
        var audio = plan.AudioOf(step);
        var rendition = audio.Rendition;
        var level = SoundMix.Level(leveling ?? (isEven ? Leveling.OfSum(rendition) : Leveling.AsDelivered(TrackOf(plan, audio), rendition)));
        return
        [
            "-filter_complex_threads", "1",
            .. isEven ? EvenInput(inputPath) : [.. Uncompressed(plan, audio), .. Input(plan, inputPath, 0)],
            "-filter_complex",
            $"{(isEven ? SoundMix.Even : Mixed(plan, audio))}{level},aformat=sample_fmts=fltp:channel_layouts={LayoutOf(rendition)},{TitleLong(plan)}[sound]",
            "-map", "[sound]", "-map_metadata", "-1", "-map_chapters", "-1",
            "-c:a", "aac", "-b:a", Number(rendition.BitsPerSecond), "-threads", "1", "-flags:a", "+bitexact", "-fflags", "+bitexact",
            "-f", "mp4", "-movflags", "+cmaf+empty_moov+default_base_moof+skip_trailer", "-frag_duration", "1000000",
            "-use_editlist", "0", "-avoid_negative_ts", "disabled", "-flush_packets", "1",
            output,
        ];
    }

    /// <summary>
    /// A track whose channels or rate change on the way, as a file of a rendition's channels at 48 kHz without loss. Each change builds the
    /// graph anew, so what counts from a beginning (filling of gaps, padding, a limiter) waits for <see cref="ForAudio"/> to read that file; every sample keeps its time.
    /// </summary>
    public static IReadOnlyList<string> ForEvenSound(EncodingPlan plan, PlannedStep step, string inputPath, string outputPath)
    {
        var audio = plan.AudioOf(step);
        var track = TrackOf(plan, audio);
        return
        [
            "-y", "-filter_complex_threads", "1",
            .. Uncompressed(plan, audio),
            .. Input(plan, inputPath, 0, rebuildsGraph: true),
            "-filter_complex",
            $"[0:{track.StreamIndex}]{Shift(plan, audio)}{SoundMix.AnyChannels(track, audio.Rendition.Channels)},"
                + $"aformat=sample_fmts=fltp:sample_rates={AudioPlan.SampleRate}:channel_layouts={LayoutOf(audio.Rendition)},"
                + $"atrim=start=0:end={Number(plan.DurationSeconds + Overhang)}[sound]",
            "-map", "[sound]", "-map_metadata", "-1", "-map_chapters", "-1", "-c:a", "wavpack", "-threads", "1", "-flags:a", "+bitexact",
            "-fflags", "+bitexact", "-f", "nut", outputPath,
        ];
    }

    /// <summary>What ebur128 says of the same mix, on standard error. A mono rendition is measured as it will be heard, from two
    /// loudspeakers.</summary>
    public static IReadOnlyList<string> ForLoudness(EncodingPlan plan, PlannedStep step, string inputPath, bool isEven = false) =>
    [
        "-filter_complex_threads", "1",
        .. isEven ? EvenInput(inputPath) : [.. Uncompressed(plan, plan.AudioOf(step)), .. Input(plan, inputPath, 0)], "-v", "info",
        "-filter_complex", $"{(isEven ? SoundMix.Even : Mixed(plan, plan.AudioOf(step)))},{TitleLong(plan)},{Loudness}[sound]",
        "-map", "[sound]", "-f", "null", "-",
    ];

    /// <summary>The same of what a rendition decodes to.</summary>
    public static IReadOnlyList<string> ForLoudnessOf(string encodedPath) =>
        ["-threads", "1", .. MediaGuards.InputArguments, "-i", encodedPath, "-v", "info", "-af", Loudness, "-f", "null", "-"];

    private const string Loudness = "ebur128=peak=true:dualmono=true:framelog=verbose";

    /// <summary>AC-3 and E-AC-3 carry gains that bring a film's dynamics down to those of a living room. ffmpeg's decoder obeys them unless it is
    /// told not to: a gain of -12 dB was measured as 12 dB less.</summary>
    private static IEnumerable<string> Uncompressed(EncodingPlan plan, AudioPlan audio)
    {
        var track = TrackOf(plan, audio);
        if (track.Codec is not ("ac3" or "eac3")) yield break;
        foreach (var index in track.Parts.Count > 0 ? track.Parts : [track.StreamIndex])
        {
            yield return $"-drc_scale:{Number(index)}";
            yield return "0";
        }
    }

    private static string Mixed(EncodingPlan plan, AudioPlan audio)
    {
        var track = TrackOf(plan, audio);
        return $"{SoundMix.Source(track, Shift(plan, audio))}{SoundMix.Channels(track, audio.Rendition.Channels)}";
    }

    // Its times are the title's already, also where it begins late.
    private static IEnumerable<string> EvenInput(string path) => ["-v", "error", "-copyts", "-threads", "1", .. MediaGuards.InputArguments, "-i", path];

    private static string Shift(EncodingPlan plan, AudioPlan audio) =>
        TitleStart(plan, audio.StartSeconds) is not 0 and var start ? $"asetpts=PTS-({Number(start)}/TB)," : "";

    private static string TitleLong(EncodingPlan plan) =>
        $"apad=whole_dur={Number(plan.DurationSeconds)},atrim=end={Number(plan.DurationSeconds + Overhang)}";

    private static AudioReport TrackOf(EncodingPlan plan, AudioPlan audio) => plan.Media.Audio.First(t => t.StreamIndex == audio.StreamIndex);

    private static string LayoutOf(AudioRendition rendition) => rendition.Channels switch { 1 => "mono", 2 => "stereo", _ => "5.1" };
}
