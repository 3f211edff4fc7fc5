using System.Xml.Linq;
using FlickStream.Origin.Manifests;
using FlickStream.Origin.Presentations;
using FlickStream.Platform.Contracts;
using FlickStream.Platform.Delivery;

namespace FlickStream.Origin.Tests;

public sealed class ThumbnailSheetsTests
{
    private static PresentationView View(PresentationState state, int rows = 3) => PresentationView.Of(
        Sample.Presentation with { State = state, ThumbnailsPerSheet = rows }, Sample.Runs(state == PresentationState.Ready ? 4 : 3));

    [Fact]
    public void The_image_playlist_names_a_sheet_a_segment() => Assert.Equal(
        """
        #EXTM3U
        #EXT-X-VERSION:6
        #EXT-X-TARGETDURATION:6
        #EXT-X-MEDIA-SEQUENCE:0
        #EXT-X-PLAYLIST-TYPE:VOD
        #EXT-X-IMAGES-ONLY
        #EXTINF:6.000000,
        #EXT-X-TILES:RESOLUTION=160x90,LAYOUT=1x3,DURATION=2.000000
        sprites/0.jpg
        #EXTINF:6.000000,
        #EXT-X-TILES:RESOLUTION=160x90,LAYOUT=1x3,DURATION=2.000000
        sprites/1.jpg
        #EXTINF:6.000000,
        #EXT-X-TILES:RESOLUTION=160x90,LAYOUT=1x3,DURATION=2.000000
        sprites/2.jpg
        #EXTINF:2.000000,
        #EXT-X-TILES:RESOLUTION=160x90,LAYOUT=1x3,DURATION=2.000000
        sprites/3.jpg
        #EXT-X-ENDLIST

        """,
        ImagePlaylist.Render(View(PresentationState.Ready), MediaAddress.Relative));

    [Fact]
    public void The_multivariant_playlist_names_the_image_playlist() => Assert.EndsWith(
        "\n#EXT-X-IMAGE-STREAM-INF:BANDWIDTH=36000,CODECS=\"jpeg\",RESOLUTION=160x90,URI=\"images.m3u8\"\n",
        MultivariantPlaylist.Render(View(PresentationState.Ready), Sample.AnyHeight), StringComparison.Ordinal);

    [Fact]
    public void Dash_has_them_as_a_set_of_images()
    {
        var mpd = XDocument.Parse(DashManifest.Render(View(PresentationState.Ready), Sample.AnyHeight, MediaAddress.Relative, Sample.Start));
        var set = mpd.Descendants().Single(e => e.Attribute("contentType")?.Value == "image");

        Assert.Equal(
            """
            <AdaptationSet id="3" contentType="image" mimeType="image/jpeg" xmlns="urn:mpeg:dash:schema:mpd:2011">
              <Representation id="thumbnails" bandwidth="36000" width="160" height="270">
                <EssentialProperty schemeIdUri="http://dashif.org/guidelines/thumbnail_tile" value="1x3" />
                <SegmentTemplate timescale="30000" duration="180000" startNumber="0" media="sprites/$Number$.jpg" />
              </Representation>
            </AdaptationSet>
            """,
            set.ToString());
        Assert.Empty(DashManifestTests.Errors(mpd.ToString()));
    }

    [Theory]
    [InlineData(PresentationState.Encoding, 3)]
    [InlineData(PresentationState.Ready, 0)]
    public void A_title_that_grows_or_has_sheets_of_the_older_kind_offers_none(PresentationState state, int rows)
    {
        var view = View(state, rows);

        Assert.Null(ThumbnailSheets.Of(view));
        Assert.DoesNotContain("IMAGE", MultivariantPlaylist.Render(view, Sample.AnyHeight), StringComparison.Ordinal);
        Assert.DoesNotContain("image", DashManifest.Render(view, Sample.AnyHeight, MediaAddress.Relative, Sample.Start), StringComparison.Ordinal);
    }

    [Fact]
    public void A_sheet_stands_over_both_parts_of_a_first_segment_that_is_cut_in_two()
    {
        var presentation = Sample.Presentation with
        {
            State = PresentationState.Ready, ThumbnailsPerSheet = 3, Frames = 420, Grid = Sample.Grid with { FirstFrames = 60 },
        };
        // 2, 4 and 6 seconds, and 2 that are left.
        var view = PresentationView.Of(presentation, [
            .. Sample.Runs(4).Select(run => run.Rendition.StartsWith('v') ? run with { Segments = [Sample.Video(run.Rendition, run.First switch { 1 => 120, 2 => 180, _ => 60 })] } : run)]);

        Assert.Equal(
            ["#EXTINF:6.000000,", "sprites/0.jpg", "#EXTINF:6.000000,", "sprites/1.jpg", "#EXTINF:2.000000,", "sprites/2.jpg"],
            ImagePlaylist.Render(view, MediaAddress.Relative).Split('\n').Where(line => line.StartsWith("#EXTINF", StringComparison.Ordinal) || line is ['s', ..]));
        Assert.Contains(" minBufferTime=\"PT6S\"", DashManifest.Render(view, Sample.AnyHeight, MediaAddress.Relative, Sample.Start), StringComparison.Ordinal);
        Assert.Equal(
            ["0.jpg#xywh=0,0", "0.jpg#xywh=0,90", "0.jpg#xywh=0,180", "1.jpg#xywh=0,0", "1.jpg#xywh=0,90", "1.jpg#xywh=0,180", "2.jpg#xywh=0,0"],
            ThumbnailTrack.Render(view, MediaAddress.Relative).Split('\n').Where(line => line is ['s', ..]).Select(line => line["sprites/".Length..^",160,90".Length]));
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(2, 3)]
    [InlineData(3, 6)]
    public void While_a_title_grows_cues_name_the_sheets_that_are_there(int segments, int cues)
    {
        var presentation = Sample.Presentation with
        {
            State = PresentationState.Encoding, ThumbnailsPerSheet = 3, Frames = 1000, Grid = Sample.Grid with { FirstFrames = 60 },
        };
        var view = PresentationView.Of(presentation, [
            .. Sample.Runs(segments).Select(run => run.Rendition.StartsWith('v') ? run with { Segments = [Sample.Video(run.Rendition, run.First switch { 0 => 60, 1 => 120, _ => 180 })] } : run)]);

        Assert.Equal(cues, ThumbnailTrack.Render(view, MediaAddress.Relative).Split('\n').Count(line => line is ['s', ..]));
        Assert.Contains(" minBufferTime=\"PT2S\"", DashManifest.Render(view, Sample.AnyHeight, MediaAddress.Relative, Sample.Start), StringComparison.Ordinal);
    }

    [Fact]
    public void Cues_name_the_sheet_of_their_segment()
    {
        var text = ThumbnailTrack.Render(View(PresentationState.Ready), MediaAddress.Relative);

        Assert.Contains("00:00:16.000 --> 00:00:18.000\nsprites/2.jpg#xywh=0,180,160,90\n", text, StringComparison.Ordinal);
        Assert.EndsWith("00:00:18.000 --> 00:00:20.000\nsprites/3.jpg#xywh=0,0,160,90\n", text, StringComparison.Ordinal);
    }
}
