using FlickStream.Origin.Manifests;
using FlickStream.Origin.Presentations;
using FlickStream.Platform.Contracts;
using FlickStream.Platform.Delivery;

namespace FlickStream.Origin.Tests;

public sealed class MediaPlaylistTests
{
    [Fact]
    public void A_growing_title_is_an_event_that_starts_at_its_beginning() => Assert.Equal(
        """
        #EXTM3U
        #EXT-X-VERSION:6
        #EXT-X-TARGETDURATION:6
        #EXT-X-MEDIA-SEQUENCE:0
        #EXT-X-PLAYLIST-TYPE:EVENT
        #EXT-X-START:TIME-OFFSET=0,PRECISE=YES
        #EXT-X-INDEPENDENT-SEGMENTS
        #EXT-X-MAP:URI="init.mp4"
        #EXTINF:5.994666667,
        0.m4s
        #EXTINF:6.016000,
        1.m4s

        """,
        Render(2, PresentationState.Encoding, "a1-128k"));

    [Fact]
    public void A_ready_title_is_vod_and_ends() => Assert.Equal(
        """
        #EXTM3U
        #EXT-X-VERSION:6
        #EXT-X-TARGETDURATION:6
        #EXT-X-MEDIA-SEQUENCE:0
        #EXT-X-PLAYLIST-TYPE:VOD
        #EXT-X-INDEPENDENT-SEGMENTS
        #EXT-X-MAP:URI="init.mp4"
        #EXTINF:6.000000,
        0.m4s
        #EXTINF:6.000000,
        1.m4s
        #EXTINF:6.000000,
        2.m4s
        #EXTINF:2.000000,
        3.m4s
        #EXT-X-ENDLIST

        """,
        Render(4, PresentationState.Ready, "v720"));

    [Theory]
    [InlineData(PresentationState.Failed)]
    [InlineData(PresentationState.Cancelled)]
    public void A_title_that_will_not_be_finished_ends_with_what_exists(PresentationState state)
    {
        var text = Render(2, state, "v720");
        Assert.EndsWith("1.m4s\n#EXT-X-ENDLIST\n", text, StringComparison.Ordinal);
        Assert.DoesNotContain("EXT-X-START", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("v234")]
    [InlineData("a1-128k")]
    public void A_playlist_that_grew_when_it_was_granted_only_ever_adds_lines_until_it_ends(string rendition)
    {
        var shorter = Render(1, PresentationState.Encoding, rendition, isEvent: true);
        for (var segments = 2; segments <= 4; segments++)
        {
            var longer = Render(segments, segments < 4 ? PresentationState.Encoding : PresentationState.Ready, rendition, isEvent: true);
            Assert.StartsWith(shorter, longer, StringComparison.Ordinal);
            shorter = longer;
        }

        Assert.EndsWith("#EXT-X-ENDLIST\n", shorter, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(600, 6)]
    // A last segment that is full, with half a second of sound beyond it.
    [InlineData(720, 7)]
    public void The_target_duration_of_a_title_that_grows_is_what_its_last_sound_may_need(int frames, int seconds)
    {
        var view = PresentationView.Of(Sample.Presentation with { Frames = frames }, Sample.Runs(1));
        var text = MediaPlaylist.Render(view, view.Find("v720")!, MediaAddress.Relative, isEvent: true);
        Assert.Contains($"#EXT-X-TARGETDURATION:{seconds}\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void I_frame_playlists_name_the_byte_range_of_every_IDR_picture()
    {
        var view = Sample.View(1);
        var text = MediaPlaylist.RenderIFrames(view, view.Find("v720")!, MediaAddress.Relative, view.IsGrowing);
        Assert.Equal(
            """
            #EXTM3U
            #EXT-X-VERSION:6
            #EXT-X-TARGETDURATION:6
            #EXT-X-MEDIA-SEQUENCE:0
            #EXT-X-PLAYLIST-TYPE:EVENT
            #EXT-X-START:TIME-OFFSET=0,PRECISE=YES
            #EXT-X-INDEPENDENT-SEGMENTS
            #EXT-X-I-FRAMES-ONLY
            #EXT-X-MAP:URI="init.mp4"
            #EXTINF:2.000000,
            #EXT-X-BYTERANGE:50000@0
            0.m4s
            #EXTINF:2.000000,
            #EXT-X-BYTERANGE:50000@500000
            0.m4s
            #EXTINF:2.000000,
            #EXT-X-BYTERANGE:50000@1000000
            0.m4s

            """,
            text);
    }

    [Fact]
    public void A_cdn_gets_absolute_addresses_with_its_own_signature()
    {
        var view = Sample.View(1);
        var address = new MediaAddress(
            "https://cdn.example/media/asset1/", new Dictionary<MediaPart, string> { [new(Sample.Revision, "")] = "Policy=p&Signature=s" });
        var text = MediaPlaylist.Render(view, view.Find("v720")!, address, view.IsGrowing);
        Assert.Contains("#EXT-X-MAP:URI=\"https://cdn.example/media/asset1/rev1/v720/init.mp4?Policy=p&Signature=s\"\n", text, StringComparison.Ordinal);
        Assert.Contains("\nhttps://cdn.example/media/asset1/rev1/v720/0.m4s?Policy=p&Signature=s\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Thumbnails_are_a_row_a_GOP_of_their_chunks_sheet()
    {
        var title = Sample.Presentation with { State = PresentationState.Ready, Grid = Sample.Grid with { ChunkSegments = [1, 1, 2] } };
        var lines = ThumbnailTrack.Render(PresentationView.Of(title, Sample.Runs(4)), MediaAddress.Relative).Split("\n\n");
        Assert.Equal("WEBVTT", lines[0]);
        Assert.Equal("00:00:00.000 --> 00:00:02.000\nsprites/0.jpg#xywh=0,0,160,90", lines[1]);
        Assert.Equal("00:00:06.000 --> 00:00:08.000\nsprites/1.jpg#xywh=0,0,160,90", lines[4]);
        Assert.Equal("00:00:18.000 --> 00:00:20.000\nsprites/2.jpg#xywh=0,270,160,90\n", lines[10]);
        Assert.Equal(11, lines.Length);
    }

    private static string Render(int segments, PresentationState state, string rendition, bool? isEvent = null)
    {
        var view = Sample.View(segments, state);
        return MediaPlaylist.Render(view, view.Find(rendition)!, MediaAddress.Relative, isEvent ?? view.IsGrowing);
    }
}
