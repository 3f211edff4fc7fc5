using FlickStream.Platform.Media;
using Microsoft.Extensions.Time.Testing;

namespace FlickStream.Platform.Tests.Media;

public sealed class FairTimerTests : IDisposable
{
    private readonly FakeTimeProvider _clock = new();
    private readonly FairTimer _timer;
    private TimeSpan _waited;

    public FairTimerTests() => _timer = new FairTimer(_clock, () => _waited);

    public void Dispose() => _timer.Dispose();

    [Fact]
    public void A_run_that_had_a_core_all_the_time_has_its_limit_by_the_clock()
    {
        _timer.Give(TimeSpan.FromMinutes(2));

        Assert.False(IsOverAfter(seconds: 119));
        Assert.True(IsOverAfter(seconds: 1));
    }

    [Fact]
    public void What_it_waits_for_a_core_is_added_also_while_it_has_more_time()
    {
        _waited = TimeSpan.FromMinutes(5);
        _timer.Give(TimeSpan.FromMinutes(2));

        Assert.False(IsOverAfter(seconds: 120, waiting: 90));
        Assert.False(IsOverAfter(seconds: 90, waiting: 60));
        Assert.False(IsOverAfter(seconds: 59));
        Assert.True(IsOverAfter(seconds: 1));
    }

    [Fact]
    public void A_new_limit_counts_from_when_it_is_given()
    {
        _timer.Give(TimeSpan.FromMinutes(2));
        Assert.False(IsOverAfter(seconds: 100, waiting: 100));

        _timer.Give(TimeSpan.FromMinutes(1));

        Assert.False(IsOverAfter(seconds: 59));
        Assert.True(IsOverAfter(seconds: 1));
    }

    [Fact]
    public void Where_the_thread_that_waited_has_ended_no_time_is_lost_by_it()
    {
        _waited = TimeSpan.FromMinutes(5);
        _timer.Give(TimeSpan.FromMinutes(2));
        _waited = TimeSpan.Zero;

        Assert.False(IsOverAfter(seconds: 119));
        Assert.True(IsOverAfter(seconds: 1));
    }

    [Fact]
    public void Without_a_limit_it_is_never_over()
    {
        _timer.Give(TimeSpan.FromMinutes(2));
        _timer.Give(Timeout.InfiniteTimeSpan);

        Assert.False(IsOverAfter(seconds: 100_000));
    }

    private bool IsOverAfter(double seconds, double waiting = 0)
    {
        _waited += TimeSpan.FromSeconds(waiting);
        _clock.Advance(TimeSpan.FromSeconds(seconds));
        return _timer.Over.IsCancellationRequested;
    }
}
