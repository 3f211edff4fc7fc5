using System.Xml.Linq;
using System.Xml.Schema;
using FlickStream.Origin.Manifests;
using FlickStream.Origin.Presentations;
using FlickStream.Platform.Contracts;
using FlickStream.Platform.Delivery;

namespace FlickStream.Origin.Tests;

public sealed class DashManifestTests
{
    private static readonly XNamespace Mpd = "urn:mpeg:dash:schema:mpd:2011";

    [Fact]
    public void A_ready_title_is_static_with_an_exact_timeline() => Assert.Equal(
        """
        <?xml version="1.0" encoding="UTF-8"?>
        <MPD profiles="urn:mpeg:dash:profile:isoff-live:2011" minBufferTime="PT6S" type="static" mediaPresentationDuration="PT20.010667S" xmlns="urn:mpeg:dash:schema:mpd:2011">
          <Period id="0" start="PT0S">
            <AdaptationSet id="0" contentType="video" mimeType="video/mp4" segmentAlignment="true" startWithSAP="1" scanType="progressive" maxWidth="416" maxHeight="234">
              <Role schemeIdUri="urn:mpeg:dash:role:2011" value="main" />
              <Representation id="v234" codecs="avc1.42c00d" bandwidth="120000" width="416" height="234" frameRate="30" sar="1:1">
                <SegmentTemplate timescale="30000" startNumber="0" initialization="v234/init.mp4" media="v234/$Number$.m4s">
                  <SegmentTimeline>
                    <S t="0" d="180000" r="2" />
                    <S d="60000" />
                  </SegmentTimeline>
                </SegmentTemplate>
              </Representation>
            </AdaptationSet>
            <AdaptationSet id="1" contentType="audio" mimeType="audio/mp4" segmentAlignment="true" startWithSAP="1" selectionPriority="4" lang="en">
              <Label>English</Label>
              <Role schemeIdUri="urn:mpeg:dash:role:2011" value="main" />
              <Representation id="a1-128k" codecs="mp4a.40.2" bandwidth="128114" audioSamplingRate="48000">
                <AudioChannelConfiguration schemeIdUri="urn:mpeg:dash:23003:3:audio_channel_configuration:2011" value="2" />
                <SegmentTemplate timescale="48000" startNumber="0" initialization="a1-128k/init.mp4" media="a1-128k/$Number$.m4s">
                  <SegmentTimeline>
                    <S t="0" d="287744" />
                    <S d="288768" />
                    <S d="287744" />
                    <S d="96256" />
                  </SegmentTimeline>
                </SegmentTemplate>
              </Representation>
              <Representation id="a1-40k" codecs="mp4a.40.2" bandwidth="40036" audioSamplingRate="48000">
                <AudioChannelConfiguration schemeIdUri="urn:mpeg:dash:23003:3:audio_channel_configuration:2011" value="2" />
                <SegmentTemplate timescale="48000" startNumber="0" initialization="a1-40k/init.mp4" media="a1-40k/$Number$.m4s">
                  <SegmentTimeline>
                    <S t="0" d="287744" />
                    <S d="288768" />
                    <S d="287744" />
                    <S d="96256" />
                  </SegmentTimeline>
                </SegmentTemplate>
              </Representation>
            </AdaptationSet>
          </Period>
        </MPD>

        """,
        DashManifest.Render(Sample.View(4, PresentationState.Ready), 234, MediaAddress.Relative, Sample.Start));

    [Fact]
    public void A_growing_title_is_dynamic_and_all_that_it_lists_is_available()
    {
        var mpd = Parse(Sample.View(1), Sample.Start.AddSeconds(1));
        Assert.Equal("dynamic", mpd.Attribute("type")!.Value);
        Assert.Equal("PT2S", mpd.Attribute("minimumUpdatePeriod")!.Value);
        Assert.Null(mpd.Attribute("timeShiftBufferDepth"));
        Assert.Null(mpd.Attribute("mediaPresentationDuration"));
        Assert.Equal("2026-01-02T03:04:06.000Z", mpd.Element(Mpd + "UTCTiming")!.Attribute("value")!.Value);

        // The title lasts 20 s: even all of it, encoded in no time at all, is available when it is listed.
        Assert.Equal("2026-01-02T03:03:39.000Z", mpd.Attribute("availabilityStartTime")!.Value);
    }

    [Fact]
    public void The_start_of_availability_never_moves() => Assert.Equal(
        Parse(Sample.View(1), Sample.Start).Attribute("availabilityStartTime")!.Value,
        Parse(Sample.View(3), Sample.Start.AddMinutes(9)).Attribute("availabilityStartTime")!.Value);

    [Fact]
    public void Hostile_text_stays_text()
    {
        var presentation = Sample.Presentation with
        {
            Audio = [new AudioRendition("a", "g", "<x>", "</Label>\u0001\ud800<evil/>", true, 2, 48_000, "mp4a.40.2", 128_000)],
        };
        var view = PresentationView.Of(presentation, Sample.Runs(1, presentation));
        var mpd = XDocument.Parse(DashManifest.Render(view, Sample.AnyHeight, MediaAddress.Relative, Sample.Start)).Root!;
        Assert.Equal("</Label>  <evil/>", mpd.Descendants(Mpd + "Label").Single().Value);
    }

    [Theory]
    [InlineData(PresentationState.Encoding, 1)]
    [InlineData(PresentationState.Encoding, 3)]
    [InlineData(PresentationState.Ready, 4)]
    [InlineData(PresentationState.Failed, 2)]
    public void It_is_what_the_schema_allows(PresentationState state, int segments)
    {
        var cdn = new MediaAddress("https://cdn.example/media/a/", new Dictionary<MediaPart, string>
        {
            [new(Sample.Revision, "")] = "Policy=p~&Signature=s_&Key-Pair-Id=K",
        });
        foreach (var address in new[] { MediaAddress.Relative, cdn })
        {
            Assert.Empty(Errors(DashManifest.Render(Sample.View(segments, state), Sample.AnyHeight, address, Sample.Start)));
        }
    }

    [Fact]
    public void The_schema_refuses_what_is_out_of_order()
    {
        var mpd = DashManifest.Render(Sample.View(4, PresentationState.Ready), Sample.AnyHeight, MediaAddress.Relative, Sample.Start);
        Assert.NotEmpty(Errors(mpd.Replace("startNumber", "beginNumber", StringComparison.Ordinal)));
    }

    internal static List<string> Errors(string mpd)
    {
        var schemas = new XmlSchemaSet();
        schemas.Add(Mpd.NamespaceName, Path.Combine(AppContext.BaseDirectory, "mpd.xsd"));
        List<string> errors = [];
        XDocument.Parse(mpd).Validate(schemas, (_, e) => errors.Add(e.Message));
        return errors;
    }

    private static XElement Parse(PresentationView view, DateTimeOffset now) =>
        XDocument.Parse(DashManifest.Render(view, Sample.AnyHeight, MediaAddress.Relative, now)).Root!;
}
