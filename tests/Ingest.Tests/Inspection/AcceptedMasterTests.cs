using System.Buffers.Binary;
using FlickStream.Ingest.Inspection;
using FlickStream.Platform.Numbers;

namespace FlickStream.Ingest.Tests.Inspection;

public sealed class AcceptedMasterTests : InspectionBench
{
    public static TheoryData<string, string> Masters => new MatrixTheoryData<string, string>(
        ["mp4", "mov", "mkv", "ts", "avi", "webm"], ["24000/1001", "25", "30000/1001", "60000/1001", "24"]);

    [Theory]
    [MemberData(nameof(Masters))]
    public async Task The_exact_rate_and_length_of_a_master_are_found(string container, string rate)
    {
        var expected = Rational.TryParse(rate)!.Value;
        var report = await AcceptedAsync(await MasterAsync("master." + container, rate));

        Assert.Equal(expected, report.Video!.FrameRate);
        Assert.False(report.Video!.IsVariableRate);
        Assert.Equal((160, 92, 0, 8), (report.Video!.Width, report.Video!.Height, report.Video!.Rotation, report.Video!.BitDepth));
        Assert.Equal(new Rational(1, 1), report.Video!.SampleAspect);
        Assert.InRange(report.DurationSeconds, 1.99, 2.1);

        // The AVI muxer counts frames that it repeats to keep the sound in step.
        var frames = (long)Math.Ceiling(2 * expected.Value);
        Assert.InRange(report.Video!.Frames!.Value, frames, container == "avi" ? frames + 3 : frames);
        Assert.InRange(report.Video!.StartSeconds, 0, 0.05);
        Assert.InRange(report.Video!.DurationSeconds, 1.99, 2.1);
        Assert.Equal(1, Assert.Single(report.Audio).Channels);
    }

    [Theory]
    [InlineData("r210")]
    [InlineData("r10k")]
    [InlineData("v308")]
    [InlineData("v408")]
    [InlineData("ayuv")]
    [InlineData("yuv4")]
    [InlineData("y41p")]
    [InlineData("avrp")]
    public async Task Uncompressed_pictures_that_studios_deliver_are_taken(string codec) => Assert.Equal(
        codec, (await AcceptedAsync(await FfmpegAsync("plain.mov", ["-f", "lavfi", "-i", "testsrc2=size=160x92:rate=25:duration=0.4", "-c:v", codec]))).Video!.Codec);

    [Theory]
    [InlineData("mp4")]
    [InlineData("mkv")]
    [InlineData("ts")]
    public async Task Unevenly_spaced_frames_are_a_variable_rate(string container)
    {
        var path = await SilentAsync(
            "vfr." + container,
            "testsrc2=size=160x92:rate=25:duration=4,select='not(mod(n,3))+lt(n,20)'",
            "-fps_mode", "vfr");
        var report = await AcceptedAsync(path);

        Assert.True(report.Video!.IsVariableRate);
        Assert.InRange(report.Video!.FrameRate.Value, 11, 13);
        Assert.InRange(report.Video!.Frames!.Value, 46, 48);
        Assert.Empty(report.Audio);
    }

    [Theory]
    [InlineData("720x576", 608, "25", "1200000", "4:3", "16/15")]
    [InlineData("720x576", 608, "25", "1200000", "16:9", "64/45")]
    [InlineData("720x480", 512, "30000/1001", "1001000", "4:3", "8/9")]
    public async Task Lines_of_D10_that_are_no_picture_are_told_and_have_no_part_in_the_aspect(string size, int lines, string rate, string bitsAFrame, string screen, string aspect)
    {
        var path = await FfmpegAsync(
            "d10.mxf",
            [
                "-f", "lavfi", "-i", $"testsrc2=s={size}:r={rate}:d=0.4,pad=720:{lines}:0:32:white", "-f", "lavfi", "-i", "anoisesrc=d=0.4:a=0.1:r=48000", .. D10,
                "-bufsize", bitsAFrame, "-rc_init_occupancy", bitsAFrame, "-aspect", screen,
            ]);
        var video = (await AcceptedAsync(path)).Video!;

        Assert.Equal((720, lines, 32), (video.Width, video.Height, video.LinesAbove));
        Assert.Equal(Rational.TryParse(aspect), video.SampleAspect);
    }

    [Fact]
    public async Task Other_pictures_of_as_many_lines_are_all_picture()
    {
        var video = (await AcceptedAsync(await SilentAsync("608.mp4", "testsrc2=s=720x608:r=25:d=0.4"))).Video!;

        Assert.Equal((608, 0), (video.Height, video.LinesAbove));
    }

