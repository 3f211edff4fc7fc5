using CliWrap;
using CliWrap.Buffered;
using FlickStream.Standalone.Tests.Harness;

namespace FlickStream.Standalone.Tests.Players;

/// <summary>A title in H.264, HEVC and AV1. Chromium decodes HEVC only where the machine's hardware does.</summary>
[Collection(WithAnotherTitle.Name)]
public sealed class SeveralCodecsTests(SeveralCodecsTests.Title title) : IClassFixture<SeveralCodecsTests.Title>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    // An only rung of a codec comes with each of two sounds in HLS.
    [InlineData("hls", 6)]
    [InlineData("dash", 4)]
    public async Task Every_rung_of_every_codec_has_every_frame(string protocol, int offered)
    {
        var rungs = await FfmpegClient.FramesOfRungsAsync(UrlOf(protocol), Cancellation);

        Assert.Equal(Enumerable.Repeat(title.Master.Frames, offered), rungs);
    }

    [Theory]
    [InlineData("hls", "hls")]
    [InlineData("shaka-dash", "dash")]
    [InlineData("dashjs", "dash")]
    public async Task A_player_takes_a_codec_that_its_browser_can_decode(string player, string protocol)
    {
        var run = await PlayerRun.OfAsync(player, UrlOf(protocol), title.Master.FramesPerSecond, isGrowing: false, Cancellation);

        TestContext.Current.TestOutputHelper?.WriteLine($"{player} had {string.Join(", ", run.Codecs ?? [])} and played {run.Codec}");
        run.AssertFlawless(title.Master.Frames);
        Assert.Matches("^(avc1|av01|hvc1)[.]", run.Codec!);
    }

    [Fact]
    public async Task An_hdr_master_keeps_its_range_in_hevc_alone()
    {
        var main = (await title.Client.GetStringAsync(new Uri(title.HdrGrant.Hls), Cancellation)).Split('\n');
        var variants = main.Index().Where(line => line.Item.StartsWith("#EXT-X-STREAM-INF", StringComparison.Ordinal))
            .Select(line => (Attributes: line.Item, Uri: new Uri(new Uri(title.HdrGrant.Hls), main[line.Index + 1]))).ToList();

        Assert.All(variants, v => Assert.Equal(
            v.Attributes.Contains("CODECS=\"hvc1.2.", StringComparison.Ordinal), v.Attributes.Contains(",VIDEO-RANGE=PQ,", StringComparison.Ordinal)));
        var hdr = Assert.Single(variants, v => v.Attributes.Contains(",VIDEO-RANGE=PQ,", StringComparison.Ordinal));
        var probe = await Cli.Wrap("ffprobe")
            .WithArguments(
            [
                "-v", "error", "-select_streams", "v", "-show_entries", "stream=pix_fmt,color_range,color_space,color_transfer,color_primaries",
                "-of", "csv=p=0", hdr.Uri.ToString(),
            ])
            .ExecuteBufferedAsync(Cancellation);
        Assert.Equal("yuv420p10le,tv,bt2020nc,smpte2084,bt2020", probe.StandardOutput.Trim().Split('\n')[0].Trim(','));
        Assert.All(await FfmpegClient.FramesOfRungsAsync(title.HdrGrant.Hls, Cancellation), frames => Assert.Equal(48, frames));
    }

    private string UrlOf(string protocol) => protocol == "hls" ? title.Grant.Hls : title.Grant.Dash;

    public sealed class Title : IAsyncLifetime
    {
        private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("flickstream-codecs-");
        private RunningFlickStream? _running;

        internal TestMaster Master { get; private set; } = null!;

        internal Studio.Grant Grant { get; private set; } = null!;

        internal Studio.Grant HdrGrant { get; private set; } = null!;

        internal HttpClient Client => _running!.Client;

        public async ValueTask InitializeAsync()
        {
            var cancellation = TestContext.Current.CancellationToken;
            Master = await TestMaster.MakeAsync(Path.Combine(_folder.FullName, "master.mov"), seconds: 9, cancellationToken: cancellation);
            var data = _folder.CreateSubdirectory("data").FullName;
            _running = await RunningFlickStream.StartOnAsync(
                data,
                new Dictionary<string, string>
                {
                    ["Planning__Hevc"] = "true", ["Planning__HevcPreset"] = "ultrafast", ["Planning__Av1"] = "true", ["Planning__Av1Preset"] = "12",
                },
                cancellation);
            Grant = await GrantAsync(Master.Path, cancellation);
            HdrGrant = await GrantAsync(await MakeHdrAsync(cancellation), cancellation);
        }

        private async Task<Studio.Grant> GrantAsync(string master, CancellationToken cancellation)
        {
            var assetId = await Client.UploadAsync(master, cancellation);
            await Client.WaitForAsync(assetId, asset => asset.StateIs("ready"), cancellation);
            return await Client.GrantAsync(assetId, cancellation);
        }

        private async Task<string> MakeHdrAsync(CancellationToken cancellation)
        {
            var path = Path.Combine(_folder.FullName, "hdr.mp4");
            await Cli.Wrap("ffmpeg")
                .WithArguments(
                [
                    "-nostdin", "-v", "error", "-f", "lavfi", "-i", "testsrc2=s=320x180:r=24:d=2,format=yuv420p10le", "-c:v", "libx265",
                    "-preset", "ultrafast", "-tag:v", "hvc1", "-colorspace", "bt2020nc", "-color_primaries", "bt2020", "-color_trc", "smpte2084",
                    "-x265-params", "log-level=error:max-cll=1000,400:"
                        + "master-display=G(13250,34500)B(7500,3000)R(34000,16000)WP(15635,16450)L(10000000,50)", path,
                ])
                .ExecuteAsync(cancellation);
            return path;
        }

        public async ValueTask DisposeAsync()
        {
            if (_running is not null) await _running.DisposeAsync();
            _folder.Delete(recursive: true);
        }
    }
}
