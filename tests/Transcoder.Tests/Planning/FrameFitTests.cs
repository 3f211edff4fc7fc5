using FlickStream.Transcoder.Planning;

namespace FlickStream.Transcoder.Tests.Planning;

/// <summary>The real ffmpeg: white pictures that are of one kind for three seconds and then of another, in chunks that begin in both.</summary>
public sealed class FrameFitTests : IDisposable
{
    private const int Across = 32;
    private const int Down = 18;
    private const int Change = 3;
    // So that the last chunk is read from behind the change.
    private const int Length = 20;

    private static readonly string[] Whole = ["-c:v", "libx264", "-preset", "ultrafast", "-g", "12", "-pix_fmt", "yuv420p"];
    private static readonly string[] Fields = ["-c:v", "mpeg2video", "-flags", "+ilme+ildct", "-top", "1", "-g", "12", "-q:v", "3"];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("flickstream-fit-");

    public void Dispose() => _folder.Delete(recursive: true);

    public static TheoryData<string, string, string, string, bool, string?, double, double> Changes => new()
    {
        // A phone that is turned: 81 of 256 columns.
        { "portrait", "256x144,setsar=1", "144x256,setsar=1", "1", false, null, 0.316, 1 },
        { "portrait in HDR", "256x144,setsar=1", "144x256,setsar=1", "1", false, "smpte2084", 0.316, 1 },
        { "smaller", "256x144,setsar=1", "128x72,setsar=1", "1", false, null, 1, 1 },
        { "wider pixels", "192x144,setsar=1", "192x144,setsar=4/3", "1", false, null, 1, 0.75 },
        // Broadcasts: fewer columns of wider pixels, and a wide screen.
        { "fields of fewer columns", "360x288,setsar=16/15", "272x288,setsar=24/17", "16/15", true, null, 1, 1 },
        { "fields of wider pixels", "360x288,setsar=16/15", "360x288,setsar=64/45", "16/15", true, null, 1, 0.75 },
        { "fields of narrower pixels", "360x288,setsar=64/45", "360x288,setsar=16/15", "64/45", true, null, 0.75, 1 },
    };

    [Theory]
    [MemberData(nameof(Changes))]
    public async Task Pictures_that_change_on_the_way_are_shown_whole_and_in_their_own_shape(
        string change, string first, string then, string aspect, bool isInterlaced, string? transfer, double width, double height)
    {
        var plan = await PlanAsync(first, then, aspect, isInterlaced, transfer);
        Assert.InRange(plan.ChunkCount, 3, 9);
        var frame = 0;
        foreach (var step in plan.Steps().Where(s => s.Kind == StepKind.Video))
        {
            if (plan.RungsOf(step)[0] != plan.Rungs[0]) continue;
            foreach (var picture in await PicturesAsync(plan, step))
            {
                var seconds = (frame++ + 0.5) / plan.Grid.FrameRate.Value;
                // A frame or a field of the other kind may be at the seam.
                if (Math.Abs(seconds - Change) < 0.1) continue;
                var (across, down) = seconds < Change ? (1, 1) : (width, height);
                for (var i = 0; i < picture.Length; i++)
                {
                    var (x, y) = (Math.Abs(((i % Across) + 0.5) / Across - 0.5) * 2, Math.Abs(((i / Across) + 0.5) / Down - 0.5) * 2);
                    // What lies on the edge is neither.
                    if (Math.Abs(x - across) < 2.5 / Across || Math.Abs(y - down) < 2.5 / Down) continue;
                    Assert.True(
                        x < across && y < down ? picture[i] > 160 : picture[i] < 48, $"{change}: {picture[i]} at {i % Across},{i / Across} after {seconds:0.00} s");
                }
            }
        }

        // MPEG-2's decoder lets go of the picture that it holds where another size begins.
        Assert.InRange(frame, plan.Frames - (isInterlaced ? 2 : 0), plan.Frames);
    }

    [Fact]
    public async Task A_poster_from_behind_the_change_has_the_titles_frame()
    {
        var plan = await PlanAsync("256x144,setsar=1", "144x256,setsar=1", "1", isInterlaced: false, transfer: null);
        var poster = Path.Combine(_folder.FullName, "poster.jpg");
        var late = plan with { Media = plan.Media with { Video = plan.Picture with { StartSeconds = 17 } } };

        await Ffmpeg.RunAsync(FfmpegArguments.ForPoster(late, Path.Combine(_folder.FullName, "m.ts"), poster));

        var picture = Assert.Single(await PicturesAsync(poster));
        Assert.True(picture[(Down / 2 * Across) + 2] < 48 && picture[(Down / 2 * Across) + (Across / 2)] > 200);
    }

    private async Task<EncodingPlan> PlanAsync(string first, string then, string aspect, bool isInterlaced, string? transfer)
    {
        foreach (var (part, picture) in ((int, string)[])[(1, first), (2, then)])
        {
            await Ffmpeg.RunAsync(
                ["-v", "error", "-y", "-f", "lavfi", "-i", $"color=white:r=25:d={(part == 1 ? Change : Length - Change)},scale=s={picture}", .. isInterlaced ? Fields : Whole, "-output_ts_offset", $"{(part - 1) * Change}", Path.Combine(_folder.FullName, $"{part}.ts")]);
        }

        var master = Path.Combine(_folder.FullName, "m.ts");
        await File.WriteAllBytesAsync(
            master,
            [.. await File.ReadAllBytesAsync(Path.Combine(_folder.FullName, "1.ts"), Ct), .. await File.ReadAllBytesAsync(Path.Combine(_folder.FullName, "2.ts"), Ct)], Ct);
        var size = first.Split(',')[0].Split('x').Select(int.Parse).ToList();
        var report = await CodedMaster.ReportAsync(master);
        return EncodingPlan.For(
            report with
            {
                Video = report.Video! with
                {
                    Width = size[0], Height = size[1], SampleAspect = Media.Rate(aspect), IsInterlaced = isInterlaced, FrameRate = 25, LeadSeconds = 0.5,
                    ColorTransfer = transfer, ColorSpace = transfer is null ? null : "bt2020nc", Hdr = Media.HdrOf(transfer),
                },
            },
            new PlanningOptions());
    }

    private async Task<List<byte[]>> PicturesAsync(EncodingPlan plan, PlannedStep step)
    {
        var output = _folder.CreateSubdirectory(step.Name);
        await Ffmpeg.RunAsync(FfmpegArguments.ForVideo(plan, step, Path.Combine(_folder.FullName, "m.ts"), output.FullName));
        return await PicturesAsync(FfmpegArguments.RungPath(output.FullName, plan.Rungs[0]));
    }

    private static async Task<List<byte[]>> PicturesAsync(string path) =>
        [.. (await Ffmpeg.RunAsync("-v", "error", "-i", path, "-vsync", "passthrough", "-vf", $"scale={Across}:{Down}:flags=area,format=gray", "-f", "rawvideo", "-")).Chunk(Across * Down)];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;
}
