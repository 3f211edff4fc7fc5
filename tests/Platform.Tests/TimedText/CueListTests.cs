using FlickStream.Platform.TimedText;

namespace FlickStream.Platform.Tests.TimedText;

public sealed class CueListTests
{
    [Fact]
    public void Cues_outside_the_title_are_cut_or_left_out_and_all_are_in_order()
    {
        Cue[] cues = [new(9000, 20_000, "late"), new(-3000, 1500, "early"), new(4000, 3000, "backwards"), new(30_000, 31_000, "after"), new(2000, 3000, "")];
        Assert.Equal([new Cue(0, 1000, "early"), new Cue(8500, 10_000, "late")], CueList.Of(cues, shift: -500, length: 10_000));
    }

    [Fact]
    public void A_text_is_bounded_in_number_and_in_weight()
    {
        var many = Enumerable.Range(0, CueList.MaxCues * 3).Select(i => new Cue(i, i + 1, $"{i}"));
        Assert.Equal(CueList.MaxCues, CueList.Of(many, 0, long.MaxValue).Count);

        var long_ = Enumerable.Range(0, 1000).Select(i => new Cue(0, 7_200_000, new string('x', 200) + i)).ToList();
        Assert.True(CueList.IsTooHeavy(long_, segmentMilliseconds: 6000));
        Assert.False(CueList.IsTooHeavy(long_[..100], segmentMilliseconds: 6000));
    }

    [Fact]
    public void The_text_of_one_cue_is_bounded()
    {
        var cue = Assert.Single(TimedTextFile.Read("00:00:01,000 --> 00:00:02,000\n" + new string('x', 1 << 20), TextFormat.SubRip));
        Assert.Equal(2000, cue.Text.Length);
    }
}
