using System.Globalization;
using System.Text.RegularExpressions;
using FlickStream.Platform.Contracts;
using FlickStream.Platform.Media;
using FlickStream.Transcoder.Planning;

namespace FlickStream.Transcoder.Tests.Planning;

public sealed class FfmpegArgumentsTests
{
    private static readonly EncodingPlan Small =
        EncodingPlan.For(Media.Of(640, 360, "24000/1001", 20, audio: [Media.Audio()]), new PlanningOptions());

    [Fact]
    public void A_video_step_in_the_middle_is_one_decode_for_all_rungs_and_the_sprite() => Assert.Equal(
        [
            "-y", "-filter_complex_threads", "1", "-v", "error", "-copyts", "-start_at_zero", "-reinit_filter", "0", "-threads", "1",
            "-noaccurate_seek", "-ss", "5.006", .. MediaGuards.InputArguments, "-i", "/m",
            "-filter_complex",
            "[0:0]fps=24000/1001:round=near:start_time=0,trim=start_pts=144:end_pts=288,setpts=PTS-144,"
                + $"scale={SizeOf640}:flags=bicubic:out_range=tv,format=yuv420p,pad=640:360:-1:-1:eval=frame,setsar=1,"
                + "setparams=range=tv:color_primaries=bt709:color_trc=bt709:colorspace=bt709,split[v360][from0];"
                + "[from0]scale=416:234:flags=bicubic,setsar=1,split[v234][from1];"
                + "[from1]select=not(mod(n\\,48)),scale=160:90:flags=bicubic:in_color_matrix=bt709:out_color_matrix=bt601:out_range=pc,"
                + "format=yuvj420p,setsar=1,tile=1x3[sprite]",
            .. Video("v360", "365000", "3.0"),
            .. Video("v234", "120000", "1.3"),
            "-map", "[sprite]", "-map_metadata", "-1", "-c:v", "mjpeg", "-threads", "1", "-q:v", "5", "-flags:v", "+bitexact",
            "-fps_mode", "passthrough", "-f", "image2", "-start_number", "1", "/out/sprite-%d.jpg",
        ],
        FfmpegArguments.ForVideo(Small, Step(Small, "video-0002-a"), "/m", "/out"));

    private const string Wider = "(iw*if(gt(sar,0.1)*lt(sar,10),sar,1)/ih/(16/9))";

    private const string SizeOf640 =
        $"w='if(gt({Wider},0.970874),640,max(2,2*round(320*{Wider})))':h='if(lt({Wider},1.03),360,max(2,2*round(180/{Wider})))':eval=frame";

