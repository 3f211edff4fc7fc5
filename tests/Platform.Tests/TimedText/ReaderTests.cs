using FlickStream.Platform.TimedText;

namespace FlickStream.Platform.Tests.TimedText;

public sealed class ReaderTests
{
    [Theory]
    [InlineData("a <i>b</i> & c", "a <i>b</i> &amp; c")]
    [InlineData("a <i>b <b>c</i> d</b>", "a <i>b</i> <b><i>c</i></b> <b>d</b>")]
    [InlineData("<script>alert(1)</script>x <3 y", "alert(1)x &lt;3 y")]
    [InlineData("a --> b", "a --&gt; b")]
    [InlineData("<font color=\"red\">a</font> \nb\u0000\u001b\n \nc", "a\nb")]
    [InlineData("{\\an8}{\\i1}a", "a")]
    [InlineData("\n\n", "")]
    public void SubRip_text_becomes_safe_text(string text, string expected) =>
        Assert.Equal(expected, Read($"1\n00:00:01,000 --> 00:00:02,000\n{text}\n\n", TextFormat.SubRip).FirstOrDefault()?.Text ?? "");

    [Fact]
    public void SubRip_is_read_whatever_ends_its_lines_and_without_numbers()
    {
        var cues = Read("1\r\n00:00:01,5 --> 00:00:02.75 X1:10\r\nOne\r\n\r\n00:00:03,000-->00:00:04,000\r{\\an8}Two\r\r", TextFormat.SubRip);
        Assert.Equal([new Cue(1500, 2750, "One"), new Cue(3000, 4000, "Two", "line:0")], cues);
    }

    [Fact]
    public void WebVtt_keeps_places_and_leaves_styles_and_notes_out()
    {
        var cues = Read(
            "WEBVTT - title\nX-TIMESTAMP-MAP=LOCAL:0\n\nSTYLE\n::cue { color: red }\n\nNOTE 00:01.000 --> 00:02.000\nno\n\n"
            + "id\n00:01.000 --> 01:00:02.000 line:-2 bogus:1 align:start onclick:x\n<v Bob>a <c.red>b</c> &lt;i&gt; &amp; <00:01.500><i>c</i>",
            TextFormat.WebVtt);
        Assert.Equal([new Cue(1000, 3_602_000, "a b &lt;i&gt; &amp; <i>c</i>", "line:-2 align:start")], cues);
    }

    [Fact]
    public void Ass_keeps_slant_weight_and_place_and_leaves_drawings_out()
    {
        const string File = """
            [V4+ Styles]
            Format: Name, Italic, Alignment
            Style: Top,-1,8
            [Events]
            Format: Layer, Start, End, Style, Text
            Comment: 0,0:00:00.00,0:00:01.00,Top,no
            Dialogue: 0,0:00:01.00,0:00:02.50,Top,{\fad(1,2)}One,{\i0} two\N{\b1}three{\r} four{\p1}m 0 0 l 1 1{\p0}
            Dialogue: 0,0:00:03.00,0:00:04.00,Absent,{\an5\bord3}mid{\an}{unclosed
            Dialogue: 0,0:00:05.00,0:00:06.00,Absent,{\an7}{\pos(38.5,20)}sign
            Dialogue: 0,0:00:06.00,0:00:07.00,Top,{\an7}{\pos(38,243)}speech
            Dialogue: 0,wrong,0:00:04.00,Top,no
            """;
        Assert.Equal(
            [
                new Cue(1000, 2500, "<i>One,</i> two\n<b>three</b> <i>four</i>", "line:0"),
                new Cue(3000, 4000, "mid{unclosed", "line:50%"),
                new Cue(5000, 6000, "sign", "line:0"),
                new Cue(6000, 7000, "<i>speech</i>"),
            ],
            Read(File, TextFormat.Ass));
    }

    [Fact]
    public void Old_SSA_counts_its_places_differently()
    {
        const string File = "[V4 Styles]\nFormat: Name, Alignment\nStyle: T,6\n[Events]\nFormat: Marked, Start, End, Style, Text\n"
            + "Dialogue: Marked=0,0:00:01.00,0:00:02.00,T,x";
        Assert.Equal("line:0", Assert.Single(Read(File, TextFormat.Ass)).Settings);
    }

    private static List<Cue> Read(string file, TextFormat format) => [.. TimedTextFile.Read(file, format)];
}