    // SMPTE ST 356 at 30 Mb/s.
    private static readonly string[] D10 =
    [
        "-c:v", "mpeg2video", "-pix_fmt", "yuv422p", "-intra_vlc", "1", "-non_linear_quant", "1", "-qmin", "1", "-qmax", "12", "-dc", "10", "-g", "1",
        "-flags", "+ildct+low_delay", "-top", "1", "-b:v", "30000k", "-minrate", "30000k", "-maxrate", "30000k", "-rc_max_vbv_use", "1", "-c:a", "pcm_s16le", "-ac", "2", "-f", "mxf_d10",
    ];

    [Theory]
    [InlineData(90)]
    [InlineData(180)]
    [InlineData(270)]
    public async Task Rotation_is_the_clockwise_turn_a_player_makes(int clockwise)
    {
        // A white left half: turned clockwise by 90 it is on top, by 270 at the bottom.
        var upright = await SilentAsync("upright.mp4", "color=white:size=80x92:rate=25:duration=1,pad=160:92:0:0:black");
        var turned = await FfmpegAsync("turned.mp4", ["-i", upright, "-c", "copy", "-metadata:s:v", $"rotate={360 - clockwise}"]);
        var report = await AcceptedAsync(turned);

        Assert.Equal(clockwise, report.Video!.Rotation);
        Assert.Equal((160, 92), (report.Video!.Width, report.Video!.Height));
        var shown = await File.ReadAllBytesAsync(
            await FfmpegAsync("shown.gray", ["-i", turned, "-frames:v", "1", "-pix_fmt", "gray", "-f", "rawvideo"]), Ct);
        Assert.Equal(clockwise == 90, shown[0] > 128 && shown[91] > 128);
        Assert.Equal(clockwise == 270, shown[^1] > 128 && shown[^92] > 128);
    }

    [Theory]
    [InlineData(0, true, 1, 0, 0, -1)]
    [InlineData(90, false, 0, 1, -1, 0)]
    [InlineData(90, true, 0, 1, 1, 0)]
    [InlineData(180, true, -1, 0, 0, 1)]
    [InlineData(270, true, 0, -1, -1, 0)]
    public async Task A_mirrored_picture_is_told_from_a_turned_one(int rotation, bool isMirrored, int a, int b, int c, int d)
    {
        var file = await File.ReadAllBytesAsync(await SilentAsync("m.mp4", "testsrc2=size=160x92:rate=25:duration=0.2"), Ct);
        // ISO/IEC 14496-12, 8.3.2: the matrix is 40 bytes into the body of a track header of version 0.
        var matrix = file.AsSpan(file.AsSpan().IndexOf("tkhd"u8) + 4 + 40);
        foreach (var (at, value) in ((int, int)[])[(0, a), (4, b), (12, c), (16, d)]) BinaryPrimitives.WriteInt32BigEndian(matrix[at..], value << 16);
        var video = (await AcceptedAsync(await WriteAsync("placed.mp4", file))).Video!;

        Assert.Equal((rotation, isMirrored), (video.Rotation, video.IsMirrored));
    }

    [Fact]
    public async Task Pixels_that_are_not_square_are_reported()
    {
        var report = await AcceptedAsync(await SilentAsync("wide.mp4", "testsrc2=size=160x92:rate=25:duration=1,setsar=64/45"));
        Assert.Equal(new Rational(64, 45), report.Video!.SampleAspect);
    }

    [Theory]
    [InlineData("mp4")]
    [InlineData("ts")]
    [InlineData("mkv")]
    public async Task Fields_are_reported_as_interlaced_at_the_rate_of_whole_frames(string container)
    {
        var path = await SilentAsync(
            "fields." + container,
            "testsrc2=size=160x96:rate=50:duration=2,tinterlace=interleave_top,fieldorder=tff",
            "-flags", "+ildct+ilme", "-x264-params", "tff=1:interlaced=1");
        var report = await AcceptedAsync(path);

        Assert.True(report.Video!.IsInterlaced);
        Assert.Equal(25, report.Video!.FrameRate);
        Assert.False(report.Video!.IsVariableRate);
    }

    [Fact]
    public async Task Ten_bits_and_colours_are_reported()
    {
        var report = await AcceptedAsync(await SilentAsync(
            "hdr.mp4", "testsrc2=size=160x92:rate=25:duration=1",
            "-pix_fmt", "yuv420p10le", "-color_primaries", "bt2020", "-color_trc", "smpte2084", "-colorspace", "bt2020nc"));

        Assert.Equal(10, report.Video!.BitDepth);
        Assert.Equal(("smpte2084", "bt2020", "bt2020nc"), (report.Video!.ColorTransfer, report.Video!.ColorPrimaries, report.Video!.ColorSpace));
    }

