using FlickStream.Platform.RateLimits;
using Microsoft.Extensions.Time.Testing;

namespace FlickStream.Platform.Tests.RateLimits;

/// <summary>What every adapter of <see cref="IRateLimits"/> keeps.</summary>
public abstract class RateLimitsContract
{
    protected abstract IRateLimits Limits { get; }

    /// <summary>In which an empty budget becomes full; adapters on a clock of their own make it short.</summary>
    protected virtual TimeSpan Window => TimeSpan.FromMinutes(1);

    protected static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>Lets time pass for the adapter.</summary>
    protected abstract Task PassAsync(TimeSpan time);

    [Fact]
    public async Task A_budget_is_full_at_first_and_then_refuses()
    {
        var limit = new RateLimit(3, TimeSpan.FromHours(1));
        Assert.Equal(3, await TakeManyAsync("a", limit, 10));
        var wait = await Limits.TakeAsync("a", limit, Ct);
        Assert.InRange(wait, TimeSpan.FromMinutes(19), TimeSpan.FromMinutes(20));
    }

    [Fact]
    public async Task A_permit_comes_back_after_its_part_of_the_window_and_a_refusal_delays_nothing()
    {
        var limit = new RateLimit(2, Window);
        await TakeManyAsync("a", limit, 2);
        var wait = await Limits.TakeAsync("a", limit, Ct);
        Assert.InRange(wait, TimeSpan.FromMicroseconds(1), Window / 2);
        await PassAsync(wait);
        Assert.Equal(TimeSpan.Zero, await Limits.TakeAsync("a", limit, Ct));
        Assert.NotEqual(TimeSpan.Zero, await Limits.TakeAsync("a", limit, Ct));
    }

    [Fact]
    public async Task A_budget_that_rests_becomes_full_and_no_more_than_full()
    {
        // So many that none comes back while they are taken.
        var limit = new RateLimit(4, Window);
        await TakeManyAsync("a", limit, 4);
        await PassAsync(Window * 1.5);
        Assert.Equal(4, await TakeManyAsync("a", limit, 4));
        Assert.NotEqual(TimeSpan.Zero, await Limits.TakeAsync("a", limit, Ct));
    }

    [Fact]
    public async Task Budgets_do_not_mix()
    {
        var limit = new RateLimit(1, TimeSpan.FromHours(1));
        Assert.Equal(1, await TakeManyAsync("a", limit, 2));
        Assert.Equal(1, await TakeManyAsync("b", limit, 2));
    }

    [Fact]
    public async Task Of_parallel_callers_exactly_the_budget_passes()
    {
        var limit = new RateLimit(7, TimeSpan.FromHours(1));
        for (var round = 0; round < 20; round++)
        {
            var key = $"race-{round}";
            var waits = await Task.WhenAll(Enumerable.Range(0, 30).Select(_ => Task.Run(
                async () => await Limits.TakeAsync(key, limit, Ct), Ct)));
            Assert.Equal(7, waits.Count(wait => wait == TimeSpan.Zero));
        }
    }

    [Fact]
    public async Task What_is_given_back_can_be_taken_again_and_nothing_else()
    {
        var limit = new RateLimit(3, TimeSpan.FromHours(1));
        await TakeManyAsync("a", limit, 3);
        await Limits.GiveBackAsync("a", limit, Ct);
        await Limits.GiveBackAsync("b", limit, Ct);
        Assert.Equal(1, await TakeManyAsync("a", limit, 5));
        Assert.Equal(3, await TakeManyAsync("b", limit, 5));
    }

    [Fact]
    public async Task A_budget_holds_no_more_than_its_limit_whatever_is_given_back()
    {
        var limit = new RateLimit(3, TimeSpan.FromHours(1));
        await TakeManyAsync("a", limit, 2);
        for (var i = 0; i < 5; i++) await Limits.GiveBackAsync("a", limit, Ct);
        Assert.Equal(3, await TakeManyAsync("a", limit, 10));
    }

    [Fact]
    public async Task Parallel_callers_who_give_back_what_they_took_leave_the_budget_exactly_as_it_was()
    {
        var limit = new RateLimit(7, TimeSpan.FromHours(1));
        await TakeManyAsync("race", limit, 3);
        await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => Task.Run(
            async () =>
            {
                if (await Limits.TakeAsync("race", limit, Ct) == TimeSpan.Zero) await Limits.GiveBackAsync("race", limit, Ct);
            },
            Ct)));
        Assert.Equal(4, await TakeManyAsync("race", limit, 10));
    }

    protected async Task<int> TakeManyAsync(string key, RateLimit limit, int times)
    {
        var taken = 0;
        for (var i = 0; i < times; i++) taken += await Limits.TakeAsync(key, limit, Ct) == TimeSpan.Zero ? 1 : 0;
        return taken;
    }
}

public sealed class InMemoryRateLimitsTests : RateLimitsContract
{
    private readonly FakeTimeProvider _time = new();
    private readonly InMemoryRateLimits _limits;

    public InMemoryRateLimitsTests() => _limits = new(_time);

    protected override IRateLimits Limits => _limits;

    protected override Task PassAsync(TimeSpan time)
    {
        _time.Advance(time);
        return Task.CompletedTask;
    }

    [Fact]
    public async Task Budgets_that_are_full_again_are_forgotten()
    {
        var limit = RateLimit.PerMinute(10);
        for (var i = 0; i < 1000; i++) await Limits.TakeAsync($"stranger-{i}", limit, Ct);
        _time.Advance(TimeSpan.FromMinutes(2));
        await Limits.TakeAsync("another", limit, Ct);
        Assert.Equal(1, _limits.KeysKept);
        await Limits.GiveBackAsync("another", limit, Ct);
        Assert.Equal(0, _limits.KeysKept);
    }
}
