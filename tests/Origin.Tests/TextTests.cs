using FlickStream.Origin.Grants;
using FlickStream.Origin.Manifests;
using FlickStream.Origin.Presentations;
using FlickStream.Platform.Contracts;
using FlickStream.Platform.Delivery;

namespace FlickStream.Origin.Tests;

public sealed class TextTests
{
    private static readonly Presentation Title = Sample.Presentation with
    {
        State = PresentationState.Ready,
        Text =
        [
            new TextRendition("t1", "de", "Deutsch", TextRole.Subtitles, true, 5, 2000),
            new TextRendition("t2", "de", "Deutsch", TextRole.Sdh, true, 5, 3000),
            new TextRendition("x1", "no\"tag", "Sig\"ns\n", TextRole.Forced, false, 2, 100),
        ],
        Chapters = [new Chapter(0, 7.5, "One & <two>"), new Chapter(7.5, 20, null)],
    };

    private static readonly MediaAddress Cdn =
        new("https://cdn/", new Dictionary<MediaPart, string> { [new MediaPart(Sample.Revision, "")] = "a=b&c" });

    [Fact]
    public void Every_text_is_announced_with_what_players_choose_by() => Assert.Equal(
        [
            "#EXT-X-MEDIA:TYPE=SUBTITLES,GROUP-ID=\"text\",NAME=\"Deutsch\",LANGUAGE=\"de\",DEFAULT=YES,AUTOSELECT=YES,FORCED=NO,URI=\"t1/media.m3u8\"",
            "#EXT-X-MEDIA:TYPE=SUBTITLES,GROUP-ID=\"text\",NAME=\"Deutsch (2)\",LANGUAGE=\"de\",DEFAULT=NO,AUTOSELECT=YES,FORCED=NO,"
                + "CHARACTERISTICS=\"public.accessibility.transcribes-spoken-dialog,public.accessibility.describes-music-and-sound\",URI=\"t2/media.m3u8\"",
            "#EXT-X-MEDIA:TYPE=SUBTITLES,GROUP-ID=\"text\",NAME=\"Sig'ns \",LANGUAGE=\"und\",DEFAULT=NO,AUTOSELECT=YES,FORCED=YES,URI=\"x1/media.m3u8\"",
            "#EXT-X-SESSION-DATA:DATA-ID=\"com.apple.hls.chapters\",URI=\"chapters.json\"",
        ],
        MultivariantPlaylist.Render(View(4), 0).Split('\n').Where(l => l.Contains("SUBTITLES,", StringComparison.Ordinal) || l.Contains("SESSION", StringComparison.Ordinal)));

    [Fact]
    public void Text_segments_are_as_long_as_the_pictures_and_no_more_than_there_are()
    {
        var text = TextPlaylist.Render(View(4), Title.Text[0], MediaAddress.Relative, isEvent: false);
        Assert.Equal(
            "#EXTM3U\n#EXT-X-VERSION:6\n#EXT-X-TARGETDURATION:6\n#EXT-X-MEDIA-SEQUENCE:0\n#EXT-X-PLAYLIST-TYPE:VOD\n#EXT-X-INDEPENDENT-SEGMENTS\n"
            + "#EXTINF:6.000000,\n0.vtt\n#EXTINF:6.000000,\n1.vtt\n#EXTINF:6.000000,\n2.vtt\n#EXTINF:2.000000,\n3.vtt\n#EXT-X-ENDLIST\n",
            text);
        Assert.DoesNotContain("2.vtt", TextPlaylist.Render(View(4), Title.Text[2], MediaAddress.Relative, isEvent: false), StringComparison.Ordinal);
        Assert.Contains(
            "https://cdn/rev1/t1/0.vtt?a=b&c\n", TextPlaylist.Render(View(4), Title.Text[0], Cdn, isEvent: false), StringComparison.Ordinal);
    }

    [Fact]
    public void The_MPD_names_each_text_as_one_file_with_its_role()
    {
        var mpd = DashManifest.Render(View(4), 0, Cdn, Sample.Start);
        Assert.Contains("<BaseURL>https://cdn/rev1/t2/all.vtt?a=b&amp;c</BaseURL>", mpd, StringComparison.Ordinal);
        foreach (var role in new[] { "subtitle", "caption", "forced-subtitle" })
            Assert.Contains($"<Role schemeIdUri=\"urn:mpeg:dash:role:2011\" value=\"{role}\" />", mpd, StringComparison.Ordinal);
    }

    [Fact]
    public void Chapters_are_told_to_browsers_and_to_Apple()
    {
        Assert.Equal(
            "WEBVTT\n\n00:00:00.000 --> 00:00:07.500\nOne &amp; &lt;two&gt;\n\n00:00:07.500 --> 00:00:20.000\nChapter 2\n", ChapterFiles.Vtt(Title));
        Assert.Contains("{\"chapter\":2,\"start-time\":7.5,\"duration\":12.5,\"titles\":[{\"language\":\"und\",\"title\":\"Chapter 2\"}]}", ChapterFiles.Json(Title), StringComparison.Ordinal);
    }

    [Fact]
    public void Chapters_last_whole_milliseconds() => Assert.Contains(
        "\"start-time\":1.3,\"duration\":2,", ChapterFiles.Json(Title with { Chapters = [new Chapter(1.3, 3.3, null)] }), StringComparison.Ordinal);

    [Fact]
    public void A_grant_for_less_height_opens_the_text_at_the_CDN_too()
    {
        var claims = new GrantClaims
        {
            GrantId = Guid.NewGuid(), AssetId = Sample.AssetId, Revision = Sample.Revision, ExpiresAt = Sample.Start, MaxHeight = 300,
        };
        Assert.Subset(GrantScope.Of(claims, View(4)).Parts.Select(p => p.Name).ToHashSet(), new HashSet<string> { "t1/", "t2/", "x1/" });
    }

    private static PresentationView View(int segments) => PresentationView.Of(Title, Sample.Runs(segments));
}
