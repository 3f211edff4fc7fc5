using FlickStream.Platform.Media;
using FlickStream.Platform.TimedText;

namespace FlickStream.Transcoder.Planning;

internal static partial class FfmpegArguments
{
    /// <summary>Takes tracks of text out of the master in one reading, each into a file of its own in <paramref name="outputFolder"/>, on
    /// the clock that <see cref="TextShift"/> maps to the title's.</summary>
    public static IReadOnlyList<string> ForText(EncodingPlan plan, IEnumerable<TextPlan> tracks, string inputPath, string outputFolder) =>
    [
        "-y",
        .. Input(plan, inputPath, 0),
        .. tracks.SelectMany<TextPlan, string>(track => track.IsSampled ? Samples(track, outputFolder) :
        [
            "-map", $"0:{track.StreamIndex}", "-map_metadata", "-1", "-map_chapters", "-1",
            "-c:s", track.IsCopied ? "copy" : Muxer(track.Format), "-fflags", "+bitexact",
            "-fs", Number(TimedTextFile.MaxBytes), "-f", Muxer(track.Format), TextFile(track, outputFolder),
        ]),
    ];

    /// <summary>The samples of a track one after the other, and beside them when each begins, how long it stands and how large it is.</summary>
    private static IEnumerable<string> Samples(TextPlan track, string folder)
    {
        foreach (var (muxer, path) in ((string, string)[])[("data", TextFile(track, folder)), ("framecrc", SampleIndex(track, folder))])
        {
            var limit = track.IsCaptions ? MaxCaptionBytes : TimedTextFile.MaxBytes;
            foreach (var argument in (string[])["-map", $"0:{track.StreamIndex}", "-c", "copy", "-fs", Number(limit), "-f", muxer, path])
                yield return argument;
        }
    }

    public static string SampleIndex(TextPlan track, string folder) => Path.Combine(folder, $"{track.Name}.index.txt");

    // Twelve hours at 60 pictures a second, each with the most that 9.6 kb/s carry.
    private const int MaxCaptionBytes = 192 << 20;

    /// <summary>Decodes the whole picture for the captions in it, which come as the triplets of each picture and, beside them, its time on the
    /// title's clock and their size.</summary>
    public static IReadOnlyList<string> ForCaptions(EncodingPlan plan, TextPlan track, string inputPath, string outputFolder) =>
    [
        "-y", "-v", "error", "-filter_complex_threads", "1",
        "-f", "lavfi", "-i", MediaGuards.PictureWithCaptions(inputPath, plan.Picture.StreamIndex),
        // As they come: ffmpeg's own decoder takes the channels of a field for one.
        "-map", "0:s", "-c:s", "copy", "-fs", Number(MaxCaptionBytes), "-f", "data", TextFile(track, outputFolder),
        "-map", "0:s", "-c:s", "copy", "-fs", Number(MaxCaptionBytes), "-f", "framecrc", SampleIndex(track, outputFolder),
        // A film may be silent for long; that the run goes on is seen by its frames.
        "-map", "0:v", "-f", "null", "-",
    ];

    public static string TextFile(TextPlan track, string folder) => Path.Combine(folder, $"{track.Name}.txt");

    /// <summary>Milliseconds to add to the times of a track that was taken out, for those of the title.</summary>
    public static long TextShift(EncodingPlan plan, TextPlan track) =>
        track.IsInPicture ? 0 : -(long)Math.Round(TitleStart(plan, track.StartSeconds) * 1000);

    private static string Muxer(TextFormat format) => format switch
    {
        TextFormat.Ass => "ass",
        TextFormat.WebVtt => "webvtt",
        _ => "srt",
    };
}