    [Theory]
    [InlineData("mkv")]
    [InlineData("mov")]
    public async Task Every_sound_track_keeps_its_language_and_name(string container)
    {
        var path = await MasterAsync(
            "tracks." + container, "25", 2,
            "-map", "0", "-map", "1", "-map", "1", "-map", "1",
            "-metadata:s:a:0", "language=eng", "-metadata:s:a:0", "title=Main mix", "-metadata:s:a:1", "language=fra");
        var report = await AcceptedAsync(path);

        Assert.Equal(["en", "fr", null], report.Audio.Select(a => a.Language));
        Assert.Equal([1, 2, 3], report.Audio.Select(a => a.StreamIndex));
        if (container == "mkv") Assert.Equal(["Main mix", null, null], report.Audio.Select(a => a.Title));
    }

    [Fact]
    public async Task Cover_art_is_not_the_picture()
    {
        var cover = await FfmpegAsync("cover.png", ["-f", "lavfi", "-i", "color=red:size=640x640", "-frames:v", "1"]);
        var master = await MasterAsync("master.mp4");
        var path = await FfmpegAsync(
            "covered.mp4",
            ["-i", cover, "-i", master, "-map", "0", "-map", "1", "-c", "copy", "-disposition:v:0", "attached_pic", "-disposition:v:1", "0"]);
        var report = await AcceptedAsync(path);

        Assert.Equal(("h264", 160), (report.Video!.Codec, report.Video!.Width));
    }

    [Theory]
    [InlineData("wav", "pcm_s24le")]
    [InlineData("flac", "flac")]
    [InlineData("mp3", "libmp3lame")]
    [InlineData("wv", "wavpack")]
    [InlineData("tta", "tta")]
    [InlineData("m4a", "aac")]
    public async Task Sound_alone_with_or_without_cover_art_is_accepted(string container, string codec)
    {
        var sound = await FfmpegAsync($"plain.{container}", ["-f", "lavfi", "-i", "sine=duration=3:sample_rate=48000", "-ac", "2", "-c:a", codec]);
        var cover = await FfmpegAsync("cover.png", ["-f", "lavfi", "-i", "color=red:size=640x640", "-frames:v", "1"]);
        string[] files = container is "wav" or "wv" or "tta" ? [sound]
            : [sound, await FfmpegAsync($"covered.{container}", ["-i", sound, "-i", cover, "-map", "0", "-map", "1", "-c", "copy", "-disposition:v", "attached_pic"])];
        foreach (var path in files)
        {
            var report = await AcceptedAsync(path);
            Assert.Null(report.Video);
            Assert.Equal(2, Assert.Single(report.Audio).Channels);
            Assert.InRange(report.DurationSeconds, 2.95, 3.1);
        }
    }

    [Fact]
    public async Task A_track_that_begins_later_says_when()
    {
        var master = await MasterAsync("master.mp4", seconds: 3);
        var path = await FfmpegAsync("late.mkv", ["-i", master, "-itsoffset", "0.5", "-i", master, "-map", "0:v", "-map", "1:a", "-c", "copy"]);
        var report = await AcceptedAsync(path);

        Assert.InRange(report.Audio[0].StartSeconds - report.Video!.StartSeconds, 0.45, 0.55);
    }

    [Theory]
    [InlineData("mp4", "+frag_keyframe+empty_moov")]
    [InlineData("mp4", "+faststart")]
    public async Task Fragments_and_an_early_index_change_nothing(string container, string flags)
    {
        var report = await AcceptedAsync(await MasterAsync("master." + container, "30000/1001", 2, "-movflags", flags));

        Assert.Equal(new Rational(30000, 1001), report.Video!.FrameRate);
        Assert.Equal(60, report.Video!.Frames);
    }

    [Fact]
    public async Task A_recording_without_a_length_is_measured()
    {
        var recorded = await MasterAsync("recorded.webm", "30", 2, "-live", "1");
        var report = await AcceptedAsync(recorded);

        Assert.InRange(report.DurationSeconds, 1.95, 2.1);
        Assert.Equal(60, report.Video!.Frames);
        Assert.Equal(30, report.Video!.FrameRate);
    }

