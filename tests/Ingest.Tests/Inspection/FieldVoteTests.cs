using FlickStream.Ingest.Inspection;

namespace FlickStream.Ingest.Tests.Inspection;

/// <summary>Each stretch of a master has its own say of what it is made of.</summary>
public sealed class FieldVoteTests
{
    private static readonly Stretch Fields = new(60, 59, TopFirst: 58, BottomFirst: 0, Progressive: 0, RepeatedTop: 0, RepeatedBottom: 0);
    private static readonly Stretch Frames = new(60, 59, TopFirst: 0, BottomFirst: 0, Progressive: 58, RepeatedTop: 0, RepeatedBottom: 0);
    private static readonly Stretch Film = new(60, 59, TopFirst: 24, BottomFirst: 0, Progressive: 36, RepeatedTop: 12, RepeatedBottom: 12);
    private static readonly Stretch SlowFilm = new(60, 20, TopFirst: 8, BottomFirst: 0, Progressive: 20, RepeatedTop: 2, RepeatedBottom: 2);
    private static readonly Stretch Still = new(60, 0, TopFirst: 0, BottomFirst: 0, Progressive: 0, RepeatedTop: 0, RepeatedBottom: 0);
    private static readonly Stretch Nothing = new(0, 0, 0, 0, 0, 0, 0);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Whole_frames_beside_fields_do_not_leave_the_fields_combed(bool isMarked)
    {
        Assert.Equal(FieldKind.Interlaced, Of(isMarked, pulldown: false, Frames, Fields, Fields));
        Assert.Equal(FieldKind.Interlaced, Of(isMarked, pulldown: false, Frames, Frames, Fields));
        Assert.Equal(FieldKind.Progressive, Of(isMarked, pulldown: false, Frames, Frames, Still));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Film_beside_video_is_fields(bool isMarked)
    {
        Assert.Equal(FieldKind.Interlaced, Of(isMarked, pulldown: true, Film, Fields, Fields));
        Assert.Equal(FieldKind.Interlaced, Of(isMarked, pulldown: true, Film, Film, Frames));
        Assert.Equal(FieldKind.Telecined, Of(isMarked, pulldown: true, Film, SlowFilm, Still));
    }

    [Fact]
    public void What_does_not_move_is_what_the_master_says()
    {
        Assert.Equal(FieldKind.Interlaced, Of(isMarked: true, pulldown: false, Still, Still, Nothing));
        Assert.Equal(FieldKind.Progressive, Of(isMarked: false, pulldown: false, Still, Still, Nothing));
    }

    [Fact]
    public void Few_fields_are_enough_where_they_are_announced_and_none_contradicts()
    {
        var few = Fields with { TopFirst = 10, Progressive = 2 };
        Assert.Equal(FieldKind.Interlaced, FieldVote.Of(few, isMarked: true, isPulldownRate: false));
        Assert.Equal(FieldKind.Progressive, FieldVote.Of(few, isMarked: false, isPulldownRate: false));
        Assert.Equal(FieldKind.Progressive, FieldVote.Of(few with { BottomFirst = 5 }, isMarked: true, isPulldownRate: false));
    }

    [Fact]
    public void The_order_is_that_of_the_stretches_asked_for()
    {
        Assert.False(FieldVote.IsBottomFirst([Fields, Frames with { BottomFirst = 2 }]));
        Assert.True(FieldVote.IsBottomFirst([Fields with { TopFirst = 0, BottomFirst = 58 }]));
    }

    [Fact]
    public void Motion_between_frames_alone_makes_them_whole()
    {
        double[] Steps(double within, double between) => [.. Enumerable.Range(0, 120).Select(i => i % 2 == 0 ? between : within)];

        Assert.True(FieldVote.AreWhole(Steps(1, 2), isMarked: true));
        Assert.False(FieldVote.AreWhole(Steps(1, 1.12), isMarked: false));
        Assert.False(FieldVote.AreWhole(Steps(0.01, 0.05), isMarked: true));
    }

    [Fact]
    public void Frames_that_are_shown_three_times_and_two_are_film()
    {
        double[] Steps(Func<int, double> of) => [.. Enumerable.Range(0, 61).Select(of)];
        bool IsNew(int i) => i % 5 is 3 or 0;

        Assert.Equal(FieldKind.Telecined, FieldVote.OfSteps(Steps(i => IsNew(i) ? 0.6 + (0.1 * (i % 3)) : 0.2)));
        // Video, each frame twice, film on twos.
        Assert.Equal(FieldKind.Progressive, FieldVote.OfSteps(Steps(i => 0.6 + (0.1 * (i % 3)))));
        Assert.Equal(FieldKind.Progressive, FieldVote.OfSteps(Steps(i => i % 2 == 0 ? 0.6 : 0.01)));
        Assert.Equal(FieldKind.Progressive, FieldVote.OfSteps(Steps(i => i % 5 == 0 ? 0.6 : 0.01)));
        Assert.Null(FieldVote.OfSteps(Steps(_ => 0.01)));
        Assert.Null(FieldVote.OfSteps([0, 1]));

        Assert.Equal(FieldKind.Telecined, FieldVote.OfRepeats([FieldKind.Telecined, null, FieldKind.Telecined]));
        Assert.Equal(FieldKind.Progressive, FieldVote.OfRepeats([FieldKind.Telecined, FieldKind.Progressive, FieldKind.Telecined]));
        Assert.Equal(FieldKind.Progressive, FieldVote.OfRepeats([FieldKind.Telecined, null, null]));
    }

    private static FieldKind Of(bool isMarked, bool pulldown, params Stretch[] stretches) =>
        FieldVote.Of([.. stretches.Select(stretch => FieldVote.Of(stretch, isMarked, pulldown))], isMarked);
}
