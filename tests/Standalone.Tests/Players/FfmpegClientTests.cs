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
    public async Task Sound_is_as_long_as_the_master_and_stays_with_the_picture(string protocol)
    {
        var timing = await FfmpegClient.TimingAsync(UrlOf(protocol), Cancellation);
        Assert.Equal(title.Master.Seconds * TestMaster.SampleRate, timing.Samples, 1024.0 + 48);
        Assert.Equal(title.Master.Seconds, timing.Flashes.Count);
        Assert.Equal(title.Master.Seconds, timing.Beeps.Count);
        Assert.All(timing.Flashes, (flash, second) => Assert.Equal(second, flash, 0.001));

        var offsets = timing.Beeps.Zip(timing.Flashes, (beep, flash) => beep - flash).ToList();
        TestContext.Current.TestOutputHelper?.WriteLine($"sound after picture, first {offsets[0] * 1000:0.0} ms, last {offsets[^1] * 1000:0.0} ms, worst {offsets.MaxBy(Math.Abs) * 1000:0.0} ms");
        Assert.All(offsets, offset => Assert.InRange(offset, -MostOffset, MostOffset));
    }

    private string UrlOf(string protocol) => protocol == "hls" ? title.Grant.Hls : title.Grant.Dash;
}
