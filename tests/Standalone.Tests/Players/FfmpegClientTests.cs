using FlickStream.Standalone.Tests.Harness;

namespace FlickStream.Standalone.Tests.Players;

/// <summary>What ffmpeg, as an HLS and as a DASH client, decodes of a finished title, compared with the master.</summary>
[Collection(WithReadyTitle.Name)]
public sealed class FfmpegClientTests(ReadyTitle title)
{
    private const double MostOffset = 0.020;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<string> Protocols => ["hls", "dash"];

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task Every_rung_has_every_frame_of_the_master(string protocol)
    {
        var rungs = await FfmpegClient.FramesOfRungsAsync(UrlOf(protocol), Cancellation);
        Assert.True(rungs.Count > 1);
        Assert.All(rungs, frames => Assert.Equal(title.Master.Frames, frames));
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public Task Sound_is_as_long_as_the_master_and_stays_with_the_picture(string protocol) => CheckTimingAsync(UrlOf(protocol), title.Master);

    [Fact]
    public async Task Sound_stays_with_the_picture_for_ten_minutes()
    {
        var path = Path.Combine(Path.GetDirectoryName(title.Master.Path)!, "ten-minutes.mov");
        var master = await TestMaster.MakeAsync(path, seconds: 600, width: 160, height: 90, cancellationToken: Cancellation);
        var assetId = await title.FlickStream.Client.UploadAsync(path, Cancellation);
        await title.FlickStream.Client.WaitForAsync(assetId, asset => asset.StateIs("ready"), Cancellation);
        var grant = await title.FlickStream.Client.GrantAsync(assetId, Cancellation);

        Assert.Equal([master.Frames], await FfmpegClient.FramesOfRungsAsync(grant.Hls, Cancellation));
        await CheckTimingAsync(grant.Hls, master);
    }

    private static async Task CheckTimingAsync(string url, TestMaster master)
    {
        var timing = await FfmpegClient.TimingAsync(url, Cancellation);
        Assert.Equal(master.Seconds * TestMaster.SampleRate, timing.Samples, 1024.0 + 48);
        Assert.Equal(master.Seconds, timing.Flashes.Count);
        Assert.Equal(master.Seconds, timing.Beeps.Count);
        Assert.All(timing.Flashes, (flash, second) => Assert.Equal(second, flash, 0.001));

        var offsets = timing.Beeps.Zip(timing.Flashes, (beep, flash) => beep - flash).ToList();
        TestContext.Current.TestOutputHelper?.WriteLine($"sound after picture, first {offsets[0] * 1000:0.0} ms, last {offsets[^1] * 1000:0.0} ms, worst {offsets.MaxBy(Math.Abs) * 1000:0.0} ms");
        Assert.All(offsets, offset => Assert.InRange(offset, -MostOffset, MostOffset));
    }

    private string UrlOf(string protocol) => protocol == "hls" ? title.Grant.Hls : title.Grant.Dash;
}
