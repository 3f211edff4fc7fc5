using System.Text.Json.Nodes;
using FlickStream.Standalone.Tests.Harness;

namespace FlickStream.Standalone.Tests.Players;

/// <summary>hls-parser, m3u8-parser, mpd-parser and an XML schema read one title's manifests.</summary>
[Collection(WithReadyTitle.Name)]
public sealed class ManifestTests(ReadyTitle title)
{
    internal sealed record Track(
        long Bandwidth, long? AverageBandwidth, string? Codecs, int? Width, int? Height, double? FrameRate, int Segments, double Duration, bool IsComplete, string? Type);

    internal sealed record Hls(bool IndependentSegments, int IFramePlaylists, IReadOnlyList<Track> Video, IReadOnlyList<Track> Audio);

    internal sealed record Dash(bool IsComplete, double Duration, IReadOnlyList<Track> Video, IReadOnlyList<Track> Audio, IReadOnlyList<string> Schema);

    internal sealed record Reading(Hls Hls, Dash Dash, IReadOnlyList<string> Problems);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Three_parsers_read_the_same_title_from_HLS_and_DASH()
    {
        var reading = await ReadAsync();
        Assert.Empty(reading.Problems);
        Assert.Equal(reading.Hls.Video.Select(v => v.Height), reading.Dash.Video.Select(v => v.Height));
        Assert.All(reading.Hls.Video, v => Assert.Equal(title.Master.Seconds, v.Duration, 0.001));
        Assert.All(reading.Hls.Audio, a => Assert.Equal(title.Master.Seconds, a.Duration, 1024.0 / TestMaster.SampleRate));
        Assert.All(reading.Hls.Video.Concat(reading.Hls.Audio), t => Assert.True(t.IsComplete && t.Type == "VOD"));
        Assert.True(reading.Dash.IsComplete);
    }

    [Fact]
    public async Task Players_are_told_all_they_choose_a_variant_by()
    {
        var hls = (await ReadAsync()).Hls;
        Assert.True(hls.IndependentSegments);
        Assert.Equal(hls.Video.Count, hls.IFramePlaylists);
        Assert.All(hls.Video, v =>
        {
            Assert.Equal(title.Master.FramesPerSecond, v.FrameRate);
            Assert.InRange(v.AverageBandwidth ?? 0, 1, v.Bandwidth);
            Assert.Matches(@"^avc1\.[0-9a-fA-F]{6},mp4a\.40\.2$", v.Codecs);
        });
    }

    [Fact]
    public async Task The_MPD_is_valid_by_its_schema() => Assert.Empty((await ReadAsync()).Dash.Schema);

    [Fact]
    public async Task The_schema_check_refuses_what_the_standard_does()
    {
        var mpd = await title.FlickStream.Client.GetStringAsync(new Uri(title.Grant.Dash), Cancellation);
        foreach (var (from, to) in new[] { ("minBufferTime=", "minBuferTime="), ("<Role ", "<Rolle "), (" bandwidth=\"", " bandwidth=\"x"), ("PT", "P T") })
        {
            var broken = mpd.Replace(from, to, StringComparison.Ordinal);
            Assert.NotEqual(mpd, broken);
            var folder = Directory.CreateTempSubdirectory("flickstream-mpd-");
            var path = Path.Combine(folder.FullName, "broken.mpd");
            await File.WriteAllTextAsync(path, broken, Cancellation);
            Assert.NotEmpty(await NodeScript.RunAsync<JsonArray>("check-mpd.mjs", [path], Cancellation));
            folder.Delete(recursive: true);
        }
    }

    private Task<Reading> ReadAsync() =>
        NodeScript.RunAsync<Reading>("manifests.mjs", ["--hls", title.Grant.Hls, "--dash", title.Grant.Dash], Cancellation);
}
