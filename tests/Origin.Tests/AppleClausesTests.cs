using FlickStream.Origin.Manifests;
using FlickStream.Origin.Presentations;
using FlickStream.Platform.Contracts;
using FlickStream.Platform.Delivery;
using FlickStream.Tests;

namespace FlickStream.Origin.Tests;

public sealed class AppleClausesTests
{
    [Theory]
    [InlineData(PresentationState.Ready, 4)]
    [InlineData(PresentationState.Encoding, 1)]
    [InlineData(PresentationState.Encoding, 3)]
    public void What_we_write_breaks_no_clause(PresentationState state, int segments)
    {
        var view = Sample.View(segments, state);
        foreach (var height in new[] { 720, 234 })
        {
            var main = MultivariantPlaylist.Render(view, height);
            Assert.Empty(new AppleClauses(main, uri => Media(view, uri), (playlist, uri) => Size(view, playlist, uri)).Violations());
        }
    }

    /// <summary>The checker itself must be able to fail.</summary>
    [Theory]
    [InlineData("CODECS=", "CODEX=", "9.1 ")]
    [InlineData("AVERAGE-BANDWIDTH=2128114", "AVERAGE-BANDWIDTH=1828114", "1.26 ")]
    [InlineData("BANDWIDTH=2128114", "BANDWIDTH=2528114", "1.27")]
    [InlineData("LANGUAGE=", "LANGUAGES=", "8.10")]
    [InlineData("FRAME-RATE=30.000", "FRAME-RATE=90.000", "1.19")]
    [InlineData("#EXT-X-INDEPENDENT-SEGMENTS", "#", "9.11")]
    [InlineData("#EXT-X-I-FRAME-STREAM-INF", "#", "6.1 ")]
    [InlineData("CHANNELS=\"2\"", "CHANNELS=\"1\"", "2.3 stereo")]
    public void A_broken_clause_in_the_multivariant_playlist_is_named(string good, string bad, string clause)
    {
        var view = Sample.View(4, PresentationState.Ready);
        var main = MultivariantPlaylist.Render(view, Sample.AnyHeight);
        Assert.Contains(good, main, StringComparison.Ordinal);
        var checker = new AppleClauses(main.Replace(good, bad, StringComparison.Ordinal), uri => Media(view, uri), (playlist, uri) => Size(view, playlist, uri));
        Assert.Contains(checker.Violations(), v => v.StartsWith(clause, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("#EXTINF:6.000000", "#EXTINF:8.000000", "7.7")]
    [InlineData("#EXTINF:6.000000", "#EXTINF:5.000000", "7.6")]
    [InlineData("#EXT-X-TARGETDURATION:6", "#EXT-X-TARGETDURATION:10", "7.5")]
    [InlineData("#EXT-X-MAP", "#EXT-X-MAPS", "8.20")]
    [InlineData("TYPE:VOD", "TYPE:LIVE", "8.6")]
    public void A_broken_clause_in_a_media_playlist_is_named(string good, string bad, string clause)
    {
        var view = Sample.View(4, PresentationState.Ready);
        var checker = new AppleClauses(
            MultivariantPlaylist.Render(view, Sample.AnyHeight), uri => Media(view, uri).Replace(good, bad, StringComparison.Ordinal));
        Assert.Contains(checker.Violations(), v => v.StartsWith(clause, StringComparison.Ordinal));
    }

    private static string Media(PresentationView view, string uri)
    {
        var rendition = view.Find(uri.AsSpan(0, uri.IndexOf('/', StringComparison.Ordinal)))!;
        return uri.EndsWith(ManifestNames.IFrames, StringComparison.Ordinal)
            ? MediaPlaylist.RenderIFrames(view, rendition, MediaAddress.Relative, view.IsGrowing)
            : MediaPlaylist.Render(view, rendition, MediaAddress.Relative, view.IsGrowing);
    }

    private static long Size(PresentationView view, string playlist, string uri) =>
        view.Find(playlist.AsSpan(0, playlist.IndexOf('/', StringComparison.Ordinal)))!.Track
            .Segments[int.Parse(uri.AsSpan(0, uri.IndexOf('.', StringComparison.Ordinal)), System.Globalization.CultureInfo.InvariantCulture)].Bytes;
}
