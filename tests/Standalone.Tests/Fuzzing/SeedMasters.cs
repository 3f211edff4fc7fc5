using CliWrap;

namespace FlickStream.Standalone.Tests.Fuzzing;

/// <param name="Name">Says the container in its ending.</param>
internal sealed record SeedMaster(string Name, byte[] Bytes)
{
    public string Container => Name[(Name.LastIndexOf('.') + 1)..];
}

/// <summary>A second of picture and sound in the containers and codecs that studios deliver: what is mutated. Equal on every run of one ffmpeg.</summary>
internal static class SeedMasters
{
    private static readonly string[] Picture = ["-f", "lavfi", "-i", "testsrc2=s=96x64:r=25:d=1"];
    private static readonly string[] Sound = ["-f", "lavfi", "-i", "sine=d=1:r=48000"];
    private static readonly string[] H264 = ["-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-g", "10", "-c:a", "aac"];

    private static readonly string[] Exact =
        ["-ac", "2", "-threads", "1", "-fflags", "+bitexact", "-flags:v", "+bitexact", "-flags:a", "+bitexact"];

    private const string Hdr =
        "log-level=none:pools=none:frame-threads=1:repeat-headers=1:colorprim=bt2020:transfer=smpte2084:colormatrix=bt2020nc:"
        + "master-display=G(13250,34500)B(7500,3000)R(34000,16000)WP(15635,16450)L(10000000,1):max-cll=1000,400";

    private static readonly (string Name, string[] Arguments)[] Plain =
    [
        ("late-index.mp4", H264),
        ("early-index.mp4", [.. H264, "-bf", "2", "-movflags", "+faststart"]),
        ("fragments.mp4", [.. H264, "-movflags", "+frag_keyframe+empty_moov+default_base_moof"]),
        ("prores.mov", ["-c:v", "prores_ks", "-c:a", "pcm_s16le"]),
        ("hevc.mkv", ["-c:v", "libx265", "-preset", "ultrafast", "-x265-params", "log-level=none:pools=none:frame-threads=1", "-c:a", "ac3"]),
        ("vp8.webm", ["-c:v", "libvpx", "-deadline", "realtime", "-c:a", "libopus"]),
        ("mpeg2.ts", ["-c:v", "mpeg2video", "-c:a", "mp2"]),
        ("mjpeg.avi", ["-c:v", "mjpeg", "-pix_fmt", "yuvj420p", "-c:a", "pcm_s16le"]),
        ("mpeg2.mxf", ["-c:v", "mpeg2video", "-c:a", "pcm_s16le", "-ar", "48000"]),
        ("theora.ogv", ["-c:v", "libtheora", "-c:a", "libvorbis"]),
        ("wmv2.wmv", ["-c:v", "wmv2", "-c:a", "wmav2", "-f", "asf"]),
        ("flv1.flv", ["-c:v", "flv", "-c:a", "libmp3lame", "-ar", "44100"]),
        ("mpeg2.mpg", ["-c:v", "mpeg2video", "-c:a", "mp2"]),
        ("av1.mp4", ["-c:v", "libsvtav1", "-preset", "12", "-svtav1-params", "lp=1", "-c:a", "aac"]),
        ("hdr.mp4", ["-vf", "format=yuv420p10le", "-c:v", "libx265", "-preset", "ultrafast", "-tag:v", "hvc1", "-x265-params", Hdr, "-c:a", "aac"]),
        ("sound.flac", ["-map", "1:a"]),
        ("sound.m4a", ["-map", "1:a", "-c:a", "aac"]),
    ];

    public static async Task<IReadOnlyList<SeedMaster>> MakeAsync(string folder, CancellationToken cancellationToken)
    {
        foreach (var (name, arguments) in Plain)
            await FfmpegAsync([.. Picture, .. Sound, .. arguments, .. Exact, Path.Combine(folder, name)], cancellationToken);

        // What phones and editors add: an edit list, a turn, chapters, subtitles, cover art; and fonts beside the picture.
        string Here(string name) => Path.Combine(folder, name);
        await File.WriteAllTextAsync(Here("words.srt"), "1\n00:00:00,000 --> 00:00:01,000\nHello\n", cancellationToken);
        await File.WriteAllTextAsync(
            Here("chapters.txt"), ";FFMETADATA1\n[CHAPTER]\nTIMEBASE=1/1000\nSTART=0\nEND=500\ntitle=One\n[CHAPTER]\nTIMEBASE=1/1000\nSTART=500\nEND=1000\ntitle=Two\n", cancellationToken);
        await FfmpegAsync(["-f", "lavfi", "-i", "color=red:s=16x16", "-frames:v", "1", "-threads", "1", Here("cover.png")], cancellationToken);
        await FfmpegAsync(
            [
                "-ss", "0.1", "-i", Here("early-index.mp4"), "-i", Here("words.srt"), "-i", Here("chapters.txt"), "-i", Here("cover.png"),
                "-map", "0:v", "-map", "0:a", "-map", "1", "-map", "3", "-map_chapters", "2", "-c", "copy", "-c:s", "mov_text",
                "-metadata:s:v:0", "rotate=90", "-disposition:v:1", "attached_pic", .. Exact[2..], Here("phone.mp4"),
            ],
            cancellationToken);
        await FfmpegAsync(
            [
                "-i", Here("early-index.mp4"), "-i", Here("words.srt"), "-attach", Here("cover.png"), "-metadata:s:t", "mimetype=font/ttf",
                "-metadata:s:t", "filename=../../font.ttf", "-map", "0:v", "-map", "0:a", "-map", "1", "-c", "copy", "-c:s", "ass", .. Exact[2..], Here("subtitles.mkv"),
            ],
            cancellationToken);
        return
        [
            .. Plain.Select(seed => seed.Name).Append("phone.mp4").Append("subtitles.mkv")
                .Select(name => new SeedMaster(name, File.ReadAllBytes(Here(name)))),
        ];
    }

    private static async Task FfmpegAsync(IEnumerable<string> arguments, CancellationToken cancellationToken) => await Cli.Wrap("ffmpeg")
        .WithArguments(["-nostdin", "-v", "error", "-y", "-threads", "1", .. arguments])
        .ExecuteAsync(cancellationToken);
}
