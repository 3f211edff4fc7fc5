using FlickStream.Platform.Leases;
using Microsoft.Extensions.Time.Testing;

namespace FlickStream.Platform.Tests.Leases;

public sealed class HeldLeaseTests
{
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(3);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private readonly FakeTimeProvider _time = new();
    private readonly InMemoryLeases _leases;

    public HeldLeaseTests() => _leases = new InMemoryLeases(_time);

    [Fact]
    public async Task One_holds_it_until_it_is_disposed()
    {
        await using (var first = await TakeAsync())
        {
            Assert.NotNull(first);
            for (var seconds = 0; seconds < 10; seconds++) _time.Advance(TimeSpan.FromSeconds(1));
            Assert.Null(await TakeAsync());
        }

        await using var second = await TakeAsync();
        Assert.NotNull(second);
    }

    [Fact]
    public async Task It_falls_free_when_its_holder_lives_no_more()
    {
        var isAlive = true;
        await using var first = await TakeAsync(() => isAlive);
        _time.Advance(TimeSpan.FromSeconds(1));
        isAlive = false;
        for (var seconds = 0; seconds < 3; seconds++) _time.Advance(TimeSpan.FromSeconds(1));
        await using var second = await TakeAsync();
        Assert.NotNull(second);
    }

    [Fact]
    public async Task Whoever_stood_still_for_too_long_learns_that_another_holds_it()
    {
        var isAlive = true;
        await using var first = await TakeAsync(() => isAlive);
        Assert.True(await first!.RenewAsync(Ct));
        isAlive = false;
        for (var seconds = 0; seconds < 3; seconds++) _time.Advance(TimeSpan.FromSeconds(1));
        await using (var second = await TakeAsync())
        {
            Assert.False(await first.RenewAsync(Ct));
            Assert.True(await second!.RenewAsync(Ct));
        }

        Assert.True(await first.RenewAsync(Ct));
    }

    [Fact]
    public async Task While_nothing_can_be_counted_everybody_gets_it()
    {
        await using var first = await HeldLease.TryTakeAsync(new Uncounted(), "work", Duration, _time, cancellationToken: Ct);
        await using var second = await HeldLease.TryTakeAsync(new Uncounted(), "work", Duration, _time, cancellationToken: Ct);
        Assert.NotNull(first);
        Assert.NotNull(second);
        _time.Advance(Duration);
    }

    private Task<HeldLease?> TakeAsync(Func<bool>? isAlive = null) => HeldLease.TryTakeAsync(_leases, "work", Duration, _time, isAlive, Ct);

    private sealed class Uncounted : ILeases
    {
        public ValueTask<bool> AcquireAsync(
            string group, string holder, int limit, TimeSpan duration, CancellationToken cancellationToken = default) =>
            throw new LimitsUnavailableException();

        public ValueTask ReleaseAsync(string group, string holder, CancellationToken cancellationToken = default) => ValueTask.CompletedTask;

        public ValueTask<int> CountAsync(string group, CancellationToken cancellationToken = default) => throw new LimitsUnavailableException();

        public ValueTask<IReadOnlyList<string>> HoldersAsync(string group, CancellationToken cancellationToken = default) =>
            throw new LimitsUnavailableException();
    }
}
