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
        + "h264,hevc,m4v,mpegvideo,obu,av1,wav,w64,aiff,mp3,aac,flac,wv,tta,ac3,eac3,caf";

    /// <summary>Picture codecs that studios deliver, by ffmpeg's names. The hundreds of others are games' and museum formats whose
    /// decoders nobody hardens.</summary>
    public static IReadOnlySet<string> VideoCodecs { get; } = Set(
        "h264 hevc av1 vp8 vp9 prores dnxhd cfhd mpeg2video mpeg1video mpeg4 h263 flv1 msmpeg4v2 msmpeg4v3 wmv1 wmv2 wmv3 vc1 theora "
        + "mjpeg jpeg2000 png dvvideo ffv1 huffyuv ffvhuff utvideo magicyuv hap qtrle v210 v308 v408 v410 r210 r10k ayuv yuv4 y41p avrp rawvideo");

    /// <summary>Sound codecs that studios deliver, by ffmpeg's names.</summary>
    public static IReadOnlySet<string> AudioCodecs { get; } = Set(
        "aac aac_latm amr_nb amr_wb mp1 mp2 mp3 ac3 eac3 dts truehd mlp flac alac wavpack tta s302m opus vorbis wmav1 wmav2 wmapro wmalossless adpcm_ms adpcm_ima_wav "
        + "adpcm_ima_qt pcm_alaw pcm_mulaw pcm_bluray pcm_dvd pcm_u8 pcm_s8 pcm_s16le pcm_s16be pcm_s24le pcm_s24be pcm_s32le pcm_s32be "
        + "pcm_f32le pcm_f32be pcm_f64le pcm_f64be pcm_s16le_planar pcm_s24le_planar pcm_s32le_planar");

    // Decoders whose names differ from their codecs', and those of subtitles.
    private const string OtherDecoders =
        "libdav1d,libaom-av1,libvpx,libvpx-vp9,libopenjpeg,flv,msmpeg4,mp1float,mp2float,mp3float,dca,libopus,libvorbis,amrnb,amrwb,"
        + "libopencore_amrnb,libopencore_amrwb,subrip,srt,ass,ssa,mov_text,webvtt,text,dvdsub,dvbsub,pgssub,cc_dec,xsub,"
        + "libzvbi_teletextdec,libaribb24,libaribcaption";

    /// <summary>Goes before every <c>-i</c> of ffmpeg, and before the file of ffprobe.</summary>
    public static IReadOnlyList<string> InputArguments { get; } =
    [
        "-protocol_whitelist", "file,pipe",
        "-format_whitelist", Formats,
        "-codec_whitelist", $"{string.Join(',', VideoCodecs)},{string.Join(',', AudioCodecs)},{OtherDecoders}",
        "-max_pixels", MaxPixels.ToString(CultureInfo.InvariantCulture),
        "-max_streams", MaxStreams.ToString(CultureInfo.InvariantCulture),
    ];

    /// <summary>
    /// Goes behind <see cref="InputArguments"/> of ffprobe, which opens the decoder of every track and fails when one is not listed. That one
    /// is opened and reads the track's header; it decodes nothing, because a reader of packets obeys the list all the same and frames are
    /// decoded of chosen tracks alone.
    /// </summary>
    /// <param name="stream">Absolute index of a track that nothing is wanted of.</param>
    /// <param name="decoder">The name that ffprobe complained of.</param>
    public static IReadOnlyList<string> Opening(int stream, string decoder) =>
        [string.Create(CultureInfo.InvariantCulture, $"-codec_whitelist:{stream}"), decoder];

    /// <summary>The picture of a file as a source of libavfilter, with the captions inside it as a second output; nothing else of ffmpeg
    /// takes them out. For <c>-f lavfi -i</c>, where <see cref="InputArguments"/> do not reach the file.</summary>
    /// <param name="path">Absolute path of the file.</param>
    /// <param name="stream">ffmpeg's absolute stream index of the picture.</param>
    public static string PictureWithCaptions(string path, int stream)
    {
        var options = string.Join(':', Enumerable.Range(0, InputArguments.Count / 2)
            .Select(i => (Name: InputArguments[2 * i][1..], Value: InputArguments[(2 * i) + 1]))
            .Where(o => o.Name is not "max_pixels").Select(o => $"{o.Name}={o.Value}"));
        return string.Create(
            CultureInfo.InvariantCulture,
            $"movie=filename={Escaped(path)}:stream_index={stream}:dec_threads=1:format_opts={Escaped(options)}[out0+subcc]");
    }

    /// <summary>Twice, as a filter graph is read: once as a graph, once as a filter's options.</summary>
    private static string Escaped(string value) => Escaped(Escaped(value, "\\':"), "\\'[],;");

    private static string Escaped(string value, string special) =>
        string.Concat(value.Select(c => special.Contains(c, StringComparison.Ordinal) ? $"\\{c}" : $"{c}"));

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
            if (argument.Contains("movie=", StringComparison.Ordinal) && !argument.Contains("format_whitelist=", StringComparison.Ordinal))
            {
                throw new ArgumentException("A file opened by a filter without MediaGuards.PictureWithCaptions.", nameof(run));
            }

            if (argument is not "-i") continue;
            if (!guarded) throw new ArgumentException("An input without MediaGuards.InputArguments before its -i.", nameof(run));
            guarded = false;
        }

        if (run.Tool == MediaTool.Ffprobe && !run.Arguments.Contains("-format_whitelist"))
        {
            throw new ArgumentException("An ffprobe run without MediaGuards.InputArguments.", nameof(run));
        }
    }

    private static HashSet<string> Set(string names) => [.. names.Split(' ')];
}
