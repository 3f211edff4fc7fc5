using FlickStream.Platform.TimedText;

namespace FlickStream.Platform.Tests.TimedText;

public sealed class TtmlReaderTests
{
    private const string Root = "<tt xmlns=\"http://www.w3.org/ns/ttml\" xmlns:tts=\"http://www.w3.org/ns/ttml#styling\" "
        + "xmlns:ttp=\"http://www.w3.org/ns/ttml#parameter\" ttp:frameRate=\"24\" ttp:frameRateMultiplier=\"1000 1001\" ttp:tickRate=\"10000000\">";

    [Fact]
    public void Text_styles_and_places_are_read()
    {
        var file = $"""
            <?xml version="1.0" encoding="UTF-8"?>
            {Root}<head>
            <styling><style xml:id="s1" tts:fontStyle="italic"/><style xml:id="s2" style="s1" tts:fontWeight="bold"/></styling>
            <layout><region xml:id="top" tts:displayAlign="before"/><region xml:id="low"><style tts:displayAlign="after"/></region></layout>
            </head><body region="low"><div begin="10s">
              <p begin="00:00:01.500" end="00:00:03" style="s1">
                One &amp; <span tts:fontStyle="normal">two</span><br/>  three
              </p>
              <p region="top" begin="5s" dur="1500ms"><span style="s2">&lt;Top&gt;</span></p>
              <p><span begin="20s" end="21s">a</span><span begin="21s" end="22s">b</span></p>
            </div></body></tt>
            """;
        Assert.Equal(
            [
                new Cue(11_500, 13_000, "<i>One &amp;</i> two\n<i>three</i>"),
                new Cue(15_000, 16_500, "<b><i>&lt;Top&gt;</i></b>", "line:0"),
                new Cue(30_000, 31_000, "a"),
                new Cue(31_000, 32_000, "b"),
            ],
            Read(file));
    }

    [Theory]
    [InlineData("00:00:01:12", 1500 + 0.5)]
    [InlineData("48f", 2002)]
    [InlineData("15000000t", 1500)]
    [InlineData("0.5m", 30_000)]
    [InlineData("1h", 3_600_000)]
    [InlineData("-1s", 0)]
    [InlineData("1e9s", 0)]
    public void Times_are_told_in_every_unit(string begin, double expected) =>
        Assert.Equal(expected, Assert.Single(Read($"{Root}<body><div><p begin=\"{begin}\">x</p></div></body></tt>")).Start, 1.0);

    [Theory]
    [InlineData("ttp:frameRate=\"24\" ttp:frameRateMultiplier=\"1000 1001\"", "01:00:00:12", 3_604_100.5)]
    [InlineData("ttp:frameRate=\"24\" ttp:frameRateMultiplier=\"999 1000\" ttp:dropMode=\"nonDrop\"", "00:00:01:00", 1001)]
    [InlineData("ttp:frameRate=\"30\" ttp:frameRateMultiplier=\"1000 1001\" ttp:dropMode=\"dropNTSC\"", "01:00:00:00", 3_599_996.4)]
    [InlineData("ttp:frameRate=\"30\" ttp:frameRateMultiplier=\"1000 1001\" ttp:dropMode=\"dropNTSC\"", "00:01:00:02", 60_060)]
    [InlineData("ttp:frameRate=\"30\" ttp:frameRateMultiplier=\"1000 1001\" ttp:dropMode=\"dropNTSC\"", "00:10:00;00", 599_999.4)]
    [InlineData("ttp:frameRate=\"30\" ttp:dropMode=\"dropPAL\"", "00:02:00:04", 120_000)]
    [InlineData("ttp:frameRate=\"25\"", "10:00:00:05", 36_000_200)]
    public void A_clock_of_labels_counts_frames(string parameters, string begin, double expected)
    {
        var root = $"<tt xmlns=\"http://www.w3.org/ns/ttml\" xmlns:ttp=\"http://www.w3.org/ns/ttml#parameter\" ttp:timeBase=\"smpte\" {parameters}>";
        Assert.Equal(expected, Assert.Single(Read($"{root}<body><div><p begin=\"{begin}\">x</p></div></body></tt>")).Start, 1.0);
    }

