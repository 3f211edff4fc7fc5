using System.Globalization;

namespace FlickStream.Platform.Media;

/// <summary>
/// What ffmpeg must be told before it opens a file that a stranger sent. A manifest, a playlist or a concat script named
/// upload.mp4 makes ffmpeg open the files and addresses it names; only the format whitelist prevents that (the protocol
/// whitelist alone still lets it read other files).
/// </summary>
public static class MediaGuards
{
    /// <summary>The largest picture that is decoded, pixels: 8192 x 8192.</summary>
    public const int MaxPixels = 8192 * 8192;

    /// <summary>The most tracks a file may declare.</summary>
    public const int MaxStreams = 128;

    // Containers that carry their own media and cannot name other files. MXF and MOV can by their standards: ffmpeg's MXF
    // reader ignores external references, and its MOV reader follows them only with -enable_drefs, whose default is off.
    private const string Formats =
        "mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,mpegts,mpeg,avi,flv,ogg,asf,mxf,mxf_opatom,gxf,dv,ivf,nut,y4m,yuv4mpegpipe,"
        + "h264,hevc,m4v,mpegvideo,obu,av1,wav,w64,aiff,mp3,aac,flac,ac3,eac3,caf";

    /// <summary>Goes before every <c>-i</c> of ffmpeg, and before the file of ffprobe.</summary>
    public static IReadOnlyList<string> InputArguments { get; } =
    [
        "-protocol_whitelist", "file,pipe",
        "-format_whitelist", Formats,
        "-max_pixels", MaxPixels.ToString(CultureInfo.InvariantCulture),
        "-max_streams", MaxStreams.ToString(CultureInfo.InvariantCulture),
    ];

    /// <summary>Refuses a run in which the whitelists were forgotten for some input.</summary>
    internal static void Require(MediaRun run)
    {
        if (!run.Inputs.Append(run.OutputFolder ?? "/").All(Path.IsPathFullyQualified))
        {
            throw new ArgumentException("Paths of a run are absolute, so that they mean the same inside the sandbox.", nameof(run));
        }

        var guarded = false;
        foreach (var argument in run.Arguments)
        {
            if (argument is "-format_whitelist" or "-f") guarded = true;
            if (argument is not "-i") continue;
            if (!guarded) throw new ArgumentException("An input without MediaGuards.InputArguments before its -i.", nameof(run));
            guarded = false;
        }

        if (run.Tool == MediaTool.Ffprobe && !run.Arguments.Contains("-format_whitelist"))
        {
            throw new ArgumentException("An ffprobe run without MediaGuards.InputArguments.", nameof(run));
        }
    }
}
