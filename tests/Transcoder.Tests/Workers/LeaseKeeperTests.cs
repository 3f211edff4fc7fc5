using FlickStream.Transcoder.Workers;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace FlickStream.Transcoder.Tests.Workers;

public sealed class LeaseKeeperTests : IDisposable
{
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Renewal = TimeSpan.FromSeconds(2);

    private readonly FakeTimeProvider _clock = new();
    private readonly SemaphoreSlim _questions = new(0);
    private int _asked;

    public void Dispose() => _questions.Dispose();

    [Fact]
    public async Task A_fault_that_passes_while_the_lease_lasts_does_not_stop_the_step()
    {
        var run = await RunAsync(asked => asked is > 1 and < 12 ? throw new IOException("away") : Task.FromResult(true), TimeSpan.FromMinutes(3));
        Assert.False(run.GaveUp);
        Assert.True(_asked > 60, $"asked {_asked} times");
    }

    [Fact]
    public async Task A_step_stops_before_a_lease_that_cannot_be_renewed_has_run_out()
    {
        var run = await RunAsync(_ => throw new IOException("away"), TimeSpan.FromMinutes(3));
        Assert.True(run.GaveUp);
        Assert.InRange(run.After, Lease - (2 * Renewal), Lease);
    }

    [Fact]
    public async Task A_step_stops_when_its_renewal_hangs_until_the_lease_has_run_out()
    {
        var run = await RunAsync(_ => new TaskCompletionSource<bool>().Task, TimeSpan.FromMinutes(3));
        Assert.True(run.GaveUp);
        Assert.InRange(run.After, Lease - Renewal, Lease + Renewal);
    }

    [Fact]
    public async Task A_step_stops_at_once_when_its_claim_was_taken()
    {
        var run = await RunAsync(_ => Task.FromResult(false), TimeSpan.FromMinutes(3));
        Assert.True(run.GaveUp);
        Assert.Equal(Renewal, run.After);
    }

    private async Task<(bool GaveUp, TimeSpan After)> RunAsync(Func<int, Task<bool>> renew, TimeSpan most)
    {
        using var giveUp = new CancellationTokenSource();
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var began = _clock.GetTimestamp();
        var keeping = new LeaseKeeper(Lease, Renewal, _clock, NullLogger.Instance).KeepAsync(
            "step", _ => Asked(renew), _ => Task.CompletedTask, giveUp, ended.Token);
        while (!giveUp.IsCancellationRequested && _clock.GetElapsedTime(began) < most)
        {
            _clock.Advance(Renewal);
            // The timer's continuation runs on the pool: its question is waited for, so that no tick is lost. One that hangs asks no more.
            await _questions.WaitAsync(TimeSpan.FromMilliseconds(100));
        }

        var after = _clock.GetElapsedTime(began);
        await ended.CancelAsync();
        await keeping;
        return (giveUp.IsCancellationRequested, after);
    }

    private Task<bool> Asked(Func<int, Task<bool>> renew)
    {
        try
        {
            return renew(++_asked);
        }
        finally
        {
            _questions.Release();
        }
    }
}
