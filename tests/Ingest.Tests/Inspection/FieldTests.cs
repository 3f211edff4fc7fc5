namespace FlickStream.Ingest.Tests.Inspection;

/// <summary>Fields are found in the picture, whatever header and frames say.</summary>
public sealed class FieldTests : InspectionBench
{
    private const string Zoom = "mandelbrot=s=320x240";
    private const string Shapes = "testsrc=s=320x240";
    private static readonly string[] Top = ["-flags", "+ildct+ilme", "-x264-params", "tff=1:interlaced=1"];
    private static readonly string[] Bottom = ["-flags", "+ildct+ilme", "-x264-params", "bff=1:interlaced=1"];

    [Theory]
    [InlineData(Zoom, "interleave_top", true, false)]
    [InlineData(Zoom, "interleave_bottom", true, true)]
    [InlineData(Shapes, "interleave_bottom", true, true)]
    [InlineData(Zoom, "interleave_top,setfield=prog", false, false)]
    [InlineData(Shapes, "interleave_bottom,setfield=prog", false, true)]
    // The flags name the wrong order.
    [InlineData(Zoom, "interleave_bottom,setfield=tff", true, true)]
    public async Task Fields_are_found_with_their_order(string picture, string weave, bool isMarked, bool isBottomFirst)
    {
        var path = await SilentAsync(
            "fields.mkv", $"{picture}:rate=60000/1001,trim=duration=2.5,tinterlace={weave}", isMarked ? weave.EndsWith("bottom", StringComparison.Ordinal) ? Bottom : Top : []);
        var video = (await AcceptedAsync(path)).Video!;

        Assert.Equal((true, false, isBottomFirst), (video.IsInterlaced, video.IsTelecined, video.IsBottomFieldFirst));
    }

    [Theory]
    [InlineData(Zoom)]
    [InlineData("testsrc2=s=320x240")]
    public async Task Whole_frames_stay_whole_though_they_are_marked_as_fields(string picture)
    {
        var video = (await AcceptedAsync(await SilentAsync("psf.mkv", $"{picture}:rate=25,trim=duration=2.5", Top))).Video!;

        Assert.False(video.IsInterlaced);
        Assert.False(video.IsTelecined);
    }

    [Theory]
    [InlineData(Zoom, "top")]
    [InlineData(Shapes, "top")]
    [InlineData(Zoom, "bottom")]
    public async Task Pulldown_is_found(string picture, string first)
    {
        var path = await SilentAsync(
            "film.mkv", $"{picture}:rate=24000/1001,trim=duration=3,telecine=first_field={first}", first == "top" ? Top : Bottom);
        var video = (await AcceptedAsync(path)).Video!;

        Assert.Equal((false, true, first == "bottom"), (video.IsInterlaced, video.IsTelecined, video.IsBottomFieldFirst));
    }

    /// <summary>What was looked at in the middle of a transport stream had no keyframe, so that nothing was seen and the header believed.</summary>
    [Fact]
    public async Task Fields_are_found_though_keyframes_lie_far_apart()
    {
        var path = await SilentAsync(
            "sparse.ts", "testsrc=s=320x240:rate=50,trim=duration=7,tinterlace=interleave_top,setfield=prog", "-x264-params", "keyint=999:scenecut=0");

        Assert.True((await AcceptedAsync(path)).Video!.IsInterlaced);
    }

    /// <summary>Three stretches of a long recording were all of the film, and of the video between its frames were taken away.</summary>
    [Theory]
    [InlineData(0, true)]
    [InlineData(5, false)]
    public async Task Video_in_a_long_film_is_looked_for_before_its_frames_are_taken_for_repeated(int video, bool isFilm)
    {
        string[] coarse = ["-qp", "24", "-g", "60"];
        await SilentAsync("film.mp4", "mandelbrot=s=64x48:rate=24000/1001,trim=end_frame=240,fps=60000/1001", coarse);
        await SilentAsync("video.mp4", "mandelbrot=s=64x48:rate=60000/1001,trim=end_frame=600", coarse);
        var list = Enumerable.Range(0, 62).Select(i => i >= 44 && i < 44 + video ? "file video.mp4" : "file film.mp4");
        var report = await AcceptedAsync(await FfmpegAsync(
            "joined.mp4", ["-f", "concat", "-i", await WriteAsync("list.txt", string.Join('\n', list)), "-c", "copy", "-video_track_timescale", "60000"]));

        Assert.Equal((isFilm, 60000 / 1001.0), (report.Video!.IsTelecined, report.Video.FrameRate.Value));
        Assert.Equal(isFilm ? ["film_restored"] : [], report.Notices.Select(notice => notice.Code));
    }

    [Fact]
    public async Task Where_nothing_moves_the_marks_are_believed()
    {
        var video = (await AcceptedAsync(await SilentAsync("still.mkv", "smptebars=s=320x240:rate=25,trim=duration=2", Top))).Video!;

        Assert.True(video.IsInterlaced);
    }
}
