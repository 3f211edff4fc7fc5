using CliWrap;
using FlickStream.Standalone.Tests.Harness;
using FlickStream.Standalone.Tests.Text;

namespace FlickStream.Standalone.Tests.Players;

/// <summary>Viewers who begin before encoding has ended see the title to its end, through the change to a finished one.</summary>
[Collection(WithReadyTitle.Name)]
public sealed class GrowingTitleTests(GrowingTitleTests.Audience audience) : IClassFixture<GrowingTitleTests.Audience>
{
    private static readonly string[] Players = ["hls", "shaka-hls", "shaka-dash", "dashjs"];

    public static TheoryData<string> Names => [.. Players];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_title_plays_to_its_end_while_it_is_still_being_encoded(string player)
    {
        var run = audience.Runs[player];

        run.AssertFlawless(audience.Master.Frames, mayCatchUp: true);
        Assert.SkipUnless(run.StartedGrowing, "Encoding had ended before the player began: the master is too short for this machine.");
        Assert.Equal(audience.Master.Seconds, run.Duration!.Value, 1024.0 / TestMaster.SampleRate);
    }

    /// <summary>All players at once before one title, whose picture is encoded no faster than it is shown.</summary>
    public sealed class Audience : IAsyncLifetime
    {
        private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("flickstream-growing-");

        internal TestMaster Master { get; private set; } = null!;

        internal IReadOnlyDictionary<string, PlayerRun> Runs { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            var cancellation = TestContext.Current.CancellationToken;
            Master = await TestMaster.MakeAsync(Path.Combine(_folder.FullName, "growing.mov"), seconds: 32, cancellationToken: cancellation);
            var withText = await TextMaster.MuxAsync(Master.Path, Path.Combine(_folder.FullName, "growing.mkv"), cancellation);
            await using var flickStream = await RunningFlickStream.StartOnAsync(
                _folder.CreateSubdirectory("data").FullName,
                new Dictionary<string, string>
                {
                    ["Media__FfmpegPath"] = await SlowFfmpegAsync(cancellation), ["Media__Sandbox"] = "Off", ["Worker__EncodeSlots"] = "1",
                },
                cancellation);
            var assetId = await flickStream.Client.UploadAsync(withText, cancellation);
            await flickStream.Client.WaitForAsync(assetId, asset => asset.IsPlayable(), cancellation);
            var grant = await flickStream.Client.GrantAsync(assetId, cancellation);
            var runs = await Task.WhenAll(Players.Select(player => PlayerRun.OfAsync(
                player, player is "hls" or "shaka-hls" ? grant.Hls : grant.Dash, Master.FramesPerSecond, isGrowing: true, cancellation)));
            Runs = Players.Zip(runs).ToDictionary(pair => pair.First, pair => pair.Second, StringComparer.Ordinal);
        }

        public ValueTask DisposeAsync()
        {
            _folder.Delete(recursive: true);
            return default;
        }

        /// <summary>Reads a master at the rate of its clock where it makes picture out of it.</summary>
        private async Task<string> SlowFfmpegAsync(CancellationToken cancellation)
        {
            var path = Path.Combine(_folder.FullName, "slow-ffmpeg");
            const string Script = """
                #!/bin/bash
                case "$*" in *-video_track_timescale*) ;; *) exec ffmpeg "$@" ;; esac
                arguments=()
                for argument; do
                  [[ $argument != -i ]] || arguments+=(-readrate 1)
                  arguments+=("$argument")
                done
                exec ffmpeg "${arguments[@]}"
                """;
            await File.WriteAllTextAsync(path, Script, cancellation);
            await Cli.Wrap("chmod").WithArguments(["u+x", path]).ExecuteAsync(cancellation);
            return path;
        }
    }
}
