using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using CliWrap;
using FlickStream.Standalone.Tests.Crashes;
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
        // The first picture of a segment, one within it, and one under the next key.
        var shown = await NodeScript.RunAsync<Pictures>("iframes.mjs", ["--url", grant.Hls, "--fps", "24", "0.5", "2.5", "6.5"], Ct);
        Assert.Equal((null, "0 48 144"), (shown.Fatal, string.Join(' ', shown.Numbers)));
        AssertNothingIsClear(inFragments: true);
        await AssertKeysAsync(run, grant, new Uri(new Uri(grant.Hls), "v234/0.key"));
    }

    [Fact]
    public async Task A_cbcs_title_gets_another_rung_and_then_other_keys_and_plays_by_ClearKey_in_DASH_and_in_HLS()
    {
        TestMaster master;
        string assetId;
        await using (var before = await StartAsync("Cbcs", maxHeight: 576))
        {
            (master, assetId) = await TitleAsync(before, height: 720);
            await AssertSoundAsync(before, (await before.Client.GrantAsync(assetId, Ct)).Hls);
            Assert.Equal(0, await before.StopAsync());
        }

        await using var run = await StartAsync("Cbcs", maxHeight: 720);
        Assert.Equal(["poster", "publish", "video-0000-a", "video-0001-a", "video-0002-a"], (await AgainAsync(run, new { assetId })).Order(StringComparer.Ordinal));
        var renditions = new DataContents(Data).BlobsOf(assetId).Keys.Where(key => key.EndsWith("/init.mp4", StringComparison.Ordinal)).Select(key => key.Split('/')[^2]);
        Assert.Distinct(renditions);
        var grant = await run.Client.GrantAsync(assetId, Ct);
        (await PlayerRun.OfAsync("shaka-dash", grant.Dash, master.FramesPerSecond, isGrowing: false, Ct, isOpaque: true)).AssertPlayedUnseen(master.Frames);

        var old = await KeyIdsAsync(run, grant);
        Assert.DoesNotContain(await AgainAsync(run, new { assetId, newKeys = true }), step => step.StartsWith("video-", StringComparison.Ordinal) || step.StartsWith("audio-", StringComparison.Ordinal));
        grant = await run.Client.GrantAsync(assetId, Ct);
        var keys = await KeyIdsAsync(run, grant);
        Assert.Equal((3, 3), (old.Count, keys.Count));
        Assert.Empty(keys.Intersect(old));
        foreach (var player in new[] { "shaka-hls", "hls-clearkey" })
            (await PlayerRun.OfAsync(player, grant.Hls, master.FramesPerSecond, isGrowing: false, Ct, isOpaque: true)).AssertPlayedUnseen(master.Frames);
        AssertNothingIsClear(inFragments: false);
        var playlist = new Uri(new Uri(grant.Hls), "v234/media.m3u8");
        var uri = KeyUri().Match(await run.Client.GetStringAsync(playlist, Ct)).Groups[1].Value;
        await AssertKeysAsync(run, grant, new Uri(playlist, uri));
    }

    [Theory]
    [InlineData("Aes128", "hls")]
    [InlineData("Cbcs", "shaka-dash")]
    public async Task Sound_alone_is_protected_as_well(string protection, string player)
    {
        await using var run = await StartAsync(protection);
        var path = Path.Combine(_folder.FullName, "song.flac");
        await Cli.Wrap("ffmpeg").WithArguments(["-nostdin", "-v", "error", "-f", "lavfi", "-i", "sine=700:d=16", path]).ExecuteAsync(Ct);
        var assetId = await run.Client.UploadAsync(path, Ct);
        await run.Client.WaitForAsync(assetId, asset => asset.StateIs("ready"), Ct);
        var grant = await run.Client.GrantAsync(assetId, Ct);
        var played = await NodeScript.RunAsync<Heard>(
            "sound-alone.mjs", ["--player", player, "--url", player == "hls" ? grant.Hls : grant.Dash, "--seconds", "16"], Ct);
        Assert.Equal((null, true), (played.Fatal, played.Ended));
        PlayerErrors.AssertNone(played.Errors);
        AssertNothingIsClear(inFragments: protection == "Aes128");
    }

    private sealed record Pictures(string? Fatal, IReadOnlyList<int> Numbers);

    private sealed record Heard(string? Fatal, IReadOnlyList<string> Errors, bool Ended);

    private Task<RunningFlickStream> StartAsync(string protection, int maxHeight = 1080)
    {
        Directory.CreateDirectory(Data);
        var options = new Dictionary<string, string>
        {
            ["Planning__Protection"] = protection,
            ["Planning__KeyPeriod"] = "00:00:06",
            ["Planning__MaxHeight"] = $"{maxHeight}",
        };
        return RunningFlickStream.StartOnAsync(Data, options, Ct);
    }

    /// <summary>With sound around and a commentary.</summary>
    private async Task<(TestMaster Master, string AssetId)> TitleAsync(RunningFlickStream run, int height = 360)
    {
        var master = await TestMaster.MakeAsync(Path.Combine(_folder.FullName, "numbers.mov"), 8, height * 16 / 9, height, cancellationToken: Ct);
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

    /// <returns>Names of the steps of the job, when it is done.</returns>
    private static async Task<IReadOnlyList<string>> AgainAsync(RunningFlickStream run, object request)
    {
        using var response = await run.Client.PostAsJsonAsync("/api/jobs", request, Ct);
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while (true)
        {
            var job = await run.Client.GetFromJsonAsync<JsonElement>(response.Headers.Location, Ct);
            var state = job.GetProperty("state").GetString();
            if (state == "done") return [.. job.GetProperty("steps").EnumerateArray().Select(step => step.GetProperty("name").GetString()!)];
            Assert.True(state is "queued" or "running", job.GetRawText());
            await timer.WaitForNextTickAsync(Ct);
        }
    }

    private static async Task<HashSet<string>> KeyIdsAsync(RunningFlickStream run, Studio.Grant grant) =>
        [.. KeyId().Matches(await run.Client.GetStringAsync(new Uri(grant.Dash), Ct)).Select(match => match.Groups[1].Value)];

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

    [GeneratedRegex("default_KID=\"([^\"]+)\"")]
    private static partial Regex KeyId();

    [GeneratedRegex("URI=\"([^\"]+\\.key)\"")]
    private static partial Regex KeyUri();
}
