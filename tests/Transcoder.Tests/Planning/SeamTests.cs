using System.Text;
using FlickStream.Platform.Contracts;
using FlickStream.Transcoder.Planning;

namespace FlickStream.Transcoder.Tests.Planning;

/// <summary>The real ffmpeg: what the filters yield in chunks is, pixel by pixel, what they yield of the whole master.</summary>
public sealed class SeamTests : IDisposable
{
    private const string Interlaced = "tinterlace=interleave_top";
    private const string Telecined = "telecine=first_field=top";
    private static readonly string[] Marked = ["-flags", "+ildct+ilme", "-x264-params", "tff=1:keyint=40:scenecut=0"];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("flickstream-seams-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("mkv")]
    [InlineData("mp4")]
    [InlineData("ts")]
    public async Task Fields(string container)
    {
        var frames = await AssertSeamlessAsync(container, "60000/1001", 240, Interlaced, video => video with { IsInterlaced = true });
        Assert.InRange(frames, 239, 240);
    }

    [Theory]
    [InlineData("mkv")]
    [InlineData("mp4")]
    [InlineData("ts")]
    public async Task Telecined_film(string container)
    {
        var frames = await AssertSeamlessAsync(container, "24000/1001", 150, Telecined, video => video with { IsTelecined = true });
        Assert.InRange(frames, 148, 151);
    }

    [Fact]
    public async Task A_variable_rate() => await AssertSeamlessAsync(
        "mkv", "30", 150, "settb=1/90000,setpts='N*3000+800*sin(2*N)'",
        video => video with { IsVariableRate = true, MotionRate = Media.Rate("30000/1001") });

    [Theory]
    [InlineData(HdrTransfer.Pq)]
    [InlineData(HdrTransfer.Hlg)]
    public async Task High_dynamic_range(HdrTransfer transfer) => await AssertSeamlessAsync(
        "mkv", "24", 100, "format=yuv420p10le", video => video with { PixelFormat = "yuv420p10le", Hdr = new HdrReport(transfer, null, null, null, null) });

    /// <returns>How many frames came out.</returns>
    private async Task<int> AssertSeamlessAsync(
        string container, string rate, int frames, string filters, Func<VideoReport, VideoReport> found)
    {
        var master = Path.Combine(_folder.FullName, $"m.{container}");
        await Ffmpeg.RunAsync(
            "-v", "error", "-y", "-f", "lavfi", "-i", $"testsrc2=s=256x144:r={rate},trim=end_frame={frames}", "-vf", filters, "-fps_mode", "vfr", "-enc_time_base", "1/90000",
            "-c:v", "libx264", "-preset", "ultrafast", "-qp", "12", Marked[0], Marked[1], Marked[2], Marked[3], master);
        var report = await CodedMaster.ReportAsync(master);
        var plan = EncodingPlan.For(report with { Video = found(report.Video!) }, new PlanningOptions());

        // Lengths with no common factor put seams everywhere in the master's GOPs and in the cadence of its fields.
        var chunks = await HashesAsync(plan, master, plan.Grid with { GopFrames = 11, SegmentFrames = 33, ChunkSegments = [1], FirstFrames = 11 });
        var whole = await HashesAsync(plan, master, plan.Grid with { GopFrames = 11, SegmentFrames = 1100, ChunkSegments = [1], FirstFrames = 0 });

        Assert.Equal(whole, chunks);
        return chunks.Count;
    }

    private static async Task<List<string>> HashesAsync(EncodingPlan plan, string master, SegmentGrid grid)
    {
        plan = plan with { Timeline = plan.Timeline with { Grid = grid } };
        var hashes = new List<string>();
        foreach (var step in plan.Steps().Where(step => step.Kind == StepKind.Video && step.Renditions.Contains(plan.LastOpening.Name)))
        {
            var arguments = FfmpegArguments.ForVideo(plan, step, master, "/nowhere").ToList();
            var graph = arguments.IndexOf("-filter_complex") + 1;
            var printed = await Ffmpeg.RunAsync(
            [
                .. arguments.Take(graph + 1), "-map", $"[{plan.RungsOf(step)[^1].Name}]", "-fps_mode", "passthrough", "-f", "framemd5", "-",
                .. step.MakesSprite ? ["-map", "[sprite]", "-f", "null", "-"] : Array.Empty<string>(),
            ]);
            hashes.AddRange(Encoding.ASCII.GetString(printed).Split('\n').Where(line => line is not ("" or ['#', ..])).Select(line => line.Split(',')[^1].Trim()));
        }

        return hashes;
    }
}
