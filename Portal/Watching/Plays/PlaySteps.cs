namespace FlickStream.Portal.Watching.Plays;

/// <param name="PositionSeconds">Where the player is.</param>
/// <param name="State">What it does.</param>
internal readonly record struct Beat(double PositionSeconds, PlayState State)
{
    public bool IsLast => State is PlayState.Ended or PlayState.Closed;
}

/// <summary>What a heartbeat makes of a play. Pure. It is over only once what it tells is kept, which is not for here to say.</summary>
internal static class PlaySteps
{
    // A player that has not gone where it was told to yet says that it is at the beginning.
    private const double Beginning = 10;

    // Quicker than twice the pace is no watching but a jump.
    private const double FastestPace = 2;

    // Less is no other place.
    private const double Still = 1;

    private static readonly TimeSpan ShortestStep = TimeSpan.FromSeconds(2);

    /// <summary>Null where there is nothing new to keep.</summary>
    /// <param name="play">As it was kept.</param>
    /// <param name="beat">What the player says.</param>
    /// <param name="now">When it says so.</param>
    /// <param name="stillness">After so long a word is kept even of a player that stands still.</param>
    public static Play? Next(Play play, Beat beat, DateTimeOffset now, TimeSpan stillness)
    {
        var elapsed = now - play.SeenAt;
        if (elapsed < TimeSpan.Zero || play.State is (PlayState.Ended or PlayState.Closed)) return null;
        var position = play.DurationSeconds > 0 ? Math.Min(beat.PositionSeconds, play.DurationSeconds) : beat.PositionSeconds;
        var isLost = position < Beginning && play.WatchedSeconds < Beginning && position < play.PositionSeconds;
        if (isLost) position = play.PositionSeconds;
        var isStill = Math.Abs(position - play.PositionSeconds) < Still;
        var isSame = beat.State == play.State && (elapsed < ShortestStep || isStill);
        if (isSame && elapsed < stillness) return null;
        return play with
        {
            SeenAt = now,
            IsAwake = play.ClosedAt is not null,
            MovedAt = isStill && beat.State != PlayState.Ended ? play.MovedAt : now,
            State = beat.State,
            PositionSeconds = position,
            WatchedSeconds = play.WatchedSeconds + (isLost || play.State == PlayState.Paused ? 0 : Watched(position - play.PositionSeconds, elapsed, stillness)),
        };
    }

    /// <summary>Seconds that were played between two heartbeats.</summary>
    private static double Watched(double moved, TimeSpan elapsed, TimeSpan longest)
    {
        // Whoever was away for longer did not watch all the while.
        var time = Math.Min(elapsed.TotalSeconds, longest.TotalSeconds);
        return moved >= 0 && moved <= (FastestPace * time) + 1 ? moved : time;
    }
}
