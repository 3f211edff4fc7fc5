using FlickStream.Standalone.Tests.Harness;

namespace FlickStream.Standalone.Tests.Players;

/// <summary>What ffmpeg, as an HLS and as a DASH client, decodes of a finished title, compared with the master.</summary>
[Collection(WithReadyTitle.Name)]
public sealed class FfmpegClientTests(ReadyTitle title)
{
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
    public Task Sound_is_as_long_as_the_master_and_stays_with_the_picture(string protocol) => SoundInStep.CheckAsync(UrlOf(protocol), title.Master, Cancellation);

    private string UrlOf(string protocol) => protocol == "hls" ? title.Grant.Hls : title.Grant.Dash;
}
