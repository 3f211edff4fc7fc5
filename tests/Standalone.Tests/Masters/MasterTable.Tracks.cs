using System.Text;

namespace FlickStream.Standalone.Tests.Masters;

internal static partial class MasterTable
{
    private static IEnumerable<Master> Tracks =>
    [
        new("several-pictures", "Several picture tracks", "m.mkv",
            [
                "-f", "lavfi", "-i", "color=black:s=160x90:r=24:d=1.5", .. Card.Inputs(), "-map", "0", "-map", "1", "-map", "2",
                "-vf", Card.Bt709(), .. X264, .. Aac, "-disposition:v", "0", "-default_mode", "passthrough", "m.mkv",
            ]) { Expected = new() { Notices = ["several_pictures"] } },
        new("several-pictures-default", "Several picture tracks", "m.mkv",
            [
                "-f", "lavfi", "-i", "color=black:s=640x360:r=24:d=1.5", .. Card.Inputs(), "-map", "0", "-map", "1", "-map", "2",
                "-vf", Card.Bt709(), .. X264, .. Aac, "-disposition:v:0", "0", "-disposition:v:1", "default", "m.mkv",
            ]) { Expected = new() { Notices = ["several_pictures"] } },
        // The smaller picture comes first, with another sound.
        new("several-programmes", "Several programmes", "m.ts",
            [
                "-f", "lavfi", "-i", "color=black:s=160x90:r=24:d=1.5", .. Card.Sound(1), .. Card.Inputs(),
                "-map", "0", "-map", "1", "-map", "2", "-map", "3", "-vf", Card.Bt709(), .. X264, .. Aac,
                "-metadata:s:a:0", "language=fra", "-metadata:s:a:1", "language=deu",
                "-program", "program_num=1:st=0:st=1", "-program", "program_num=2:st=2:st=3", "m.ts",
            ]) { Expected = new() { Notices = ["several_programs"], Languages = ["de"] } },
        new("cover-art", "Cover art", "m.mp4",
            ["-f", "lavfi", "-i", "color=red:s=640x640", "-frames:v", "1", "cover.png"],
            Plain(Card.Inputs(), "film.mp4"),
            ["-i", "cover.png", "-i", "film.mp4", "-map", "0", "-map", "1", "-c", "copy", "-disposition:v:0", "attached_pic", "-disposition:v:1", "0", "m.mp4"]),
        new("broadcast", "Text", "m.ts",
            [
                .. Card.Inputs(rate: "25"), "-f", "data", "-i", "pages.bin", "-map", "0", "-map", "1", "-map", "2", "-vf", Card.Bt709(), .. X264,
                "-c:a", "s302m", "-ac", "2", "-strict", "experimental", "-c:d", "copy", "m.ts",
            ])
        {
            Files = new Dictionary<string, byte[]> { ["pages.bin"] = new byte[920] },
            Edit = Teletext.Describe,
            Expected = new() { Rate = "25.000", Frames = 38, Flash = 12 / 25.0, Box = new(320, "25"), Notices = ["unsupported_text"], Lufs = Card.Lufs - 3 },
        },
        Codec("hevc", "m.mp4", "-c:v", "libx265", "-preset", "ultrafast", "-x265-params", "log-level=none:pools=1:qp=10", "-c:a", "aac"),
        Codec("vp9", "m.webm", "-c:v", "libvpx-vp9", "-deadline", "realtime", "-cpu-used", "8", "-crf", "10", "-b:v", "0", "-c:a", "libopus"),
        Codec("av1", "m.mkv", "-c:v", "libsvtav1", "-preset", "12", "-crf", "15", "-c:a", "libopus"),
        new("wmv", "Other codecs", "m.wmv", [.. Card.Inputs(), "-vf", Bt601, "-c:v", "wmv2", "-q:v", "2", "-c:a", "wmav2", "m.wmv"])
        {
            Expected = new() { FramesWithin = 1, ColorWithin = 10 },
        },
        new("vob", "Other codecs", "m.vob",
            [.. Card.Inputs(rate: "25"), "-vf", Card.Bt709(), "-c:v", "mpeg2video", "-q:v", "2", "-c:a", "ac3", "-f", "vob", "m.vob"]) { Expected = OfOther25 },
        new("dv", "Other codecs", "m.dv",
            [.. Card.Inputs(720, 576, "25", 0.6, 10), "-vf", $"{Card.As("bt470bg", "bt470bg", "bt709", "yuv420p")},setsar=16/15", "-c:v", "dvvideo", "-c:a", "pcm_s16le", "-ac", "2", "m.dv"])
        {
            Expected = new() { Size = (720, 540), Rate = "25.000", Frames = 15, Flash = 10 / 25.0, Box = new(720, "25"), ColorWithin = 10, Lufs = Card.Lufs - 3 },
        },
        new("jpeg2000", "Other codecs", "m.mov",
            [.. Card.Inputs(seconds: 0.75), "-vf", Card.Bt709("yuv422p10le"), "-c:v", "libopenjpeg", "-compression_level", "1", "-c:a", "pcm_s24le", "m.mov"])
        {
            Expected = new() { Frames = 18 },
        },
        // A package for cinemas has no other way to say that it is XYZ than its JPEG 2000 profile.
        new("jpeg2000-xyz", "RGB", "m.mxf",
            [
                .. Card.Inputs(seconds: 0.75), "-vf", "scale=in_color_matrix=bt601:flags=accurate_rnd,format=gbrp,format=xyz12le", "-c:v", "libopenjpeg", "-profile", "cinema2k",
                "-c:a", "pcm_s24le", "m.mxf",
            ])
        {
            Expected = new() { Frames = 18, ColorWithin = 10 },
        },
        new("theora", "Other codecs", "m.ogv",
            [.. Card.Inputs(), "-vf", Card.As("smpte170m", "smpte170m", "bt709", "yuv420p"), "-c:v", "libtheora", "-q:v", "10", "-c:a", "libvorbis", "m.ogv"]),
        Codec("v210", "m.mov", "-c:v", "v210", "-c:a", "pcm_s24le"),
        new("flv", "Other codecs", "m.flv", [.. Card.Inputs(), "-vf", Bt601, "-c:v", "flv", "-q:v", "2", "-c:a", "libmp3lame", "-ar", "44100", "m.flv"]),
        Refused("garbage", "undecodable", file =>
        {
            new Random(7).NextBytes(file.AsSpan(file.AsSpan().IndexOf("mdat"u8) + 4));
            return file;
        }),
        new("refused-slides", "Refused", "m.mp4",
            ["-f", "lavfi", "-i", "color=s=64x64:r=1,trim=end_frame=2,setpts=N*50000/TB", "-fps_mode", "passthrough", .. X264, "m.mp4"])
        {
            Expected = new() { Refusal = "too_long" },
        },
        new("refused-wall", "Refused", "m.mkv", ["-f", "lavfi", "-i", "color=s=8256x4400", "-frames:v", "1", "-c:v", "mjpeg", "-pix_fmt", "yuvj420p", "m.mkv"])
        {
            Expected = new() { Refusal = "too_large_picture" },
        },
        new("refused-many-tracks", "Refused", "m.mkv",
            [
                "-f", "lavfi", "-i", "color=s=64x64:d=0.2", "-f", "lavfi", "-i", "anullsrc=d=0.2", "-map", "0", .. Enumerable.Repeat((string[])["-map", "1"], 64).SelectMany(map => map),
                .. X264, "-c:a", "pcm_s16le", "m.mkv",
            ])
        {
            Expected = new() { Refusal = "too_many_streams" },
        },
        Refused("empty", "empty_file", _ => []),
        Refused("text", "not_media", _ => Encoding.UTF8.GetBytes(new string('x', 5000))),
        Refused("playlist", "reference_file", _ => "#EXTM3U\n#EXTINF:1,\nother.ts\n"u8.ToArray()),
        Refused("archive", "archive", file => [.. "PK\x03\x04"u8, .. file]),
        Refused("cut-off", "truncated", file => file[..(file.Length * 2 / 3)]),
        new("encrypted", "Refused", "m.mp4",
            Plain(Card.Inputs(), "m.mp4", "-encryption_scheme", "cenc-aes-ctr", "-encryption_key", new string('1', 32), "-encryption_kid", new string('2', 32)))
        {
            Expected = new() { Refusal = "encrypted" },
        },
        new("museum-codec", "Refused", "m.avi", [.. Card.Picture(), "-c:v", "cinepak", "-pix_fmt", "rgb24", "-frames:v", "2", "m.avi"])
        {
            Expected = new() { Refusal = "unsupported_codec" },
        },
        new("bare-stream", "Refused", "m.h264", [.. Card.Picture(), "-vf", Card.Bt709(), .. X264, "m.h264"]) { Expected = new() { Refusal = "no_duration" } },
    ];

    private static readonly Expected OfOther25 = new() { Rate = "25.000", Frames = 38, Flash = 12 / 25.0, Box = new(320, "25") };

    private static Master Codec(string name, string file, params string[] codecs) =>
        new(name, "Other codecs", file, [.. Card.Inputs(), "-vf", Card.Bt709(), .. codecs, file]);

    private static Master Refused(string name, string code, Func<byte[], byte[]> edit) => new(
        $"refused-{name}", "Refused", "m.mp4", Plain(Card.Inputs(seconds: 0.75), "m.mp4", "-movflags", "+faststart"))
    {
        Edit = edit,
        Expected = new() { Refusal = code },
    };
}
