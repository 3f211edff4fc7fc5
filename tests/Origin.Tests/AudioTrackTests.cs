using System.Globalization;
using System.Xml.Linq;
using System.Xml.Schema;
using FlickStream.Origin.Manifests;
using FlickStream.Origin.Presentations;
using FlickStream.Platform.Contracts;
using FlickStream.Platform.Delivery;
using FlickStream.Tests;

namespace FlickStream.Origin.Tests;

/// <summary>A title with an English 5.1 mix, a French stereo dub, a commentary and an audio description.</summary>
public sealed class AudioTrackTests
{
    private static readonly XNamespace Mpd = "urn:mpeg:dash:schema:mpd:2011";

    private static readonly PresentationView View = Of(
        Track(1, "en", "English", AudioRole.Main, hasSurround: true),
        Track(2, "fr", "French", AudioRole.Dub),
        Track(3, "en", "English (commentary)", AudioRole.Commentary),
        Track(4, "en", "English (audio description)", AudioRole.Description));

    private static readonly HlsPlaylist Hls = new(MultivariantPlaylist.Render(View, Sample.AnyHeight));

    [Fact]
    public void Every_group_offers_the_same_tracks_and_the_surround_group_takes_stereo_where_there_is_no_other()
    {
        var groups = Hls.Tags("#EXT-X-MEDIA").GroupBy(m => m["GROUP-ID"]).ToList();

        Assert.Equal(["audio-128k", "audio-40k", "audio-384k"], groups.Select(g => g.Key));
        Assert.All(groups, g => Assert.Equal(["English", "French", "English (commentary)", "English (audio description)"], g.Select(m => m["NAME"])));
        Assert.Equal(
            ["6 a1-384k/media.m3u8", "2 a2-128k/media.m3u8", "2 a3-128k/media.m3u8", "2 a4-128k/media.m3u8"],
            groups[2].Select(m => $"{m["CHANNELS"]} {m["URI"]}"));
    }

    [Fact]
    public void Players_choose_by_language_and_need_but_never_a_commentary() => Assert.Equal(
        ["YES YES ", "NO YES ", "NO NO ", "NO YES public.accessibility.describes-video"],
        Hls.Tags("#EXT-X-MEDIA").Where(m => m["GROUP-ID"] == "audio-128k")
            .Select(m => $"{m["DEFAULT"]} {m["AUTOSELECT"]} {m.GetValueOrDefault("CHARACTERISTICS")}"));

    [Fact]
    public void Sound_around_comes_after_every_stereo_variant_and_with_large_pictures_only() => Assert.Equal(
        ["v720/media.m3u8 audio-128k", "v234/media.m3u8 audio-40k", "v720/media.m3u8 audio-384k"],
        Hls.Tags("#EXT-X-STREAM-INF").Select(v => $"{v["URI"]} {v["AUDIO"]}"));

    [Fact]
    public void Bandwidth_adds_the_dearest_track_of_the_group_that_a_variant_names()
    {
        var sums = Hls.Tags("#EXT-X-STREAM-INF").Select(v => int.Parse(v["BANDWIDTH"], CultureInfo.InvariantCulture)).ToList();

        // 1,500,000 bytes of picture in 6 s and 384 kb/s; of stereo 128 kb/s.
        Assert.InRange(sums[0], 2_127_000, 2_130_000);
        Assert.InRange(sums[2], 2_383_000, 2_387_000);
    }

    [Fact]
    public void A_small_title_has_its_sound_around_with_its_largest_rung()
    {
        var small = View.Presentation with { Video = [new VideoRendition("v360", 640, 360, "avc1.64001e", 365_000, 30_000), View.Presentation.Video[1]] };

        Assert.Equal(["audio-128k", "audio-384k"], AudioTracks.GroupsFor(small, small.Video[0]));
        Assert.Equal(["audio-40k"], AudioTracks.GroupsFor(small, small.Video[1]));
    }

    [Fact]
    public void The_default_track_is_the_one_of_its_language_that_players_choose()
    {
        var view = Of(Track(1, "en", "Stage", AudioRole.Main, isDefault: false), Track(2, "en", "Cinema", AudioRole.Main, isDefault: true), Track(3, "de", "Kino", AudioRole.Main));

        Assert.Equal([(false, false), (true, true), (false, true)], AudioTracks.Of(view).Select(t => (t.IsDefault, t.IsAutomatic)));
    }

    [Fact]
    public void Renditions_of_earlier_versions_are_told_apart_by_their_place_in_a_group()
    {
        var old = Of([.. new[] { Track(1, "en", "English", AudioRole.Main), Track(2, "fr", "French", AudioRole.Dub) }
            .Select(track => track.Select(r => r with { Track = 0 }).ToArray())]);

        Assert.Equal([("English", 2), ("French", 2)], AudioTracks.Of(old).Select(t => (t.Name, t.Qualities.Count)));
    }

    [Fact]
    public void An_MPD_says_what_each_track_is_for_and_begins_with_stereo()
    {
        var mpd = XDocument.Parse(DashManifest.Render(View, Sample.AnyHeight, MediaAddress.Relative, Sample.Start));
        var sets = mpd.Descendants(Mpd + "AdaptationSet").Where(set => set.Attribute("contentType")!.Value == "audio");

        Assert.Equal(
            [
                "English en main 2,1 4", "English en main 6 3", "French fr dub 2,1 2", "English (commentary) en commentary 2,1 2",
                "English (audio description) en AudioPurposeCS:2007=1+description 2,1 2",
            ],
            sets.Select(set => string.Join(
                ' ',
                set.Element(Mpd + "Label")!.Value,
                set.Attribute("lang")!.Value,
                string.Join('+', set.Elements(Mpd + "Accessibility").Select(a => $"{a.Attribute("schemeIdUri")!.Value[^19..]}={a.Attribute("value")!.Value}")
                    .Concat(set.Elements(Mpd + "Role").Select(r => r.Attribute("value")!.Value))),
                string.Join(',', set.Descendants(Mpd + "AudioChannelConfiguration").Select(c => c.Attribute("value")!.Value)),
                set.Attribute("selectionPriority")!.Value)));
        var schemas = new XmlSchemaSet();
        schemas.Add(Mpd.NamespaceName, Path.Combine(AppContext.BaseDirectory, "mpd.xsd"));
        List<string> errors = [];
        mpd.Validate(schemas, (_, e) => errors.Add(e.Message));
        Assert.Empty(errors);
    }

    private static PresentationView Of(params AudioRendition[][] tracks)
    {
        var presentation = Sample.Presentation with { State = PresentationState.Ready, Audio = [.. tracks.SelectMany(track => track)] };
        return PresentationView.Of(presentation, Sample.Runs(4, presentation));
    }

    private static AudioRendition[] Track(
        int number, string language, string title, AudioRole role, bool hasSurround = false, bool? isDefault = null)
    {
        var good = new AudioRendition(
            $"a{number}-128k", "audio-128k", language, title, isDefault ?? number == 1, 2, 48_000, "mp4a.40.2", 128_000) { Track = number, Role = role };
        var small = good with { Name = $"a{number}-40k", Group = "audio-40k", Channels = 1, BitsPerSecond = 40_000 };
        var around = good with { Name = $"a{number}-384k", Group = "audio-384k", Channels = 6, BitsPerSecond = 384_000 };
        return hasSurround ? [good, small, around] : [good, small];
    }
}
