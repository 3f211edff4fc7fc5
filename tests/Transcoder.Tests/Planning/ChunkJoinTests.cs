using FlickStream.Transcoder.Planning;

namespace FlickStream.Transcoder.Tests.Planning;

/// <summary>The real ffmpeg, with real masters: no frame is lost, doubled or shifted where chunks meet.</summary>
public sealed class ChunkJoinTests : IDisposable
{
    private const int Frames = 170;
    private const string SmallGops = "keyint=40:min-keyint=1:scenecut=0:bframes=3:b-pyramid=normal";
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("flickstream-joins-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("24", "mp4")]
    [InlineData("25", "mp4")]
    [InlineData("30", "mkv")]
    [InlineData("50", "mp4")]
    [InlineData("60", "ts")]
    [InlineData("24000/1001", "mkv")]
    [InlineData("30000/1001", "ts")]
    [InlineData("60000/1001", "mkv")]
    [InlineData("24000/1001", "mp4")]
    [InlineData("25", "ts")]
    public async Task A_constant_rate_master_comes_out_frame_by_frame(string rate, string container)
    {
        var master = await MakeAsync(rate, $"m.{container}", "-x264-params", SmallGops);

        await AssertEveryFrameOnceAsync(master);
    }

    [Fact]
    public async Task A_container_without_times_comes_out_frame_by_frame() =>
        await AssertEveryFrameOnceAsync(await MakeAsync("24", "m.avi", "-c:v", "mpeg4", "-q:v", "2", "-bf", "0"));

    [Theory]
    [InlineData("mp4")]
    [InlineData("mkv")]
    [InlineData("ts")]
    public async Task Open_gops_lose_no_leading_frame(string container)
    {
        var master = await MakeAsync("24", $"m.{container}", "-x264-params", $"{SmallGops}:open-gop=1");

        await AssertEveryFrameOnceAsync(master);
    }

    [Theory]
    [InlineData("mp4")]
    [InlineData("ts")]
    public async Task One_keyframe_for_the_whole_master_is_enough(string container)
    {
        var master = await MakeAsync("25", $"m.{container}", "-x264-params", "keyint=300:min-keyint=300:scenecut=0");

        await AssertEveryFrameOnceAsync(master);
    }

    [Theory]
    [InlineData("mp4")]
    [InlineData("mkv")]
    [InlineData("ts")]
    public async Task Picture_that_starts_after_sound_starts_the_title(string container)
    {
        var late = await MakeLateAsync(container);
        Assert.InRange((await CodedMaster.ReportAsync(late)).Video!.StartSeconds, 0.7, 0.85);

        await AssertEveryFrameOnceAsync(late);
    }

    [Theory]
    [InlineData(2)]
    // Of which the first two chunks have none.
    [InlineData(40)]
    public async Task A_first_frame_that_is_later_than_the_report_says_is_shown_from_the_start(int missing)
    {
        // So it is with an AVI that has B-frames, and with a broadcast that was cut between keyframes.
        var late = await MakeLateAsync("mkv");
        var plan = await PlanAsync(late, variable: false);
        var start = plan.Picture.StartSeconds - (missing / plan.Grid.FrameRate).Value;

        await AssertFramesAsync(
            plan with { Media = plan.Media with { Video = plan.Picture with { StartSeconds = start } } },
            late,
            [.. Enumerable.Repeat(0, missing), .. Enumerable.Range(0, Frames)]);
    }

    [Fact]
    public async Task An_edit_list_that_hides_the_first_frames_is_honoured()
    {
        var picture = await MakeAsync("24", "picture.mp4", "-x264-params", SmallGops);
        var cut = Path.Combine(_folder.FullName, "cut.mp4");
        await Ffmpeg.RunAsync("-v", "error", "-y", "-ss", "0.5", "-i", picture, "-c", "copy", cut);
        var shown = await CodedMaster.NumbersAsync(cut);
        Assert.Equal(12, shown[0]);

        await AssertFramesAsync(await PlanAsync(cut, variable: false) is var plan
            ? plan with { Timeline = plan.Timeline with { Frames = shown.Count } } : plan, cut, shown);
    }

    [Theory]
    // Frames 40-69 are gone, the rest keep their times: a pause of a second and more, longer than a chunk.
    [InlineData("select='not(between(n,40,69))'", "mp4")]
    // A phone: half the rate in the second third, uneven in the last.
    [InlineData("select='lt(n,60)+between(n,60,119)*not(mod(n,2))+gt(n,119)*gt(mod(n,5),1)'", "mp4")]
    [InlineData("select='lt(n,60)+between(n,60,119)*not(mod(n,2))+gt(n,119)*gt(mod(n,5),1)'", "mkv")]
    // Times that fall between those of the grid.
    [InlineData("settb=1/90000,setpts='N*3003+900*sin(N)'", "mkv")]
    public async Task A_variable_rate_master_shows_each_picture_at_its_time(string retime, string container)
    {
        var master = Path.Combine(_folder.FullName, $"m.{container}");
        await Ffmpeg.RunAsync([
            .. CodedMaster.Source("30", Frames, retime), "-vsync", "vfr", "-c:v", "libx264", "-preset", "ultrafast", "-qp", "10",
            "-x264-params", SmallGops, "-video_track_timescale", "90000", master]);
        var plan = await PlanAsync(master, variable: true);
        var (rate, times) = (plan.Grid.FrameRate, await CodedMaster.TimesAsync(master));
        var slots = times.Select(t => (int)Math.Round(
            Math.Round((decimal)(t - times[0]), 6) * rate.Numerator / rate.Denominator, MidpointRounding.AwayFromZero)).ToList();
        var numbers = await CodedMaster.NumbersAsync(master);
        var expected = Enumerable.Range(0, slots[^1] + 1).Select(slot => numbers[slots.FindLastIndex(s => s <= slot)]).ToList();

        var actual = await EncodeAsync(plan with { Timeline = plan.Timeline with { Frames = expected.Count } }, master);

        // The last picture is not shown when its own time rounds to nothing.
        Assert.InRange(expected.Count - actual.Count, 0, 1);
        Assert.Equal(expected.Take(actual.Count), actual);
    }

    [Fact]
    public async Task Film_whose_frames_are_repeated_three_times_and_two_has_each_once()
    {
        var master = Path.Combine(_folder.FullName, "m.mkv");
        await Ffmpeg.RunAsync([
            .. CodedMaster.Source("24000/1001", Frames, "fps=60000/1001"), "-c:v", "libx264", "-preset", "ultrafast", "-qp", "20", "-x264-params", SmallGops, master]);
        var report = await CodedMaster.ReportAsync(master);
        var plan = EncodingPlan.For(report with { Video = report.Video! with { IsTelecined = true } }, new PlanningOptions { Preset = "ultrafast" });
        Assert.Equal((Pulldown.FilmRate, Frames), (plan.Grid.FrameRate, (int)plan.Frames));

        plan = plan with { Timeline = plan.Timeline with { Grid = plan.Grid with { GopFrames = 11, SegmentFrames = 33, ChunkSegments = [1], FirstFrames = 11 } } };
        await AssertFramesAsync(plan, master, [.. Enumerable.Range(0, Frames)]);
    }

    [Fact]
    public async Task A_rate_beyond_sixty_is_halved()
    {
        var master = await MakeAsync("120", "m.mp4");
        var plan = await PlanAsync(master, variable: false);
        Assert.Equal(60, plan.Grid.FrameRate);
        Assert.Equal(Frames / 2, plan.Frames);

        var numbers = await EncodeAsync(plan, master);

        Assert.Equal(Frames / 2, numbers.Count);
        Assert.All(numbers.Zip(numbers.Skip(1)), pair => Assert.Equal(2, pair.Second - pair.First));
    }

    private async Task<string> MakeAsync(string rate, string name, params string[] more)
    {
        var path = Path.Combine(_folder.FullName, name);
        await Ffmpeg.RunAsync([
            .. CodedMaster.Source(rate, Frames), "-c:v", "libx264", "-preset", "ultrafast", "-bf", "3", "-qp", "10", .. more, path]);
        return path;
    }

    /// <summary>The picture begins 0.75 s after the sound.</summary>
    private async Task<string> MakeLateAsync(string container)
    {
        var late = Path.Combine(_folder.FullName, $"late.{container}");
        var picture = await MakeAsync("30000/1001", "picture.mp4", "-x264-params", SmallGops);
        await Ffmpeg.RunAsync(
            "-v", "error", "-y", "-itsoffset", "0.75", "-i", picture, "-f", "lavfi", "-i", "sine=d=7", "-map", "0", "-map", "1",
            "-c:v", "copy", "-c:a", "aac", late);
        return late;
    }

    private async Task AssertEveryFrameOnceAsync(string master)
    {
        var plan = await PlanAsync(master, variable: false);
        Assert.Equal(Frames, plan.Frames);
        await AssertFramesAsync(plan, master, [.. Enumerable.Range(0, Frames)]);
    }

    private async Task AssertFramesAsync(EncodingPlan plan, string master, List<int> expected) =>
        Assert.Equal(expected, await EncodeAsync(plan, master));

    private static async Task<EncodingPlan> PlanAsync(string master, bool variable)
    {
        var plan = EncodingPlan.For(await CodedMaster.ReportAsync(master, variable), new PlanningOptions { Preset = "ultrafast" });
        // Short segments give many joins in a short master; lengths with no common factor put them everywhere in its GOPs.
        var grid = plan.Grid with { GopFrames = 11, SegmentFrames = 33, ChunkSegments = [1], FirstFrames = 11 };
        return plan with { Timeline = plan.Timeline with { Grid = grid } };
    }

    /// <summary>Encodes chunk by chunk, last one first, as workers do, and reads the numbers of all chunks in order.</summary>
    private async Task<List<int>> EncodeAsync(EncodingPlan plan, string master)
    {
        var steps = plan.Steps().Where(s => s.Kind == StepKind.Video).Reverse().ToList();
        var encoded = new List<string>();
        foreach (var step in steps)
        {
            var output = _folder.CreateSubdirectory(step.Name).FullName;
            await Ffmpeg.RunAsync(FfmpegArguments.ForVideo(plan, step, master, output));
            encoded.Add(Path.Combine(output, $"{plan.RungsOf(step)[^1].Name}.mp4"));
        }

        var numbers = new SortedDictionary<int, List<int>>();
        var inits = new HashSet<string>();
        foreach (var (step, file, chunk) in steps.Zip(encoded, await CodedMaster.NumbersAsync(encoded, _folder.FullName)))
        {
            if (!plan.Chunk(step.Chunk).IsLast) Assert.Equal(plan.Chunk(step.Chunk).Frames, chunk.Count);
            if (step.Renditions.Contains(plan.LastOpening.Name))
            {
                numbers[step.Chunk] = chunk;
                var bytes = await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken);
                inits.Add(Convert.ToHexString(bytes[..CodedMaster.InitLength(bytes)]));
            }
        }

        Assert.Single(inits);
        return [.. numbers.Values.SelectMany(n => n)];
    }
}
