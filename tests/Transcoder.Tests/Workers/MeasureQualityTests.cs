using FlickStream.Platform.Contracts;
using FlickStream.Transcoder.Tests.Board;
using FlickStream.Transcoder.Planning;
using FlickStream.Transcoder.Workers;

namespace FlickStream.Transcoder.Tests.Workers;

public sealed class MeasureQualityTests
{
    [Fact]
    public void Figures_are_read_in_the_order_of_the_graph()
    {
        var read = MeasureQuality.Read(
            """
            [Parsed_psnr_9 @ 0x55d] PSNR y:31.500000 u:40.1 v:40.2 average:33.0 min:31.0 max:32.0
            [Parsed_ssim_8 @ 0x55c] SSIM Y:0.901000 (10.04) U:0.9 V:0.9 All:0.9 (10.0)
            [Parsed_psnr_6 @ 0x55b] PSNR y:inf u:inf v:inf average:inf min:inf max:inf
            [Parsed_ssim_5 @ 0x55a] SSIM Y:1.000000 (inf) U:1.0 V:1.0 All:1.0 (inf)
            """);

        Assert.Equal([new RenditionQuality(1, 100), new RenditionQuality(0.901, 31.5)], read);
    }

    [Fact]
    public void Vmaf_is_read_where_a_build_has_it()
    {
        var read = MeasureQuality.Read(
            """
            [Parsed_libvmaf_7 @ 0x55c] VMAF score: 93.120000
            [Parsed_psnr_6 @ 0x55b] PSNR y:41.000000 u:42.1 v:42.2 average:41.3 min:40.0 max:42.0
            [Parsed_ssim_5 @ 0x55a] SSIM Y:0.990000 (20.0) U:1.0 V:1.0 All:1.0 (20.0)
            """);

        Assert.Equal([new RenditionQuality(0.99, 41, 93.12)], read);
        var plan = EncodingPlan.For(Planning.Media.Of(), new PlanningOptions());
        string Graph(bool withVmaf) => string.Join(' ', FfmpegArguments.ForComparison(plan, 1, plan.Rungs, "/m", "/out", withVmaf));
        Assert.Equal(plan.Rungs.Count, Graph(withVmaf: true).Split("]libvmaf[").Length - 1);
        Assert.DoesNotContain("vmaf", Graph(withVmaf: false), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, "0")]
    [InlineData(2.5, "0")]
    [InlineData(5, "1")]
    [InlineData(6.5, "1")]
    [InlineData(20, "2")]
    [InlineData(66, "2 6 10")]
    public void A_title_that_lasts_is_compared_at_several_places_and_a_short_one_where_there_is_a_gop(double seconds, string places)
    {
        var plan = EncodingPlan.For(Planning.Media.Of(seconds: seconds), new PlanningOptions());
        Assert.Equal(places, string.Join(' ', MeasureQuality.Places(plan.Grid, plan.Frames)));
    }

    [Fact]
    public void A_log_without_all_figures_gives_none() => Assert.Empty(MeasureQuality.Read("[Parsed_ssim_5 @ 0x55a] SSIM Y:0.950000 (13.0) U:1"));

    [Fact]
    public async Task A_title_whose_master_is_gone_is_left_alone()
    {
        await using var board = new BoardFixture();
        var job = await board.ReadyAsync("title");

        Assert.True(await board.Quality.RunAsync(job, BoardFixture.Stop));

        Assert.All((await board.CurrentAsync()).Video, rung => Assert.Null(rung.Quality));
    }
}
