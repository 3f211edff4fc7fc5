using System.Net;
using System.Text.RegularExpressions;
using CliWrap;
using FlickStream.Standalone.Tests.Harness;

namespace FlickStream.Standalone.Tests.Protection;

/// <summary>Protected titles from upload to picture: real players fetch keys under the grant, and nobody else gets any.</summary>
public sealed partial class ProtectedTitleTests : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("flickstream-protected-");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private string Data => Path.Combine(_folder.FullName, "data");

    public ValueTask DisposeAsync()
    {
        _folder.Delete(recursive: true);
        return default;
    }

    [Fact]
    public async Task An_AES_128_title_plays_over_HLS_with_a_new_key_every_segment()
    {
        await using var run = await StartAsync("Aes128");
        var (master, assetId) = await TitleAsync(run);
        var grant = await run.Client.GrantAsync(assetId, Ct);
        Assert.Null(grant.Dash);
        await AssertSoundAsync(run, grant.Hls);
        Assert.All(await FfmpegClient.FramesOfRungsAsync(grant.Hls, Ct), frames => Assert.Equal(master.Frames, frames));
        (await PlayerRun.OfAsync("hls", grant.Hls, master.FramesPerSecond, isGrowing: false, Ct)).AssertFlawless(master.Frames);
        AssertNothingIsClear(inFragments: true);
        await AssertKeysAsync(run, grant, new Uri(new Uri(grant.Hls), "v234/0.key"));
    }

    [Fact]
    public async Task A_cbcs_title_plays_by_ClearKey_in_DASH_and_in_HLS()
    {
        await using var run = await StartAsync("Cbcs");
        var (master, assetId) = await TitleAsync(run);
        var grant = await run.Client.GrantAsync(assetId, Ct);
        await AssertSoundAsync(run, grant.Hls);
        foreach (var (player, url) in new[] { ("shaka-dash", grant.Dash), ("shaka-hls", grant.Hls), ("hls-clearkey", grant.Hls) })
            (await PlayerRun.OfAsync(player, url, master.FramesPerSecond, isGrowing: false, Ct, isOpaque: true)).AssertPlayedUnseen(master.Frames);
        AssertNothingIsClear(inFragments: false);
        var playlist = new Uri(new Uri(grant.Hls), "v234/media.m3u8");
        var uri = KeyUri().Match(await run.Client.GetStringAsync(playlist, Ct)).Groups[1].Value;
        await AssertKeysAsync(run, grant, new Uri(playlist, uri));
    }

    private Task<RunningFlickStream> StartAsync(string protection)
    {
        Directory.CreateDirectory(Data);
        var options = new Dictionary<string, string>
        {
            ["Planning__Protection"] = protection,
            ["Planning__KeyPeriod"] = "00:00:06",
        };
        return RunningFlickStream.StartOnAsync(Data, options, Ct);
    }

    /// <summary>With sound around and a commentary.</summary>
    private async Task<(TestMaster Master, string AssetId)> TitleAsync(RunningFlickStream run)
    {
        var master = await TestMaster.MakeAsync(Path.Combine(_folder.FullName, "numbers.mov"), seconds: 8, cancellationToken: Ct);
        var path = Path.Combine(_folder.FullName, "around.mkv");
        await Cli.Wrap("ffmpeg")
            .WithArguments(
            [
                "-nostdin", "-v", "error", "-i", master.Path, "-filter_complex", "[0:a]pan=5.1|FL=c0|FR=c0|FC=c0|BL=c0|BR=c0[around]",
                "-map", "0:v", "-map", "[around]", "-map", "0:a", "-disposition:a:1", "comment", "-c:v", "copy", "-c:a", "flac", path,
            ])
            .ExecuteAsync(Ct);
        var assetId = await run.Client.UploadAsync(path, Ct);
        await run.Client.WaitForAsync(assetId, asset => asset.StateIs("ready"), Ct);
        return (master, assetId);
    }

    private static async Task AssertSoundAsync(RunningFlickStream run, string hls)
    {
        var sounds = SoundGroup().Matches(await run.Client.GetStringAsync(new Uri(hls), Ct)).Select(m => $"{m.Groups[1]} {m.Groups[2]}").Distinct();
        Assert.Equal(
            ["audio-128k Audio 1", "audio-384k Audio 1", "audio-40k Audio 1", "audio-128k Commentary", "audio-384k Commentary", "audio-40k Commentary"],
            sounds.OrderBy(sound => sound.Split(' ', 2)[1], StringComparer.Ordinal).ThenBy(sound => sound, StringComparer.Ordinal));
    }

    /// <summary>Of what is stored, no segment can be read as it is.</summary>
    private void AssertNothingIsClear(bool inFragments)
    {
        var segments = Directory.GetFiles(Path.Combine(Data, "blobs"), "*.m4s", SearchOption.AllDirectories);
        Assert.True(segments.Length > 4);
        foreach (var segment in segments)
        {
            var bytes = File.ReadAllBytes(segment);
            Assert.Equal(!inFragments, bytes.AsSpan(4, 4).SequenceEqual("moof"u8));
        }
    }

    /// <summary>It is given to who holds the grant, as long as it holds, and is found nowhere else.</summary>
    private async Task AssertKeysAsync(RunningFlickStream run, Studio.Grant grant, Uri address)
    {
        using var anyone = new HttpClient();
        var key = await anyone.GetByteArrayAsync(address, Ct);
        Assert.Equal(16, key.Length);
        using (var ended = await run.Client.DeleteAsync(new Uri($"/api/playback/{grant.GrantId}", UriKind.Relative), Ct))
            Assert.Equal(HttpStatusCode.NoContent, ended.StatusCode);
        using var refused = await anyone.GetAsync(address, Ct);
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);

        Assert.DoesNotContain(Convert.ToHexString(key), run.Output, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(Convert.ToBase64String(key), run.Output, StringComparison.Ordinal);
        foreach (var file in Directory.GetFiles(Data, "*", SearchOption.AllDirectories).Where(path => !path.EndsWith(".lock", StringComparison.Ordinal)))
        {
            var bytes = await File.ReadAllBytesAsync(file, Ct);
            Assert.Equal(-1, bytes.AsSpan().IndexOf(key));
            Assert.Equal(-1, bytes.AsSpan().IndexOf(System.Text.Encoding.ASCII.GetBytes(Convert.ToBase64String(key))));
        }
    }

    [GeneratedRegex("TYPE=AUDIO,GROUP-ID=\"([^\"]+)\",NAME=\"([^\"]+)\"")]
    private static partial Regex SoundGroup();

    [GeneratedRegex("URI=\"([^\"]+\\.key)\"")]
    private static partial Regex KeyUri();
}
