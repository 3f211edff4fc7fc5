using System.Text;
using FlickStream.Platform.Contracts;
using FlickStream.Platform.Numbers;
using FlickStream.Platform.TimedText;
using FlickStream.Transcoder.Packaging;

namespace FlickStream.Transcoder.Tests.Packaging;

public sealed class TextPackagerTests
{
    private static readonly SegmentGrid Grid = new(24, 48, 144, [1]);

    [Fact]
    public async Task A_cue_is_in_every_segment_in_which_it_is_shown_and_in_no_other()
    {
        Cue[] cues = [new(0, 6000, "first"), new(5900, 6100, "both"), new(6000, 12_000, "second"), new(13_000, 99_000, "last", "line:0")];
        var blobs = new MemoryBlobs();

        var (segments, bytes) = await new TextPackager(blobs).WriteAsync("f/t1", cues, Grid, frames: 300, TestContext.Current.CancellationToken);

        Assert.Equal(4, segments);
        Assert.Equal(["0.vtt", "1.vtt", "2.vtt", "3.vtt", "all.vtt"], blobs.Stored.Keys.Select(k => k["f/t1/".Length..]).Order(StringComparer.Ordinal));
        Assert.Equal(["first", "both"], Texts("0.vtt"));
        Assert.Equal(["both", "second"], Texts("1.vtt"));
        Assert.Equal(["last"], Texts("2.vtt"));
        Assert.Equal(["last"], Texts("3.vtt"));
        Assert.Equal(cues, Read("all.vtt"));
        Assert.Equal(blobs.Stored["f/t1/all.vtt"].Length, bytes);
        Assert.StartsWith("WEBVTT\nX-TIMESTAMP-MAP=LOCAL:00:00:00.000,MPEGTS:0\n\n", Encoding.UTF8.GetString(blobs.Stored["f/t1/0.vtt"]), StringComparison.Ordinal);

        IEnumerable<Cue> Read(string name) => TimedTextFile.Read(Encoding.UTF8.GetString(blobs.Stored[$"f/t1/{name}"]), TextFormat.WebVtt);
        IEnumerable<string> Texts(string name) => Read(name).Select(cue => cue.Text);
    }

    [Theory]
    [InlineData(24, 1, 0)]
    [InlineData(24000, 1001, 48)]
    [InlineData(25, 1, 50)]
    public void Cues_are_cut_where_segments_begin(int rate, int per, int first)
    {
        var grid = new SegmentGrid(new Rational(rate, per), 50, 150, [1], first);
        // From a segment's start to the next one's.
        Cue[] cues = [.. Enumerable.Range(0, 6).Select(n => new Cue((long)Math.Ceiling(grid.StartOf(n)), (long)grid.StartOf(n + 1), $"{n}")), new(99_000_000, 99_001_000, "late")];

        var cut = TextPackager.Cut(cues, 6, grid);

        Assert.Equal(Enumerable.Range(0, 6).Select(n => $"{n}"), cut.Select(segment => Assert.Single(segment).Text));
    }
}