    [Fact]
    public void The_first_step_makes_one_rung_from_the_start_without_a_seek()
    {
        var arguments = FfmpegArguments.ForVideo(Small, Step(Small, "video-0000-a"), "/m", "/out");

        Assert.DoesNotContain("-ss", arguments);
        Assert.Equal(["/out/v360.mp4"], arguments.Where(a => a.StartsWith("/out", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("24000/1001", 20, true)]
    [InlineData("60", 60, false)]
    public void Pictures_that_are_missing_are_filled_where_a_title_may_begin_without(string rate, double seconds, bool isFilled)
    {
        var plan = EncodingPlan.For(Media.Of(640, 360, rate, seconds), new PlanningOptions());

        var arguments = string.Join(' ', FfmpegArguments.ForVideo(plan, plan.Steps().Last(step => step.Kind == StepKind.Video), "/m", "/out"));

        Assert.Equal(isFilled, arguments.Contains("round=near:start_time=0,trim", StringComparison.Ordinal));
    }

    [Fact]
    public void The_last_chunk_runs_to_the_end()
    {
        var step = Small.Steps().Last(s => s.Kind == StepKind.Video);

        var arguments = FfmpegArguments.ForVideo(Small, step, "/m", "/out");

        Assert.DoesNotContain("end_pts", arguments[arguments.ToList().IndexOf("-filter_complex") + 1], StringComparison.Ordinal);
        Assert.DoesNotContain("-frames:v", arguments);
    }

    [Theory]
    [InlineData("mpegts", 4.2, "18")]
    [InlineData("mpeg", 14.5, "14.5")]
    [InlineData("mpegts", 29.1, null)]
    [InlineData("mpegts", null, "18")]
    [InlineData("flv", 14.5, "14.5")]
    // Sixteen pictures and one.
    [InlineData("mov,mp4,m4a,3gp,3g2,mj2", 0.3, "28.3")]
    [InlineData("mov,mp4,m4a,3gp,3g2,mj2", null, "28.3")]
    [InlineData("mov,mp4,m4a,3gp,3g2,mj2", 6.5, "22.5")]
    public void A_chunk_is_read_from_where_its_first_picture_can_be_decoded(string container, double? lead, string? seek)
    {
        var media = Of(Media.Of(640, 360, "10", 60, container: container), video => video with { LeadSeconds = lead });
        var plan = EncodingPlan.For(media, new PlanningOptions());
        var step = plan.Steps().First(s => s.Kind == StepKind.Video && plan.Chunk(s.Chunk).FirstFrame == 30 * 10);

        var arguments = FfmpegArguments.ForVideo(plan, step, "/m", "/out").ToList();

        Assert.Equal(seek, arguments.IndexOf("-ss") is > 0 and var at ? arguments[at + 1] : null);
    }

    [Fact]
    public void Frames_by_which_pulldown_is_undone_are_decoded_too()
    {
        var media = Of(Media.Of(720, 480, "30000/1001", 60, container: "mpegts"), video => video with { IsTelecined = true, LeadSeconds = 14 });
        var plan = EncodingPlan.For(media, new PlanningOptions());
        foreach (var step in plan.Steps().Where(s => s.Kind == StepKind.Video))
        {
            var arguments = FfmpegArguments.ForVideo(plan, step, "/m", "/out").ToList();
            if (arguments.IndexOf("-ss") is not (> 0 and var at)) continue;
            var seek = double.Parse(arguments[at + 1], CultureInfo.InvariantCulture);
            var graph = arguments[arguments.IndexOf("-filter_complex") + 1];
            var first = int.Parse(Regex.Match(graph, "trim=start_pts=([0-9]+)").Groups[1].Value, CultureInfo.InvariantCulture) * 1001 / 30000.0;
            Assert.True(seek + 14.4 < first, $"{seek} for {first}");
        }
    }

    [Fact]
    public void Sound_is_streamed_as_it_is_made() => Assert.Equal(
        [
            "-filter_complex_threads", "1", "-v", "error", "-copyts", "-start_at_zero", "-reinit_filter", "0", "-threads", "1",
            .. MediaGuards.InputArguments, "-i", "/m", "-filter_complex",
            "[0:1]aresample=48000:async=1:first_pts=0:osf=fltp:tsf=fltp,pan=stereo|c0=c0|c1=c1,pan=mono|c0=0.5*c0+0.5*c1,"
                + "aformat=sample_fmts=fltp:channel_layouts=mono,apad=whole_dur=20.02,atrim=end=20.52[sound]",
            "-map", "[sound]", "-map_metadata", "-1", "-map_chapters", "-1", "-c:a", "aac", "-b:a", "40000", "-threads", "1",
            "-flags:a", "+bitexact", "-fflags", "+bitexact", "-f", "mp4", "-movflags", "+cmaf+empty_moov+default_base_moof+skip_trailer",
            "-frag_duration", "1000000", "-use_editlist", "0", "-avoid_negative_ts", "disabled", "-flush_packets", "1", "pipe:1",
        ],
        FfmpegArguments.ForAudio(Small, Step(Small, "audio-a1-40k"), "/m"));

    [Fact]
    public void A_poster_is_taken_from_a_tenth_of_the_way_in()
    {
        var arguments = FfmpegArguments.ForPoster(EncodingPlan.For(Media.Of(), new PlanningOptions()), "/m", "/out/poster.jpg");

        Assert.Contains("11", arguments);
        Assert.Contains(",pad=1280:720:", arguments[arguments.ToList().IndexOf("-filter_complex") + 1], StringComparison.Ordinal);
        Assert.Equal("/out/poster.jpg", arguments[^1]);
    }

    [Theory]
    [InlineData("mov,mp4,m4a,3gp,3g2,mj2", "setpts=PTS-(0.75/TB),")]
    // ffmpeg counts a transport stream's time from the first track it reads: the picture's own start.
    [InlineData("mpegts", "[0:0]fps")]
    public void A_title_begins_with_its_first_picture(string container, string filter) =>
        Assert.Contains(filter, Graph(Media.Of(container: container, start: 0.75)), StringComparison.Ordinal);

    [Theory]
    [InlineData("smpte170m", 1920, true)]
    [InlineData("bt709", 720, false)]
    [InlineData(null, 720, true)]
    [InlineData(null, 1920, false)]
    public void Colours_of_standard_definition_are_converted(string? matrix, int width, bool converts) => Assert.Equal(
        converts, Graph(Media.Of(width, 480, colorSpace: matrix)).Contains("in_color_matrix=bt601:out_color_matrix=bt709", StringComparison.Ordinal));

    [Theory]
    [InlineData("gbrp", "gbr", ":in_color_matrix=bt709:out_color_matrix=bt709:")]
    [InlineData("rgb24", null, ":in_color_matrix=bt709:out_color_matrix=bt709:")]
    [InlineData("xyz12le", null, ":in_color_matrix=bt709:out_color_matrix=bt709:")]
    [InlineData("yuv420p10le", "bt2020nc", ":in_color_matrix=bt2020:out_color_matrix=bt709:")]
    public void Colours_of_other_matrices_are_converted(string format, string? matrix, string arguments) => Assert.Contains(
        arguments,
        Graph(Media.Of(colorSpace: matrix) is var m ? m with { Video = m.Video! with { PixelFormat = format } } : null!),
        StringComparison.Ordinal);

    [Theory]
    [InlineData(false, "tff")]
    [InlineData(true, "bff")]
    public void An_interlaced_master_gets_a_frame_a_field(bool isBottomFirst, string parity) => Assert.Contains(
        $",pad=1920:1080:(ow-iw)/2:4*floor((oh-ih)/8):eval=frame,setsar=1/1,bwdif=mode=send_field:parity={parity}:deint=all,fps=50/1:",
        Graph(Of(Media.Of(rate: "25"), video => video with { IsInterlaced = true, IsBottomFieldFirst = isBottomFirst })), StringComparison.Ordinal);

    [Theory]
    [InlineData(0, "vflip")]
    [InlineData(90, "transpose=cclock_flip")]
    [InlineData(180, "hflip")]
    [InlineData(270, "transpose=clock_flip")]
    public void Fields_of_a_mirrored_picture_are_mirrored_once_they_are_frames(int rotation, string filter) => Assert.Contains(
        $",{filter},scale=",
        Graph(Of(Media.Of(rate: "25", rotation: rotation), video => video with { IsInterlaced = true, IsMirrored = true })), StringComparison.Ordinal);

    [Fact]
    public void Telecined_film_is_taken_in_fives_that_all_chunks_share()
    {
        var plan = EncodingPlan.For(Of(Media.Of(640, 360, "30000/1001", 20), video => video with { IsTelecined = true }), new PlanningOptions());
        var arguments = FfmpegArguments.ForVideo(plan, Step(plan, "video-0002-a"), "/m", "/out");

        Assert.Contains(
            ":eval=frame,setsar=1/1,fps=30000/1001:round=near:start_time=0,trim=start_pts=170,fieldmatch=order=tff:combmatch=full,"
                + "bwdif=mode=send_frame:parity=tff:deint=interlaced,decimate,settb=1001/24000,setpts=N+136,trim=start_pts=144:end_pts=288,",
            arguments[arguments.ToList().IndexOf("-filter_complex") + 1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1000, 4000, 1000)]
    [InlineData(null, 4000, 4000)]
    [InlineData(null, null, 1000)]
    [InlineData(9000, 600, 600)]
    [InlineData(1, 1000, 203)]
    public void The_peak_of_light_comes_from_the_masters_metadata(int? maxContentLight, int? display, long peak)
    {
        var point = new Chromaticity(0, 0);
        var mastering = display is { } light ? new MasteringDisplay(point, point, point, point, light * 10_000L, 50) : null;

        Assert.Equal(peak, SdrMap.PeakOf(new HdrReport(HdrTransfer.Pq, mastering, maxContentLight, null, null)));
    }

    [Fact]
    public void High_dynamic_range_is_bent_into_standard_range_at_the_size_of_the_largest_rung() => Assert.Contains(
        ":flags=bicubic:in_color_matrix=bt2020:out_color_matrix=bt2020:out_range=tv,format=yuv420p10le,"
            + "pad=1920:1080:-1:-1:eval=frame,setparams=range=tv:color_primaries=bt2020:color_trc=smpte2084:colorspace=bt2020nc,"
            + "zscale=transfer=linear:npl=203,format=gbrpf32le,zscale=primaries=bt709,tonemap=tonemap=mobius:peak=4.9261,"
            + "zscale=transfer=bt709:matrix=bt709:range=tv:dither=ordered,format=yuv420p,setsar=1,setparams=range=tv:",
        Graph(Of(Media.Of(3840, 2160, colorSpace: "bt2020nc"), video => video with { Hdr = new HdrReport(HdrTransfer.Pq, null, null, null, null) })), StringComparison.Ordinal);

    [Theory]
    [InlineData("smpte432", "smpte432")]
    [InlineData("bt709", "bt709")]
    [InlineData(null, "bt2020")]
    [InlineData("film", "bt2020")]
    public void The_primaries_of_high_dynamic_range_are_the_masters(string? said, string primaries)
    {
        var plan = EncodingPlan.For(
            Of(Media.Of(640, 360, transfer: "smpte2084", colorSpace: "bt2020nc"), video => video with { ColorPrimaries = said }), new PlanningOptions { Hevc = true });
        string[] graphs = [.. plan.Steps().Where(s => s.Kind == StepKind.Video).Select(s => string.Join(' ', FfmpegArguments.ForVideo(plan, s, "/m", "/out")))];

        Assert.Contains($"color_primaries={primaries}:color_trc=smpte2084:colorspace=bt2020nc,zscale=transfer=linear", graphs[0], StringComparison.Ordinal);
        var toHdr = graphs.First(graph => graph.Contains("-hdr10]", StringComparison.Ordinal));
        Assert.Contains(
            primaries == "bt2020" ? "setsar=1,setparams=range=tv:color_primaries=bt2020:"
                : $"setsar=1,setparams=range=tv:color_primaries={primaries}:color_trc=smpte2084:colorspace=bt2020nc,zscale=primaries=bt2020,format=yuv420p10le,setparams=range=tv:color_primaries=bt2020:",
            toHdr, StringComparison.Ordinal);
    }

    /// <summary>The numbers of a P3 display with D65 white and 1,000 cd/m².</summary>
    [Fact]
    public void An_HDR10_rung_tells_the_light_that_its_master_was_graded_for()
    {
        var mastering = new MasteringDisplay(new(34000, 16000), new(13250, 34500), new(7500, 3000), new(15635, 16450), 10_000_000, 50);
        var media = Of(
            Media.Of(640, 360, transfer: "smpte2084", colorSpace: "bt2020nc"),
            video => video with { Hdr = new HdrReport(HdrTransfer.Pq, mastering, 1000, 400, null) });
        var plan = EncodingPlan.For(media, new PlanningOptions { Hevc = true });
        string Parameters(PlannedStep step) => string.Join(' ', FfmpegArguments.ForVideo(plan, step, "/m", "/out"));

        Assert.Contains(
            ":master-display=G(13250,34500)B(7500,3000)R(34000,16000)WP(15635,16450)L(10000000,50):max-cll=1000,400 ",
            Parameters(plan.Steps().First(step => step is { Kind: StepKind.Video, JoinsLater: true })),
            StringComparison.Ordinal);
        Assert.DoesNotContain("master-display", Parameters(plan.Steps().First()), StringComparison.Ordinal);
    }

    private static MediaReport Of(MediaReport media, Func<VideoReport, VideoReport> found) => media with { Video = found(media.Video!) };

    private static PlannedStep Step(EncodingPlan plan, string name) => plan.Steps().Single(s => s.Name == name);

    private static string Graph(MediaReport media)
    {
        var plan = EncodingPlan.For(media, new PlanningOptions());
        var arguments = FfmpegArguments.ForVideo(plan, plan.Steps().First(), "/m", "/out");
        return arguments[arguments.ToList().IndexOf("-filter_complex") + 1];
    }

    private static string[] Video(string name, string rate, string level) =>
    [
        "-map", $"[{name}]", "-map_metadata", "-1", "-map_chapters", "-1", "-frames:v", "144", "-r", "24000/1001",
        "-c:v", "libx264", "-preset", "veryfast", "-threads", "1", "-crf", "23", "-maxrate", rate, "-bufsize", rate,
        "-profile:v", "high", "-level:v", level, "-g", "48", "-keyint_min", "48", "-sc_threshold", "0", "-x264-params", "open-gop=0", "-a53cc", "0",
        "-flags:v", "+bitexact", "-fflags", "+bitexact", "-f", "mp4",
        "-movflags", "+cmaf+frag_keyframe+empty_moov+default_base_moof+negative_cts_offsets+skip_trailer",
        "-use_editlist", "0", "-avoid_negative_ts", "disabled", "-video_track_timescale", "24000", $"/out/{name}.mp4",
    ];
}
