using CliWrap;
using FlickStream.Standalone.Tests.Harness;

namespace FlickStream.Standalone.Tests.Page;

/// <summary>Titles without a picture, in real players and at the page.</summary>
[Collection(WithReadyTitle.Name)]
public sealed class SoundAloneTests(ReadyTitle title, SoundAloneTests.Song song) : IClassFixture<SoundAloneTests.Song>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    internal sealed record Run(string? Fatal, IReadOnlyList<string> Errors, IReadOnlyList<string> Refused, int Gaps, bool Ended, double Duration, int Width);

    internal sealed record Visit(string? Fatal, IReadOnlyList<string> Complaints, IReadOnlyList<int>? Poster, double FirstTone, string? PlayerProblem);

    public static TheoryData<string> Names => [.. Song.Players];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_player_plays_it_to_its_end(string player)
    {
        var run = (await song.RunsOnAsync(title.FlickStream))[player];

        Assert.Null(run.Fatal);
        PlayerErrors.AssertNone(run.Errors);
        Assert.Empty(run.Refused);
        Assert.True(run.Ended);
        Assert.Equal((0, 0), (run.Gaps, run.Width));
        Assert.InRange(run.Duration, Song.Seconds - 0.05, Song.Seconds + 0.1);
    }

    [Fact]
    public async Task The_page_plays_it_and_shows_its_cover()
    {
        var assetId = await song.OnAsync(title.FlickStream);

        var visit = await NodeScript.RunAsync<Visit>(
            "sound.mjs", ["--page", title.FlickStream.Page.AbsoluteUri, "--asset", assetId, "--alone"], Cancellation);

        Assert.Null(visit.Fatal);
        Assert.Empty(visit.Complaints);
        Assert.Equal([500, 400], visit.Poster);
        Assert.Equal(700, visit.FirstTone, 15.0);
        Assert.Equal("", visit.PlayerProblem);
    }

    /// <summary>In 5.1, with cover art.</summary>
    public sealed class Song : IAsyncDisposable
    {
        public const int Seconds = 20;
        internal static readonly string[] Players = ["hls", "shaka-hls", "shaka-dash", "dashjs"];

        private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("flickstream-song-");
        private RunningFlickStream? _flickStream;
        private string? _assetId;
        private Dictionary<string, Run>? _runs;

        public async ValueTask DisposeAsync()
        {
            _folder.Delete(recursive: true);
            if (_flickStream is not null) await _flickStream.Client.DeleteAsync(new Uri($"/api/assets/{_assetId}", UriKind.Relative));
        }

        /// <summary>All players at once: each plays in real time, and sound alone costs them little.</summary>
        internal async Task<IReadOnlyDictionary<string, Run>> RunsOnAsync(RunningFlickStream flickStream)
        {
            if (_runs is not null) return _runs;
            var grant = await flickStream.Client.GrantAsync(await OnAsync(flickStream), Cancellation);
            var runs = await Task.WhenAll(Players.Select(player => NodeScript.RunAsync<Run>(
                "sound-alone.mjs",
                ["--player", player, "--url", player is "shaka-dash" or "dashjs" ? grant.Dash : grant.Hls, "--seconds", $"{Seconds}"],
                Cancellation)));
            return _runs = Players.Zip(runs).ToDictionary(pair => pair.First, pair => pair.Second, StringComparer.Ordinal);
        }

        internal async Task<string> OnAsync(RunningFlickStream flickStream)
        {
            if (_assetId is not null) return _assetId;
            var (cover, path) = (Path.Combine(_folder.FullName, "cover.png"), Path.Combine(_folder.FullName, "Song.m4a"));
            var tone = "0.2*sin(2*PI*700*t)";
            await Cli.Wrap("ffmpeg")
                .WithArguments(["-nostdin", "-v", "error", "-f", "lavfi", "-i", "color=orange:s=500x400", "-frames:v", "1", cover])
                .ExecuteAsync(Cancellation);
            await Cli.Wrap("ffmpeg")
                .WithArguments(
                [
                    "-nostdin", "-v", "error", "-f", "lavfi", "-i", $"aevalsrc='{tone}|{tone}|{tone}|0|0|0':c=5.1:d={Seconds}", "-i", cover,
                    "-map", "0", "-map", "1", "-c:a", "aac", "-b:a", "384k", "-c:v", "copy", "-disposition:v:0", "attached_pic", path,
                ])
                .ExecuteAsync(Cancellation);
            var assetId = await flickStream.Client.UploadAsync(path, Cancellation);
            await flickStream.Client.WaitForAsync(assetId, asset => asset.StateIs("ready"), Cancellation);
            _flickStream = flickStream;
            return _assetId = assetId;
        }
    }
}
