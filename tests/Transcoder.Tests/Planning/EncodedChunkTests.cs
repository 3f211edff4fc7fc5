using FlickStream.Platform.Contracts;
using FlickStream.Transcoder.Packaging;
using FlickStream.Transcoder.Planning;
using FlickStream.Transcoder.Tests.Packaging;
using FlickStream.Transcoder.Workers;

namespace FlickStream.Transcoder.Tests.Planning;

/// <summary>The real ffmpeg: what a step writes, beside its frames.</summary>
public sealed class EncodedChunkTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("flickstream-chunk-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Two_runs_under_load_write_the_same_bytes_and_all_chunks_share_one_init()
    {
        var (plan, master) = await MakeAsync("testsrc2=s=854x480:r=30,noise=alls=20:allf=t", 14);
        var steps = plan.Steps().Where(s => s.Kind == StepKind.Video).ToList();

        var runs = await Task.WhenAll(steps.Concat(steps).Select((step, i) => RunAsync(plan, step, master, $"run{i}")));

        Assert.Equal(runs[..steps.Count].SelectMany(r => r).Select(f => (f.Name, Convert.ToHexString(f.Bytes))),
            runs[steps.Count..].SelectMany(r => r).Select(f => (f.Name, Convert.ToHexString(f.Bytes))));
        foreach (var rendition in runs.SelectMany(r => r).Where(f => f.Name.EndsWith("mp4", StringComparison.Ordinal)).GroupBy(f => f.Name))
            Assert.Single(rendition.Select(f => Convert.ToHexString(f.Bytes[..CodedMaster.InitLength(f.Bytes)])).Distinct());
        // The whole of it: 4 chunks, each rung's files, and 3 sprite sheets.
        Assert.Equal((4 * plan.Rungs.Count) + 3, runs[..steps.Count].Sum(r => r.Count));
    }

    [Fact]
    public async Task Every_codec_writes_the_same_bytes_each_time_one_init_for_all_chunks_and_gops_where_the_others_are()
    {
        var (plan, master) = await MakeAsync(
            "testsrc2=s=320x180:r=30000/1001,noise=alls=20:allf=t", 8, new PlanningOptions { Hevc = true, Av1 = true });
        var steps = plan.Steps().Where(s => s.Kind == StepKind.Video).ToList();
        Assert.Equal(["v180", "v180-hevc", "v180-av1"], plan.Rungs.Select(r => r.Name));

        var runs = await Task.WhenAll(steps.Concat(steps).Select((step, i) => RunAsync(plan, step, master, $"run{i}")));

        Assert.Equal(runs[..steps.Count].SelectMany(r => r).Select(f => (f.Name, Convert.ToHexString(f.Bytes))),
            runs[steps.Count..].SelectMany(r => r).Select(f => (f.Name, Convert.ToHexString(f.Bytes))));
        foreach (var rendition in runs.SelectMany(r => r).Where(f => f.Name.EndsWith("mp4", StringComparison.Ordinal)).GroupBy(f => f.Name))
            Assert.Single(rendition.Select(f => Convert.ToHexString(f.Bytes[..CodedMaster.InitLength(f.Bytes)])).Distinct());
        var chunks = steps.Zip(runs, (step, files) => (step.Chunk, Rung: plan.RungsOf(step).Single(), files[^1].Bytes));
        foreach (var chunk in chunks.GroupBy(c => c.Chunk))
        {
            var packaged = new List<PackagedChunk>();
            foreach (var (index, rung, bytes) in chunk)
            {
                packaged.Add(await new VideoPackager(new MemoryBlobs()).PackageAsync(
                    new MemoryStream(bytes),
                    new VideoChunk("asset", "revision", plan.RenditionOf(rung), plan.Grid, index, plan.Chunk(index).Frames),
                    TestContext.Current.CancellationToken));
            }

            Assert.Equal(["avc1.64000d", "hvc1.1.6.L60.90", "av01.0.00M.08.0.111.01.01.01.0"], packaged.Select(p => p.Codecs));
            Assert.Single(packaged.Select(p => string.Join(' ', p.Run.Segments.SelectMany(s => s.IFrames).Select(i => i.Ticks))).Distinct());
        }
    }

    [Fact]
    public async Task The_smallest_rung_fits_a_cellular_line_however_hard_the_picture_is()
    {
        var (plan, master) = await MakeAsync("mandelbrot=s=416x234:r=30,noise=alls=40:allf=t", 12);
        Assert.Equal(["v234"], plan.Rungs.Select(r => r.Name));

        foreach (var step in plan.Steps().Where(s => s.Kind == StepKind.Video))
        {
            var bytes = (await RunAsync(plan, step, master, step.Name)).Single(f => f.Name == "v234.mp4").Bytes;

            // 192 kb/s less 46 kb/s for the small sound with its container.
            Assert.InRange((bytes.Length - CodedMaster.InitLength(bytes)) * 8 / (plan.Chunk(step.Chunk).Frames / 30.0), 80_000, 146_000);
        }
    }

    [Theory]
    [InlineData(9, 96, new[] { "sprite-0.jpg" })]
    // With what is left behind it.
    [InlineData(7, 120, new[] { "sprite-0.jpg", "sprite-1.jpg" })]
    public async Task The_first_sheet_begins_with_the_segment_before_its_chunk(int seconds, int frames, string[] sheets)
    {
        // Each second is lighter than the one before it.
        var (plan, master) = await MakeAsync("color=black:s=160x90:r=24,geq=lum='60+40*floor(N/48)':cb=128:cr=128", seconds);
        var step = plan.Steps().First(s => s.MakesSprite);
        Assert.Equal((1, frames), (step.Chunk, plan.Chunk(step.Chunk).Frames));

        var files = await RunAsync(plan, step, master, "out");

        Assert.Equal(sheets, files.Select(f => f.Name).Where(name => name.EndsWith("jpg", StringComparison.Ordinal)).Order());
        var rows = await Ffmpeg.RunAsync(
            "-v", "error", "-i", Path.Combine(_folder.FullName, "out", "sprite-0.jpg"), "-vf", "scale=1:3:flags=area,format=gray", "-f", "rawvideo", "-");
        Assert.Equal(3, rows.Length);
        Assert.All(rows.Zip(rows.Skip(1)), pair => Assert.InRange(pair.Second - pair.First, 30, 60));
        Assert.Equal(frames, (await CodedMaster.TimesAsync(Path.Combine(_folder.FullName, "out", "v90.mp4"))).Count);
    }

    [Fact]
    public async Task There_is_a_sprite_sheet_a_segment_of_one_thumbnail_a_gop_whatever_the_chunks_are()
    {
        var (plan, master) = await MakeAsync("testsrc2=s=160x90:r=24", 19);
        plan = plan with { Timeline = plan.Timeline with { Grid = plan.Grid with { ChunkSegments = [2, 4] } } };
        var step = plan.Steps().Last(s => s.MakesSprite);

        var files = await RunAsync(plan, step, master, "out");

        Assert.Equal(
            ["sprite-1.jpg", "sprite-2.jpg", "sprite-3.jpg"],
            files.Select(f => f.Name).Where(name => name.EndsWith("jpg", StringComparison.Ordinal)));
        foreach (var (name, bytes) in files.Where(f => f.Name.EndsWith("jpg", StringComparison.Ordinal)))
        {
            Assert.Equal("160,270", await SizeAsync(Path.Combine(_folder.FullName, "out", name)));
            // The last segment has one GOP; what follows it is blank.
            var last = await Ffmpeg.RunAsync(
                "-v", "error", "-i", Path.Combine(_folder.FullName, "out", name), "-vf", "crop=160:90:0:180,scale=1:1:flags=area,format=gray", "-f", "rawvideo", "-");
            Assert.Equal(name == "sprite-3.jpg", last[0] < 24);
        }
    }

    [Theory]
    [InlineData("testsrc2=s=1920x816:r=24", "1280,544")]
    [InlineData("testsrc2=s=90x160:r=24", "90,160")]
    public async Task A_poster_is_at_most_1280_wide(string picture, string size)
    {
        var (plan, master) = await MakeAsync(picture, 1.5);
        var poster = Path.Combine(_folder.FullName, "poster.jpg");

        await Ffmpeg.RunAsync(FfmpegArguments.ForPoster(plan, master, poster));

        Assert.Equal(size, await SizeAsync(poster));
    }

    [Theory]
    [InlineData("yuv420p10le", "libx265", 10)]
    [InlineData("yuv444p", "libx264", 8)]
    [InlineData("yuvj420p", "mjpeg", 8)]
    public async Task Any_pixel_format_becomes_8_bit_studio_bt709_with_codecs_as_planned(string format, string codec, int depth)
    {
        var master = Path.Combine(_folder.FullName, "m.mkv");
        await Ffmpeg.RunAsync(
            "-v", "error", "-y", "-f", "lavfi", "-i", "testsrc2=s=426x240:r=24:d=1", "-pix_fmt", format, "-c:v", codec, master);
        var report = await CodedMaster.ReportAsync(master);
        var plan = EncodingPlan.For(
            report with { Video = report.Video! with { Width = 426, Height = 240, BitDepth = depth, PixelFormat = format } }, new PlanningOptions());

        var step = plan.Steps().First();
        await RunAsync(plan, step, master, "out");
        var rung = plan.RungsOf(step)[^1];
        var line = await Ffmpeg.ProbeAsync(
            "-show_entries", "stream=profile,level,pix_fmt,color_range,color_space,width,height", "-of", "csv=p=0",
            Path.Combine(_folder.FullName, "out", $"{rung.Name}.mp4"));

        Assert.Equal(
            $"High,{rung.Width},{rung.Height},yuv420p,{rung.Level},tv,bt709", System.Text.Encoding.UTF8.GetString(line).Trim());
    }

    [Theory]
    [InlineData("smpte2084", VideoRange.Pq)]
    [InlineData("arib-std-b67", VideoRange.Hlg)]
    public async Task An_hdr_rung_has_the_masters_code_values_in_10_bits_and_says_what_they_mean(string transfer, VideoRange range)
    {
        var master = Path.Combine(_folder.FullName, "m.mkv");
        await Ffmpeg.RunAsync(
            "-v", "error", "-y", "-f", "lavfi", "-i", "color=c=0x8040c0:s=320x180:r=24:d=1,format=gbrp,scale=out_color_matrix=bt2020,format=yuv420p10le",
            "-colorspace", "bt2020nc", "-color_primaries", "bt2020", "-color_trc", transfer, "-c:v", "ffv1", master);
        var report = await CodedMaster.ReportAsync(master);
        var plan = EncodingPlan.For(
            report with
            {
                Video = report.Video! with
                {
                    Width = 320, Height = 180, BitDepth = 10, PixelFormat = "yuv420p10le", ColorTransfer = transfer, ColorSpace = "bt2020nc",
                    Hdr = Media.HdrOf(transfer),
                },
            },
            new PlanningOptions { Hevc = true });
        var step = plan.Steps().Single(s => s.JoinsLater);
        var rung = plan.RungsOf(step).Single();

        var bytes = (await RunAsync(plan, step, master, "out")).Single().Bytes;

        var path = Path.Combine(_folder.FullName, "out", $"{rung.Name}.mp4");
        Assert.Equal(
            $"Main 10,hvc1,yuv420p10le,tv,bt2020nc,{transfer},bt2020",
            System.Text.Encoding.UTF8.GetString(await Ffmpeg.ProbeAsync(
                "-show_entries", "stream=profile,codec_tag_string,pix_fmt,color_range,color_space,color_transfer,color_primaries", "-of", "csv=p=0", path)).Trim());
        Assert.Equal(await MiddleAsync(master), await MiddleAsync(path));
        var words = await Ffmpeg.WordsAsync(FfmpegArguments.ForComparison(plan, 0, [rung], master, Path.GetDirectoryName(path)!, withVmaf: false));
        Assert.InRange(Assert.Single(MeasureQuality.Read(words)).Psnr, 50, 100);
        var chunk = new VideoChunk("asset", "revision", plan.RenditionOf(rung), plan.Grid, 0, plan.Frames);
        var blobs = new MemoryBlobs();
        var packaged = await VideoSample.PackageAsync(blobs, bytes, chunk);
        Assert.Equal((range, "hvc1.2.4.L60.90"), (rung.Range, packaged.Codecs));

        // The same file as a rung of the other range would mislead players.
        var other = chunk with { Rendition = chunk.Rendition with { Range = range == VideoRange.Pq ? VideoRange.Hlg : VideoRange.Pq } };
        Assert.Equal("chunk_codec", (await Assert.ThrowsAsync<ChunkRejectedException>(() => VideoSample.PackageAsync(new MemoryBlobs(), bytes, other))).Code);
    }

    [Theory]
    [InlineData("format=gbrp", "gbrp", "gbr")]
    [InlineData("scale=out_color_matrix=bt2020,format=yuv444p", "yuv444p", "bt2020nc")]
    [InlineData("scale=out_color_matrix=bt601,format=yuv444p", "yuv444p", "smpte170m")]
    [InlineData("scale=out_color_matrix=bt709,format=yuv444p", "yuv444p", "bt709")]
    [InlineData("scale=out_color_matrix=smpte240m,format=yuv444p", "yuv444p", "smpte240m")]
    [InlineData("zscale=matrix=ycgco:range=limited,format=yuv444p", "yuv444p", "ycgco")]
    public async Task Red_stays_red_whatever_the_masters_matrix(string conversion, string format, string matrix)
    {
        var master = Path.Combine(_folder.FullName, "m.mkv");
        await Ffmpeg.RunAsync(
            "-v", "error", "-y", "-f", "lavfi", "-i", $"color=red:s=320x180:r=24:d=0.5,format=gbrp,{conversion},setparams=colorspace={matrix}", "-c:v", "ffv1", master);
        var report = await CodedMaster.ReportAsync(master);
        var plan = EncodingPlan.For(
            report with { Video = report.Video! with { Width = 320, Height = 180, PixelFormat = format, ColorSpace = matrix } }, new PlanningOptions());

        await RunAsync(plan, plan.Steps().First(), master, "out");
        var pixel = await Ffmpeg.RunAsync(
            "-v", "error", "-i", Path.Combine(_folder.FullName, "out", $"{plan.Rungs[0].Name}.mp4"), "-frames:v", "1",
            "-vf", "crop=2:2,scale=1:1:in_color_matrix=bt709,format=rgb24", "-f", "rawvideo", "-");

        Assert.InRange(pixel[0], 245, 255);
        Assert.InRange(pixel[1], 0, 8);
        Assert.InRange(pixel[2], 0, 8);
    }

    /// <summary>Untagged D-10 is BT.601 though it has more than 576 lines.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Lines_above_the_picture_are_not_shown(bool isInterlaced)
    {
        var master = Path.Combine(_folder.FullName, "m.mkv");
        await Ffmpeg.RunAsync(
            "-v", "error", "-y", "-f", "lavfi", "-i", "color=red:s=720x576:r=25:d=0.5,format=yuv422p,pad=720:608:0:32:white", "-c:v", "mpeg2video", "-q:v", "2", master);
        var report = await CodedMaster.ReportAsync(master);
        var plan = EncodingPlan.For(
            report with
            {
                Video = report.Video! with
                {
                    Width = 720, Height = 608, LinesAbove = 32, SampleAspect = Media.Rate("16/15"), PixelFormat = "yuv422p", ColorSpace = null, IsInterlaced = isInterlaced,
                },
            },
            new PlanningOptions());
        var poster = Path.Combine(_folder.FullName, "poster.jpg");

        await RunAsync(plan, plan.Steps().First(), master, "out");
        await Ffmpeg.RunAsync(FfmpegArguments.ForPoster(plan, master, poster));

        Assert.Equal((720, 540), (plan.Rungs[0].Width, plan.Rungs[0].Height));
        foreach (var (path, matrix) in ((string, string)[])[(Path.Combine(_folder.FullName, "out", $"{plan.Rungs[0].Name}.mp4"), "bt709"), (poster, "bt601")])
        {
            var pixel = await Ffmpeg.RunAsync(
                "-v", "error", "-i", path, "-frames:v", "1", "-vf", $"crop=2:2:0:0,scale=1:1:in_color_matrix={matrix},format=rgb24", "-f", "rawvideo", "-");
            Assert.InRange(pixel[0], 245, 255);
            Assert.InRange(pixel[1], 0, 8);
            Assert.InRange(pixel[2], 0, 8);
        }
    }

    private async Task<(EncodingPlan Plan, string Master)> MakeAsync(string picture, double seconds, PlanningOptions? options = null)
    {
        var master = Path.Combine(_folder.FullName, "m.mp4");
        await Ffmpeg.RunAsync(
            "-v", "error", "-y", "-f", "lavfi", "-i", $"{picture},trim=duration={seconds}", "-c:v", "libx264", "-preset", "ultrafast",
            "-pix_fmt", "yuv420p", master);
        var size = picture.Split("s=")[1].Split(':')[0].Split('x').Select(int.Parse).ToList();
        MediaReport report = await CodedMaster.ReportAsync(master);
        return (EncodingPlan.For(
            report with { Video = report.Video! with { Width = size[0], Height = size[1] } }, options ?? new PlanningOptions()), master);
    }

    private async Task<List<(string Name, byte[] Bytes)>> RunAsync(EncodingPlan plan, PlannedStep step, string master, string folder)
    {
        var output = _folder.CreateSubdirectory(folder);
        await Ffmpeg.RunAsync(FfmpegArguments.ForVideo(plan, step, master, output.FullName));
        return [.. output.GetFiles().OrderBy(f => f.Name, StringComparer.Ordinal).Select(f => (f.Name, File.ReadAllBytes(f.FullName)))];
    }

    /// <summary>Code values in the middle of the first picture, to within the encoder's loss.</summary>
    private static async Task<string> MiddleAsync(string path)
    {
        var samples = await Ffmpeg.RunAsync(
            "-v", "error", "-i", path, "-frames:v", "1", "-vf", "crop=2:2,format=yuv420p10le", "-f", "rawvideo", "-");
        return string.Join(' ', samples.Chunk(2).Select(pair => Math.Round(BitConverter.ToUInt16(pair) / 8.0)));
    }

    private static async Task<string> SizeAsync(string path) => System.Text.Encoding.UTF8.GetString(
        await Ffmpeg.ProbeAsync("-show_entries", "stream=width,height", "-of", "csv=p=0", path)).Trim();
}