    [Fact]
    public async Task Frames_that_an_edit_list_hides_are_not_counted()
    {
        var master = await MasterAsync("master.mp4", seconds: 3);
        var cut = await FfmpegAsync("cut.mp4", ["-ss", "0.5", "-i", master, "-c", "copy"]);
        var report = await AcceptedAsync(cut);

        Assert.InRange(report.Video!.Frames!.Value, 62, 63);
        Assert.Equal(25, report.Video!.FrameRate);
    }

    [Theory]
    [InlineData("mxf", "mpeg2video", "pcm_s16le")]
    [InlineData("mpg", "mpeg2video", "mp2")]
    [InlineData("flv", "flv", "aac")]
    [InlineData("mov", "prores_ks", "pcm_s24le")]
    [InlineData("mov", "qtrle", "alac")]
    [InlineData("wmv", "wmv2", "wmav2")]
    [InlineData("m2ts", "libx264", "ac3")]
    [InlineData("mkv", "ffv1", "flac")]
    [InlineData("mp4", "libx265", "eac3")]
    [InlineData("mp4", "libaom-av1", "libopus")]
    [InlineData("webm", "libvpx-vp9", "libvorbis")]
    [InlineData("avi", "mjpeg", "pcm_s16le")]
    [InlineData("avi", "mpeg4", "libmp3lame")]
    [InlineData("ogv", "libtheora", "libvorbis")]
    [InlineData("3gp", "h263", "aac")]
    public async Task What_studios_deliver_is_accepted(string container, string video, string sound)
    {
        var path = await FfmpegAsync(
            "master." + container,
            [
                "-f", "lavfi", "-i", "testsrc2=size=352x288:rate=25:duration=1", "-f", "lavfi", "-i", "sine=duration=1:sample_rate=48000",
                "-c:v", video, "-c:a", sound, "-strict", "-2", "-ac", "2", .. video == "libaom-av1" ? (string[])["-cpu-used", "8"] : [],
            ]);
        var report = await AcceptedAsync(path);

        Assert.Equal(25, report.Video!.FrameRate);
        Assert.False(report.Video!.IsVariableRate);
        Assert.False(report.Video!.IsInterlaced);
        Assert.InRange(report.Video!.Frames!.Value, 25, 27);
        Assert.InRange(report.DurationSeconds, 0.96, 1.3);
        Assert.Equal(2, Assert.Single(report.Audio).Channels);
    }

    [Fact]
    public async Task Subtitles_beside_the_picture_do_not_disturb()
    {
        var words = await WriteAsync("words.srt", "1\n00:00:00,000 --> 00:00:01,000\nHello\n");
        var master = await MasterAsync("master.mp4");
        foreach (var (container, codec) in ((string, string)[])[("mp4", "mov_text"), ("mkv", "ass"), ("mkv", "srt")])
        {
            await AcceptedAsync(await FfmpegAsync($"{codec}.{container}", ["-i", master, "-i", words, "-c", "copy", "-c:s", codec]));
        }
    }

    /// <summary>It was refused as truncated, because the way back from its end does not show a picture.</summary>
    [Theory]
    [InlineData("mp4", 8, 8.2)]
    [InlineData("ts", 16, 16.2)]
    public async Task Pictures_that_are_whole_only_behind_a_keyframe_are_looked_for_twice_as_far(string container, double least, double most)
    {
        var report = await AcceptedAsync(await FfmpegAsync(
            $"refreshed.{container}",
            [
                "-f", "lavfi", "-i", "testsrc2=size=960x64:rate=10:duration=12", "-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p",
                "-x264-params", "intra-refresh=1:keyint=80:bframes=0",
            ]));

        Assert.InRange(report.Video!.LeadSeconds!.Value, least, most);
    }

    [Fact]
    public async Task Keyframes_that_lie_far_apart_are_found_where_the_header_counts_the_frames()
    {
        var report = await AcceptedAsync(await SilentAsync("sparse.mp4", "color=size=32x32:rate=5:duration=70", "-g", "999"));
        Assert.Equal(69.8, report.Video!.GopSeconds!.Value, 0.1);
        Assert.Null((await AcceptedAsync(await SilentAsync("usual.mp4", "color=size=32x32:rate=5:duration=20", "-g", "50"))).Video!.GopSeconds);
    }

    [Fact]
    public async Task A_title_within_the_limits_is_accepted_at_the_limit()
    {
        var path = await MasterAsync("master.mp4", seconds: 2);
        await AcceptedAsync(path, new InspectionOptions { MaxPixels = 160 * 92, MaxStreams = 2, MaxDuration = TimeSpan.FromSeconds(2) });
    }
}
