using CliWrap;
using CliWrap.Buffered;
using FlickStream.Standalone.Tests.Harness;

namespace FlickStream.Standalone.Tests.Text;

/// <summary>The text tracks of one master, from the file to what viewers read.</summary>
[Collection(WithAnotherTitle.Name)]
public sealed class EmbeddedTextTests(ReadyTitle title) : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("flickstream-text-");
    private string _assetId = "";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private HttpClient Client => title.FlickStream.Client;

    public async ValueTask InitializeAsync() =>
        _assetId = await Client.UploadAsync(await TextMaster.MakeAsync(_folder.FullName, Cancellation), Cancellation);

    public async ValueTask DisposeAsync()
    {
        await Client.DeleteAsync(new Uri($"/api/assets/{_assetId}", UriKind.Relative), CancellationToken.None);
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Every_track_is_shown_at_its_time_by_every_player_and_read_back_by_ffmpeg()
    {
        var asset = await Client.WaitForAsync(_assetId, a => a.StateIs("ready"), Cancellation);
        var grant = await Client.GrantAsync(_assetId, Cancellation);

        Assert.Equal(["Opening", "The \"end\""], asset.GetProperty("renditions").GetProperty("chapters").EnumerateArray().Select(c => c.GetProperty("title").GetString()));
        Assert.Equal(["subtitles", "forced", "sdh"], asset.GetProperty("renditions").GetProperty("text").EnumerateArray().Select(t => t.GetProperty("role").GetString()));

        await CheckMultivariantAsync(grant);
        foreach (var (player, url) in new[] { ("hls", grant.Hls), ("shaka-dash", grant.Dash), ("dashjs", grant.Dash) })
            await CheckPlayerAsync(player, url);
        await CheckFfmpegAsync(grant);
    }

    private static async Task CheckPlayerAsync(string player, string url)
    {
        var run = await CaptionRun.OfAsync(player, url, ["Deutsch"], [2, 4, 6, 7], Cancellation);
        Assert.Equal(["Deutsch", "English SDH", "Signs"], run.Names!.Order(StringComparer.Ordinal));
        var german = Assert.Single(run.Tracks);
        Assert.Contains("Guten", Assert.Single(german.At[0].Texts), StringComparison.Ordinal);
        Assert.Empty(german.At[1].Texts);
        // On both sides of the boundary between two segments, and once.
        Assert.Contains("hinweg", Assert.Single(german.At[2].Texts), StringComparison.Ordinal);
        Assert.Contains("hinweg", Assert.Single(german.At[3].Texts), StringComparison.Ordinal);
        Assert.Contains(german.Cues, cue => Math.Abs(cue.Start - 1.25) < 0.011 && Math.Abs(cue.End - 2.75) < 0.011);
        Assert.DoesNotContain(german.Cues, cue => cue.Text.Contains("<script", StringComparison.Ordinal));
    }

    private async Task CheckMultivariantAsync(Studio.Grant grant)
    {
        var playlist = await Client.GetStringAsync(new Uri(grant.Hls), Cancellation);
        var media = playlist.Split('\n').Where(line => line.StartsWith("#EXT-X-MEDIA:TYPE=SUBTITLES", StringComparison.Ordinal)).ToList();
        Assert.Equal(3, media.Count);
        Assert.Contains("NAME=\"Signs\"", Assert.Single(media, line => line.Contains("FORCED=YES", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.Contains(
            "NAME=\"English SDH\"", Assert.Single(media, line => line.Contains("describes-music-and-sound", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.All(
            playlist.Split('\n').Where(line => line.StartsWith("#EXT-X-STREAM-INF", StringComparison.Ordinal)),
            line => Assert.Contains("SUBTITLES=\"text\"", line, StringComparison.Ordinal));

        var segment = await Client.GetStringAsync(new Uri(new Uri(grant.Hls), "t2/1.vtt"), Cancellation);
        Assert.Contains("00:00:03.000 --> 00:00:04.000 line:0\n<i>A sign, at the top</i>\n", segment, StringComparison.Ordinal);
        Assert.DoesNotContain("100", segment, StringComparison.Ordinal);
    }

    private static async Task CheckFfmpegAsync(Studio.Grant grant)
    {
        var read = await Cli.Wrap("ffmpeg")
            .WithArguments(["-nostdin", "-v", "error", "-i", new Uri(new Uri(grant.Hls), "t3/media.m3u8").AbsoluteUri, "-f", "srt", "-"])
            .ExecuteBufferedAsync(Cancellation);
        Assert.Contains("00:00:02,000 --> 00:00:03,000", read.StandardOutput, StringComparison.Ordinal);
        Assert.Contains("[door <b>slams</b>] & steps", read.StandardOutput, StringComparison.Ordinal);
    }
}
