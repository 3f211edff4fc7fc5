namespace FlickStream.Platform.Media;

/// <summary>A limit of time that stands still while a run waits for a core. A run that gives way to all else on its machine would be taken for
/// one that hangs.</summary>
internal sealed class FairTimer : IDisposable
{
    // Timers may fire so much early.
    private static readonly TimeSpan Hardly = TimeSpan.FromMilliseconds(20);

    private readonly Lock _turn = new();
    private readonly CancellationTokenSource _over = new();
    private readonly TimeProvider _clock;
    private readonly Func<TimeSpan> _waited;
    private readonly ITimer _timer;
    private (TimeSpan Limit, long Since, TimeSpan Waited) _given = (Timeout.InfiniteTimeSpan, 0, TimeSpan.Zero);

    /// <param name="clock">Of the limits.</param>
    /// <param name="waited">How long the run has waited for a core since it began.</param>
    public FairTimer(TimeProvider clock, Func<TimeSpan> waited)
    {
        (_clock, _waited) = (clock, waited);
        _timer = clock.CreateTimer(_ => Look(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public CancellationToken Over => _over.Token;

    /// <summary>From now on, instead of what was given before.</summary>
    public void Give(TimeSpan limit)
    {
        lock (_turn)
        {
            _given = (limit, _clock.GetTimestamp(), limit == Timeout.InfiniteTimeSpan ? TimeSpan.Zero : _waited());
            _timer.Change(limit, Timeout.InfiniteTimeSpan);
        }
    }

    public void Dispose()
    {
        lock (_turn)
        {
            _given = (Timeout.InfiniteTimeSpan, 0, TimeSpan.Zero);
            _timer.Dispose();
            _over.Dispose();
        }
    }

    private void Look()
    {
        lock (_turn)
        {
            // It may have been given more, or be done with, since it was due.
            if (_given.Limit == Timeout.InfiniteTimeSpan) return;
            var had = _clock.GetElapsedTime(_given.Since) - (_waited() - _given.Waited);
            if (_given.Limit - had is var left && left > Hardly) _timer.Change(left, Timeout.InfiniteTimeSpan);
            else _over.Cancel();
        }
    }
}
