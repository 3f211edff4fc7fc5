using FlickStream.Platform.Contracts;

namespace FlickStream.Ingest.Tests.Inspection;

/// <summary>What light a picture holds, by the real x265.</summary>
public sealed class HdrTests : InspectionBench
{
    [Theory]
    [InlineData("m.mp4", "transfer=bt2020-10:atc-sei=18", HdrTransfer.Hlg)]
    [InlineData("m.mkv", "transfer=bt2020-10:atc-sei=18", HdrTransfer.Hlg)]
    [InlineData("m.mp4", "atc-sei=18", HdrTransfer.Hlg)]
    [InlineData("m.mp4", "transfer=bt2020-10", null)]
    [InlineData("m.mp4", "", null)]
    [InlineData("m.mp4", "transfer=smpte2084", HdrTransfer.Pq)]
    public async Task The_pictures_tell_of_light_that_the_header_does_not(string file, string said, HdrTransfer? transfer)
    {
        var path = await FfmpegAsync(
            file,
            [
                "-f", "lavfi", "-i", "testsrc2=s=160x92:r=25:d=0.4", "-c:v", "libx265", "-preset", "ultrafast", "-pix_fmt", "yuv420p10le",
                "-x265-params", $"log-level=none:pools=1:colorprim=bt2020:colormatrix=bt2020nc{(said.Length > 0 ? ":" : "")}{said}",
            ]);

        Assert.Equal(transfer, (await AcceptedAsync(path)).Video!.Hdr?.Transfer);
    }
}
