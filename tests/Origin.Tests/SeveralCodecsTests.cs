using System.Xml.Linq;
using FlickStream.Origin.Manifests;
using FlickStream.Origin.Presentations;
using FlickStream.Platform.Contracts;
using FlickStream.Platform.Delivery;

namespace FlickStream.Origin.Tests;

/// <summary>A title in H.264, HEVC and AV1.</summary>
public sealed class SeveralCodecsTests
{
    private static readonly Presentation Title = Sample.Presentation with
    {
        Video =
        [
            .. Sample.Presentation.Video,
            new VideoRendition("v1440-hevc", 2560, 1440, "hvc1.1.6.L150.90", 8_100_000, 30_000) { Codec = VideoCodec.Hevc },
            new VideoRendition("v720-hevc", 1280, 720, "hvc1.1.6.L93.90", 3_400_000, 30_000) { Codec = VideoCodec.Hevc },
            new VideoRendition("v720-av1", 1280, 720, "av01.0.05M.08", 2_550_000, 30_000) { Codec = VideoCodec.Av1 },
        ],
    };

    private static PresentationView Ready { get; } =
        PresentationView.Of(Title with { State = PresentationState.Ready }, Sample.Runs(4, Title));

    [Fact]
    public void Hls_offers_them_ladder_by_ladder_the_first_in_h264()
    {
        var lines = MultivariantPlaylist.Render(Ready, Sample.AnyHeight).Split('\n');

        Assert.Equal(
            ["v720", "v234", "v720-hevc", "v1440-hevc", "v720-av1"],
            lines.Where(l => l.EndsWith("/media.m3u8", StringComparison.Ordinal)).Select(l => l.Split('/')[0]));
        Assert.Contains(lines, l => l.Contains("CODECS=\"hvc1.1.6.L150.90,mp4a.40.2\",RESOLUTION=2560x1440", StringComparison.Ordinal));
        Assert.Equal(5, lines.Count(l => l.StartsWith("#EXT-X-I-FRAME-STREAM-INF", StringComparison.Ordinal)));
    }

    [Fact]
    public void Dash_has_one_set_a_codec_and_prefers_what_costs_less()
    {
        var sets = Sets(Ready, Sample.AnyHeight);

        Assert.Equal(
            ["0 1 v720 v234", "1 2 v1440-hevc v720-hevc", "2 3 v720-av1"],
            sets.Select(s => $"{s.Attribute("id")!.Value} {s.Attribute("selectionPriority")!.Value} "
                + string.Join(' ', s.Elements().Where(e => e.Name.LocalName == "Representation").Select(r => r.Attribute("id")!.Value))));
    }

    [Fact]
    public void A_grant_for_less_height_means_all_codecs()
    {
        var text = MultivariantPlaylist.Render(Ready, Ready.HeightFor(1080));

        Assert.Equal((1440, 720, 234, 0), (Ready.HeightFor(0), Ready.HeightFor(1080), Ready.HeightFor(719), Ready.HeightFor(100)));
        Assert.DoesNotContain("v1440", text, StringComparison.Ordinal);
        Assert.Contains("v720-hevc/media.m3u8", text, StringComparison.Ordinal);
        Assert.True(Ready.Allows(Ready.Find("v720-av1")!, 720));
        Assert.False(Ready.Allows(Ready.Find("v1440-hevc")!, 720));
        Assert.False(Ready.Allows(Ready.Find("v720-av1")!, 234));
        Assert.True(Ready.Allows(Ready.Find("a1-40k")!, 234));
    }

    [Fact]
    public void While_it_grows_the_others_are_not_offered_and_hold_nothing_back()
    {
        List<SegmentRun> runs = [.. Sample.Runs(3), Sample.Run("v720-hevc", 0)];
        var view = PresentationView.Of(Title, runs);

        Assert.True(view.IsPlayable);
        Assert.Equal(3, view.VideoSegments);
        Assert.DoesNotContain("hevc", MultivariantPlaylist.Render(view, Sample.AnyHeight), StringComparison.Ordinal);
        Assert.Single(Sets(view, Sample.AnyHeight));

        // Whoever guesses the address gets what there is.
        var guessed = MediaPlaylist.Render(view, view.Find("v720-hevc")!, MediaAddress.Relative, view.IsGrowing);
        Assert.Contains("\n0.m4s", guessed, StringComparison.Ordinal);
        Assert.DoesNotContain("\n1.m4s", guessed, StringComparison.Ordinal);
    }

    [Fact]
    public void A_title_that_grew_with_a_ladder_goes_on_without_it_when_that_is_left_out()
    {
        var growing = PresentationView.Of(Title, Sample.Runs(4, Title));
        var title = Title with { State = PresentationState.Ready, Video = [.. Title.Video.Where(v => v.Codec != VideoCodec.Hevc)] };

        var view = growing.With(title, []);

        Assert.Equal(title.Video.Select(v => v.Name), view.Video.Select(track => track.Name));
        Assert.Equal(["v720", "v234", "v720-av1"], view.Offered(Sample.AnyHeight).Select(rung => rung.Video.Name));
        Assert.Null(view.Find("v1440-hevc"));
    }

