using FlickStream.Standalone.Tests.Harness;

namespace FlickStream.Standalone.Tests.Players;

/// <summary>A title in H.264, HEVC and AV1. Chromium decodes HEVC only where the machine's hardware does.</summary>
[Collection(WithReadyTitle.Name)]
public sealed class SeveralCodecsTests(SeveralCodecsTests.Title title) : IClassFixture<SeveralCodecsTests.Title>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("hls")]
    [InlineData("dash")]
    public async Task Every_rung_of_every_codec_has_every_frame(string protocol)
    {
        var rungs = await FfmpegClient.FramesOfRungsAsync(UrlOf(protocol), Cancellation);

        Assert.Equal(Enumerable.Repeat(title.Master.Frames, 4), rungs);
    }

    [Theory]
    [InlineData("hls", "hls")]
    [InlineData("shaka-hls", "hls")]
    [InlineData("shaka-dash", "dash")]
    [InlineData("dashjs", "dash")]
    public async Task A_player_takes_a_codec_that_its_browser_can_decode(string player, string protocol)
    {
        var run = await PlayerRun.OfAsync(player, UrlOf(protocol), title.Master.FramesPerSecond, isGrowing: false, Cancellation);

        TestContext.Current.TestOutputHelper?.WriteLine($"{player} had {string.Join(", ", run.Codecs ?? [])} and played {run.Codec}");
        run.AssertFlawless(title.Master.Frames);
        Assert.Matches("^(avc1|av01|hvc1)[.]", run.Codec!);
    }

    private string UrlOf(string protocol) => protocol == "hls" ? title.Grant.Hls : title.Grant.Dash;

    public sealed class Title : IAsyncLifetime
    {
        private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("flickstream-codecs-");
        private RunningFlickStream? _running;

        internal TestMaster Master { get; private set; } = null!;

        internal Studio.Grant Grant { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            var cancellation = TestContext.Current.CancellationToken;
            Master = await TestMaster.MakeAsync(Path.Combine(_folder.FullName, "master.mov"), seconds: 13, cancellationToken: cancellation);
            var data = _folder.CreateSubdirectory("data").FullName;
            _running = await RunningFlickStream.StartOnAsync(
                data, new Dictionary<string, string> { ["Planning__Hevc"] = "true", ["Planning__Av1"] = "true" }, cancellation);
            var assetId = await _running.Client.UploadAsync(Master.Path, cancellation);
            await _running.Client.WaitForAsync(assetId, asset => asset.StateIs("ready"), cancellation);
            Grant = await _running.Client.GrantAsync(assetId, cancellation);
        }

        public async ValueTask DisposeAsync()
        {
            if (_running is not null) await _running.DisposeAsync();
            _folder.Delete(recursive: true);
        }
    }
}
