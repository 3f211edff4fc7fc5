using FlickStream.Portal.Watching.Plays;

namespace FlickStream.Portal.Tests.Watching;

public sealed class PlayStepsTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);
    private static readonly TimeSpan Stillness = TimeSpan.FromMinutes(5);

    [Fact]
    public void Time_that_was_played_counts_and_jumps_do_not()
    {
        var play = Step(Step(At(0), 30, 30), 60, 60);
        Assert.Equal(60, play.WatchedSeconds);
        play = Step(play, 500, 70);
        Assert.Equal((500, 70), (play.PositionSeconds, play.WatchedSeconds));
        play = Step(play, 100, 80);
        Assert.Equal((100, 80), (play.PositionSeconds, play.WatchedSeconds));
        // At one and a half times the pace.
        Assert.Equal(110, Step(play, 130, 100).WatchedSeconds);
    }

    [Fact]
    public void A_pause_and_an_absence_are_not_watched()
    {
        var play = Step(Step(At(0), 30, 30), 30, 60, PlayState.Paused);
        Assert.Equal((30, PlayState.Paused), (play.PositionSeconds, play.State));
        var watched = play.WatchedSeconds;
        play = Step(play, 32, 3600);
        Assert.Equal(watched, play.WatchedSeconds);
        Assert.Equal(watched + Stillness.TotalSeconds, Step(play with { DurationSeconds = 7200 }, 7000, 90_000).WatchedSeconds);
    }

    [Fact]
    public void What_stands_still_is_not_kept_again_but_now_and_then()
    {
        var play = Step(At(0), 30, 30, PlayState.Paused);
        Assert.Null(Next(play, 30, 60, PlayState.Paused));
        Assert.Null(Next(play, 30.5, 120, PlayState.Paused));
        Assert.NotNull(Next(play, 30, 30 + Stillness.TotalSeconds, PlayState.Paused));
        Assert.NotNull(Next(play, 30, 31, PlayState.Playing));
        // However often a player says it.
        Assert.Null(Next(Step(At(0), 30, 30), 31, 31, PlayState.Playing));
    }

    [Fact]
    public void A_player_that_begins_at_the_beginning_before_it_jumps_does_not_lose_the_position()
    {
        var play = At(400);
        Assert.Null(Next(play, 0, 2, PlayState.Playing));
        Assert.Equal((400, 0), (Step(play, 0, 3, PlayState.Closed).PositionSeconds, Step(play, 0, 3, PlayState.Closed).WatchedSeconds));
        Assert.Equal(402, Step(play, 402, 4).PositionSeconds);
        // Who begins anew on purpose soon is further on.
        Assert.Equal(30, Step(play, 30, 32).PositionSeconds);
    }

    [Fact]
    public void After_the_last_word_nothing_counts_and_the_end_is_the_title_s()
    {
        var closed = Step(At(0), 50, 50, PlayState.Closed);
        Assert.Equal((PlayState.Closed, false, null), (closed.State, closed.IsFinished, closed.ClosedAt));
        Assert.True(Step(At(0), 60, 60, PlayState.Ended).IsFinished);
        Assert.True(Step(At(0), 570, 60).IsFinished);
        Assert.Equal(600, Step(At(0), 700, 60).PositionSeconds);
        // A page that is closed after the end was reached did not leave before it.
        Assert.Null(Next(Step(At(0), 60, 60, PlayState.Ended), 59, 70, PlayState.Closed));
        Assert.Null(Next(closed, 80, 90, PlayState.Playing));
        // What was only silent for long wakes, which moves the position but not the end.
        var silent = Step(At(0), 50, 50) with { ClosedAt = Start.AddSeconds(50) };
        Assert.Equal((80, Start.AddSeconds(50)), (Step(silent, 80, 90).PositionSeconds, Step(silent, 80, 90).ClosedAt!.Value));
        Assert.Null(Next(silent, 80, 40, PlayState.Playing));
    }

    [Fact]
    public void What_stands_still_did_not_move_however_often_it_is_kept()
    {
        var play = Step(Step(At(0), 30, 30), 30, 60, PlayState.Paused);
        play = Step(play, 30, 60 + Stillness.TotalSeconds, PlayState.Paused);
        Assert.Equal((Start.AddSeconds(60) + Stillness, Start.AddSeconds(30)), (play.SeenAt, play.MovedAt));
        Assert.Equal(Start.AddSeconds(30), Step(play, 30, 500, PlayState.Closed).MovedAt);
        Assert.Equal(Start.AddSeconds(500), Step(play, 30, 500, PlayState.Ended).MovedAt);
        Assert.Null(Step(At(400), 400, 30, PlayState.Paused).MovedAt);
    }

    private static Play At(double position) => new()
    {
        Id = "p", AccountId = "a", ProfileId = "f", TitleId = "t", Kind = "movie", StartedAt = Start, SeenAt = Start, PositionSeconds = position,
        DurationSeconds = 600, FinishesAtSeconds = 570,
    };

    private static Play Step(Play play, double position, double seconds, PlayState state = PlayState.Playing) => Next(play, position, seconds, state)!;

    private static Play? Next(Play play, double position, double seconds, PlayState state) =>
        PlaySteps.Next(play, new Beat(position, state), Start.AddSeconds(seconds), Stillness);
}
