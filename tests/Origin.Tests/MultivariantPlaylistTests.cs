using System.Globalization;
using FlickStream.Origin.Manifests;
using FlickStream.Origin.Presentations;
using FlickStream.Platform.Contracts;
using FlickStream.Tests;

namespace FlickStream.Origin.Tests;

public sealed class MultivariantPlaylistTests
{
    [Fact]
    public void A_ready_title_has_every_attribute_from_measured_sizes() => Assert.Equal(
        """
        #EXTM3U
        #EXT-X-VERSION:6
        #EXT-X-INDEPENDENT-SEGMENTS
        #EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="audio-128k",NAME="English",LANGUAGE="en",DEFAULT=YES,AUTOSELECT=YES,CHANNELS="2",URI="a1-128k/media.m3u8"
        #EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="audio-40k",NAME="English",LANGUAGE="en",DEFAULT=YES,AUTOSELECT=YES,CHANNELS="2",URI="a1-40k/media.m3u8"
        #EXT-X-STREAM-INF:BANDWIDTH=2128114,AVERAGE-BANDWIDTH=2128114,CODECS="avc1.64001f,mp4a.40.2",RESOLUTION=1280x720,FRAME-RATE=30.000,VIDEO-RANGE=SDR,AUDIO="audio-128k",CLOSED-CAPTIONS=NONE
        v720/media.m3u8
        #EXT-X-STREAM-INF:BANDWIDTH=160036,AVERAGE-BANDWIDTH=160036,CODECS="avc1.42c00d,mp4a.40.2",RESOLUTION=416x234,FRAME-RATE=30.000,VIDEO-RANGE=SDR,AUDIO="audio-40k",CLOSED-CAPTIONS=NONE
        v234/media.m3u8
        #EXT-X-I-FRAME-STREAM-INF:BANDWIDTH=12000,AVERAGE-BANDWIDTH=12000,CODECS="avc1.42c00d",RESOLUTION=416x234,VIDEO-RANGE=SDR,URI="v234/iframes.m3u8"
        #EXT-X-I-FRAME-STREAM-INF:BANDWIDTH=200000,AVERAGE-BANDWIDTH=200000,CODECS="avc1.64001f",RESOLUTION=1280x720,VIDEO-RANGE=SDR,URI="v720/iframes.m3u8"

        """,
        MultivariantPlaylist.Render(Sample.View(4, PresentationState.Ready), Sample.AnyHeight));

    [Fact]
    public void While_it_grows_bandwidth_is_at_least_the_encoders_cap()
    {
        var text = MultivariantPlaylist.Render(Sample.View(1), Sample.AnyHeight);
        Assert.Contains("BANDWIDTH=3128", text, StringComparison.Ordinal);
        Assert.Contains("BANDWIDTH=185", text, StringComparison.Ordinal);
    }

    [Fact]
    public void The_first_variant_is_the_one_nearest_to_2_megabits()
    {
        var rungs = new[] { 7_800_000, 4_500_000, 2_000_000, 730_000, 145_000 };
        var presentation = Sample.Presentation with
        {
            Audio = [],
            Video = [.. rungs.Select((bits, i) => new VideoRendition($"v{i}", 160 - i, 90 - i, "avc1.640028", bits, 30_000))],
        };
        var text = MultivariantPlaylist.Render(PresentationView.Of(presentation, [.. rungs.Select((_, i) => Sample.Run($"v{i}", 0))]), Sample.AnyHeight);
        var variants = text.Split('\n').Where(l => l.EndsWith("media.m3u8", StringComparison.Ordinal));
        Assert.Equal(["v2", "v4", "v3", "v1", "v0"], variants.Select(v => v[..2]));
    }

