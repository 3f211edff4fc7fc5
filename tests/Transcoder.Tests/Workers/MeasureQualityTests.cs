using FlickStream.Platform.Contracts;
using FlickStream.Transcoder.Planning;
using FlickStream.Transcoder.Tests.Planning;
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
    public void A_log_without_all_figures_gives_none() => Assert.Empty(MeasureQuality.Read("[Parsed_ssim_5 @ 0x55a] SSIM Y:0.950000 (13.0) U:1"));

    [Fact]
    public void One_chunk_of_a_title_is_measured()
    {
        var plan = EncodingPlan.For(Media.Of(640, 360, seconds: 120), new PlanningOptions());

        Assert.Equal(plan.ChunkCount / 2, Assert.Single(plan.Steps(), step => MeasureQuality.Wants(plan, step)).Chunk);
    }
}
