using CliWrap;
using FlickStream.Standalone.Tests.Harness;

namespace FlickStream.Standalone.Tests.Text;

/// <summary>A master of fourteen seconds with a text track of each kind and two chapters.</summary>
internal static class TextMaster
{
    public const int Seconds = 14;

    private const string SubRip = """
        1
        00:00:01,250 --> 00:00:02,750
        Guten <i>Tag</i> & <script>alert(1)</script>willkommen

        2
        00:00:05,000 --> 00:00:07,500
        {\an8}Über die Grenze
        hinweg

        3
        00:00:13,000 --> 00:00:59,000
        Ende

        """;

    private const string Ass = """
        [Script Info]
        ScriptType: v4.00+

        [V4+ Styles]
        Format: Name, Fontname, Fontsize, Bold, Italic, Alignment
        Style: Default,Arial,16,0,0,2
        Style: Top,Arial,16,0,-1,8

        [Events]
        Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text
        Dialogue: 0,0:00:03.00,0:00:04.00,Top,,0,0,0,,A sign, at the top
        Dialogue: 0,0:00:04.00,0:00:05.00,Default,,0,0,0,,{\p1}m 0 0 l 100 0 100 100{\p0}

        """;

    private const string WebVtt = """
        WEBVTT

        00:02.000 --> 00:03.000
        [door <b>slams</b>] &amp; steps

        """;

    private const string Chapters = """
        ;FFMETADATA1
        [CHAPTER]
        TIMEBASE=1/1000
        START=0
        END=6000
        title=Opening
        [CHAPTER]
        TIMEBASE=1/1000
        START=6000
        END=14000
        title=The "end"
        """;

    /// <summary>Matroska, whose picture begins some milliseconds after its first timestamp where the encoder delays it.</summary>
    public static async Task<string> MakeAsync(string folder, CancellationToken cancellationToken)
    {
        var bare = await TestMaster.MakeAsync(Path.Combine(folder, "bare.mov"), Seconds, 320, 180, cancellationToken: cancellationToken);
        return await MuxAsync(bare.Path, Path.Combine(folder, "with-text.mkv"), cancellationToken);
    }

    /// <summary>Adds the tracks and the chapters to a master.</summary>
    public static async Task<string> MuxAsync(string bare, string path, CancellationToken cancellationToken)
    {
        var folder = Path.GetDirectoryName(path)!;
        await File.WriteAllTextAsync(Path.Combine(folder, "de.srt"), SubRip, cancellationToken);
        await File.WriteAllTextAsync(Path.Combine(folder, "signs.ass"), Ass, cancellationToken);
        await File.WriteAllTextAsync(Path.Combine(folder, "sdh.vtt"), WebVtt, cancellationToken);
        await File.WriteAllTextAsync(Path.Combine(folder, "chapters.txt"), Chapters, cancellationToken);
        await Cli.Wrap("ffmpeg").WithWorkingDirectory(folder).WithArguments(
        [
            "-nostdin", "-v", "error", "-y", "-i", bare, "-i", "de.srt", "-i", "signs.ass", "-i", "sdh.vtt", "-i", "chapters.txt",
            "-map", "0", "-map", "1", "-map", "2", "-map", "3", "-map_chapters", "4", "-c", "copy",
            "-metadata:s:s:0", "language=ger", "-metadata:s:s:0", "title=Deutsch", "-disposition:s:0", "0",
            "-metadata:s:s:1", "language=eng", "-metadata:s:s:1", "title=Signs", "-disposition:s:1", "forced",
            "-metadata:s:s:2", "language=eng", "-metadata:s:s:2", "title=English SDH", "-disposition:s:2", "0",
            path,
        ]).ExecuteAsync(cancellationToken);
        return path;
    }
}