    [Fact]
    public void A_grant_for_less_height_leaves_the_larger_rungs_and_their_sound_out()
    {
        var text = MultivariantPlaylist.Render(Sample.View(4, PresentationState.Ready), 234);
        Assert.DoesNotContain("v720", text, StringComparison.Ordinal);
        Assert.DoesNotContain("a1-128k", text, StringComparison.Ordinal);
        Assert.Contains("v234/media.m3u8", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_silent_title_names_no_sound()
    {
        var silent = Sample.Presentation with { Audio = [] };
        var text = MultivariantPlaylist.Render(PresentationView.Of(silent, Sample.Runs(2, silent)), Sample.AnyHeight);
        Assert.DoesNotContain("AUDIO", text, StringComparison.Ordinal);
        Assert.Contains("CODECS=\"avc1.64001f\"", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_track_title_cannot_break_out_of_its_quotes_and_no_two_are_alike()
    {
        const string Hostile = "a\",URI=\"http://evil/\"\n#EXTM3U";
        var presentation = Sample.Presentation with
        {
            Audio = [.. Enumerable.Range(1, 2).Select(i => new AudioRendition($"a{i}", "audio", "e\"n", Hostile, i == 1, 2, 48_000, "mp4a.40.2", 128_000))],
        };
        var text = MultivariantPlaylist.Render(PresentationView.Of(presentation, Sample.Runs(1, presentation)), Sample.AnyHeight);
        Assert.Contains("NAME=\"a',URI='http://evil/' #EXTM3U\",LANGUAGE=\"und\",DEFAULT=YES", text, StringComparison.Ordinal);
        Assert.Contains("NAME=\"a',URI='http://evil/' #EXTM3U (2)\",LANGUAGE=\"und\",DEFAULT=NO", text, StringComparison.Ordinal);
    }

    [Fact]
    public void The_smallest_rungs_take_the_poorer_sound()
    {
        Assert.Equal(["audio-40k"], AudioTracks.GroupsFor(Sample.Presentation, Sample.Presentation.Video[1]));
        Assert.Equal(["audio-128k"], AudioTracks.GroupsFor(Sample.Presentation, Sample.Presentation.Video[0]));
    }

    [Fact]
    public void A_small_title_is_heard_at_its_best_in_its_largest_rung()
    {
        var small = Sample.Presentation with
        {
            Video = [new VideoRendition("v360", 640, 360, "avc1.64001e", 365_000, 30_000), Sample.Presentation.Video[1]],
        };
        Assert.Equal(["audio-128k", "audio-40k"], small.Video.Select(rung => AudioTracks.GroupsFor(small, rung).Single()));
    }

    [Fact]
    public void An_only_rung_has_the_best_sound_first_then_what_fits_a_cellular_line_and_sound_around_last()
    {
        var good = Sample.Presentation.Audio[0];
        var alone = Sample.Presentation with
        {
            State = PresentationState.Ready,
            Video = [Sample.Presentation.Video[1]],
            Audio =
            [
                good,
                Sample.Presentation.Audio[1] with { Channels = 1 },
                good with { Name = "a1-384k", Group = "audio-384k", Channels = 6, BitsPerSecond = 384_000 },
            ],
        };
        var playlist = new HlsPlaylist(MultivariantPlaylist.Render(PresentationView.Of(alone, Sample.Runs(4, alone)), Sample.AnyHeight));

        Assert.Equal(
            ["v234/media.m3u8 audio-128k", "v234/media.m3u8 audio-40k", "v234/media.m3u8 audio-384k"],
            playlist.Tags("#EXT-X-STREAM-INF").Select(v => $"{v["URI"]} {v["AUDIO"]}"));
        Assert.Equal(["audio-128k 2", "audio-40k 1", "audio-384k 6"], playlist.Tags("#EXT-X-MEDIA").Select(m => $"{m["GROUP-ID"]} {m["CHANNELS"]}"));
        // Apple asks for a variant at or under 192 kb/s.
        Assert.InRange(int.Parse(playlist.Tags("#EXT-X-STREAM-INF")[1]["AVERAGE-BANDWIDTH"], CultureInfo.InvariantCulture), 1, 192_000);
    }

    [Fact]
    public void An_only_rung_that_has_room_for_the_best_sound_has_no_other() => Assert.Equal(
        ["audio-128k"], AudioTracks.GroupsFor(Sample.Presentation with { Video = [Sample.Presentation.Video[0]] }, Sample.Presentation.Video[0]));
}