    [Theory]
    [InlineData(VideoRange.Pq, "PQ", "16")]
    [InlineData(VideoRange.Hlg, "HLG", "18")]
    public void An_hdr_ladder_says_so_and_is_hidden_from_those_who_do_not_know_it(VideoRange range, string name, string transfer)
    {
        var title = Title with
        {
            Video = [.. Sample.Presentation.Video, Title.Video[4], Title.Video[3] with { Name = "v720-hdr", Codecs = "hvc1.2.4.L93.90", Range = range }],
            State = PresentationState.Ready,
        };
        var view = PresentationView.Of(title, Sample.Runs(4, title));

        var lines = MultivariantPlaylist.Render(view, Sample.AnyHeight).Split('\n');
        Assert.Equal(2, lines.Count(l => l.Contains($",VIDEO-RANGE={name},", StringComparison.Ordinal)));
        Assert.Equal(6, lines.Count(l => l.Contains(",VIDEO-RANGE=SDR,", StringComparison.Ordinal)));

        var sets = Sets(view, Sample.AnyHeight);
        Assert.Equal(
            [["EssentialProperty ColourPrimaries 9", $"EssentialProperty TransferCharacteristics {transfer}", "EssentialProperty MatrixCoefficients 9"]],
            sets.Select(Properties).Where(p => p.Any(text => text.StartsWith("Essential", StringComparison.Ordinal))));
        Assert.Equal(["SupplementalProperty adaptation-set-switching:2016 1"], Properties(sets[0]));
        Assert.Equal("4", sets[2].Attribute("selectionPriority")!.Value);
    }

    private static List<string> Properties(XElement set) =>
    [
        .. set.Elements().Where(e => e.Name.LocalName.EndsWith("Property", StringComparison.Ordinal))
            .Select(e => $"{e.Name.LocalName} {e.Attribute("schemeIdUri")!.Value.Replace("urn:mpeg:mpegB:cicp:", "", StringComparison.Ordinal)
                .Replace("urn:mpeg:dash:", "", StringComparison.Ordinal)} {e.Attribute("value")!.Value}"),
    ];

    [Fact]
    public void Whoever_watches_meets_an_end_when_h264_has_one_though_the_others_are_still_made()
    {
        var view = PresentationView.Of(Title, [.. Sample.Runs(4), Sample.Run("v720-hevc", 0)]);

        Assert.Equal((true, true, false, false), (view.IsEncoding, view.IsWhole, view.IsGrowing, view.IsReady));
        Assert.EndsWith("#EXT-X-ENDLIST\n", MediaPlaylist.Render(view, view.Find("v720")!, MediaAddress.Relative, view.IsGrowing), StringComparison.Ordinal);
        Assert.Contains("type=\"static\"", DashManifest.Render(view, Sample.AnyHeight, MediaAddress.Relative, Sample.Start), StringComparison.Ordinal);
        Assert.Single(Sets(view, Sample.AnyHeight));

        var behind = PresentationView.Of(Title, [.. Sample.Runs(4).Where(run => run is not { Rendition: "a1-40k", First: 3 })]);
        Assert.True(behind.IsGrowing);
    }

    [Fact]
    public void Sets_keep_their_ids_when_another_ladder_or_text_joins()
    {
        var text = new TextRendition("t2", "en", "English", TextRole.Subtitles, false, 4, 100);
        var growing = PresentationView.Of(Title with { Text = [text] }, [.. Sample.Runs(4), Sample.Run("v720-hevc", 0)]);
        var whole = PresentationView.Of(
            Title with { State = PresentationState.Ready, Text = [text with { Name = "t1" }, text] }, Sample.Runs(4, Title));

        var (before, after) = (Ids(growing), Ids(whole));
        Assert.Equal(["t1", "v720-av1", "v720-hevc"], after.Keys.Except(before.Keys).Order(StringComparer.Ordinal));
        Assert.All(before, set => Assert.Equal(set.Value, after[set.Key]));
        Assert.Equal(after.Count, after.Values.Distinct().Count());

        static Dictionary<string, string> Ids(PresentationView view) =>
            XDocument.Parse(DashManifest.Render(view, Sample.AnyHeight, MediaAddress.Relative, Sample.Start)).Descendants()
                .Where(e => e.Name.LocalName == "AdaptationSet")
                .ToDictionary(e => e.Elements().Last(c => c.Name.LocalName == "Representation").Attribute("id")!.Value, e => e.Attribute("id")!.Value);
    }

    [Fact]
    public void A_rung_whose_codecs_are_not_known_yet_is_not_offered()
    {
        var unknown = Sample.Presentation with { Video = [Sample.Presentation.Video[0] with { Codecs = null }, Sample.Presentation.Video[1]] };
        var text = MultivariantPlaylist.Render(PresentationView.Of(unknown, Sample.Runs(1, unknown)), Sample.AnyHeight);

        Assert.DoesNotContain("v720", text, StringComparison.Ordinal);
        Assert.Contains("v234/media.m3u8", text, StringComparison.Ordinal);
    }

    private static List<XElement> Sets(PresentationView view, int height) =>
    [
        .. XDocument.Parse(DashManifest.Render(view, height, MediaAddress.Relative, Sample.Start)).Descendants()
            .Where(e => e.Name.LocalName == "AdaptationSet" && e.Attribute("contentType")!.Value == "video"),
    ];
}