    [Fact]
    public void Words_beside_timed_spans_stand_as_long_as_their_paragraph()
    {
        var file = $"""
            {Root}<body><div>
              <p begin="1s" end="9s">One <span begin="2s" end="4s">two<br/></span> <span tts:fontStyle="italic">three <span begin="3s">four</span></span></p>
            </div></body></tt>
            """;
        Assert.Equal(
            [
                new Cue(1000, 3000, "One <i>three</i>"),
                new Cue(3000, 4000, "One two\n<i>three</i>"),
                new Cue(4000, 5000, "One two\n<i>three four</i>"),
                new Cue(5000, 9000, "One <i>three four</i>"),
            ],
            Read(file));
    }

    [Theory]
    [InlineData("<!DOCTYPE tt [<!ENTITY a \"aaaa\">]><tt><body><p>&a;</p></body></tt>")]
    [InlineData("<tt><body><p begin=\"1s\">unclosed")]
    [InlineData("<html><body><p>no</p></body></html>")]
    public void What_is_no_plain_document_has_no_cues(string file) => Assert.Empty(Read(file));

    [Fact]
    public void Deep_nesting_is_refused_and_loops_of_styles_end()
    {
        var deep = Root + "<body>" + string.Concat(Enumerable.Repeat("<div>", 100_000)) + string.Concat(Enumerable.Repeat("</div>", 100_000)) + "</body></tt>";
        Assert.Empty(Read(deep));
        var loop = Root + "<head><styling><style xml:id=\"a\" style=\"b\"/><style xml:id=\"b\" style=\"a\"/></styling></head>"
            + "<body><div><p style=\"a\" begin=\"1s\" end=\"2s\">x</p></div></body></tt>";
        Assert.Equal("x", Assert.Single(Read(loop)).Text);
    }

    // Followed each time, they are 8 + 8² + … + 8⁸ visits for each word: years for such a file.
    [Fact]
    public async Task Styles_that_name_each_other_eightfold_are_resolved_once()
    {
        var names = string.Join(' ', Enumerable.Range(0, 8).Select(i => $"s{i}"));
        var styles = string.Concat(Enumerable.Range(0, 8).Select(i => $"<style xml:id=\"s{i}\" style=\"{names}\"{(i == 7 ? " tts:fontWeight=\"bold\"" : "")}/>"));
        var words = string.Concat(Enumerable.Range(0, 20_000).Select(i => $"<p style=\"s0\" begin=\"{i}s\" end=\"{i + 1}s\">x</p>"));
        var file = $"{Root}<head><styling>{styles}</styling></head><body><div>{words}</div></body></tt>";
        var cues = await Task.Run(() => Read(file), TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);
        Assert.Equal(20_000, cues.Count);
        Assert.All(cues, cue => Assert.Equal("<b>x</b>", cue.Text));
    }

    [Fact]
    public void A_style_is_an_elements_own_before_the_last_named_one_that_says_it()
    {
        var file = $"""
            {Root}<head><styling>
              <style xml:id="quiet" tts:fontStyle="italic"/>
              <style xml:id="loud" tts:fontWeight="bold" tts:fontStyle="normal"/>
              <style xml:id="both" style="quiet loud"/>
            </styling></head><body><div>
              <p style="both" begin="1s" end="2s">x</p>
              <p style="both" tts:fontWeight="normal" begin="2s" end="3s">y</p>
            </div></body></tt>
            """;
        Assert.Equal(["<b>x</b>", "y"], Read(file).Select(cue => cue.Text));
    }

    private static List<Cue> Read(string file) => [.. TimedTextFile.Read(file, TextFormat.Ttml)];
}
