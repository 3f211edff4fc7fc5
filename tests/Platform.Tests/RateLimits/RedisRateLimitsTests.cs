using FlickStream.Engines;
using FlickStream.Platform.Leases;
using FlickStream.Platform.RateLimits;
using FlickStream.Platform.Redis;
using FlickStream.Platform.Tests.Redis;
using FlickStream.Tests;

namespace FlickStream.Platform.Tests.RateLimits;

public sealed class RedisRateLimitsTests(SharedRedis server) : RateLimitsContract, IClassFixture<SharedRedis>, IDisposable
{
    private readonly string _prefix = RedisServer.NewPrefix();
    private readonly List<RedisHost> _hosts = [];
    private RedisHost? _host;

    private RedisHost Own => _host ??= NewHost();

    protected override IRateLimits Limits => Own.RateLimits;

    protected override TimeSpan Window => TimeSpan.FromSeconds(4);

    // The server has a clock of its own, of microseconds; a timer leaves out what is less than a millisecond and counts from the last whole one.
    protected override Task PassAsync(TimeSpan time) => Task.Delay(time + TimeSpan.FromMilliseconds(2), TimeProvider.System, Ct);

    public void Dispose() => _hosts.ForEach(host => host.Dispose());

    [Fact]
    public async Task Processes_that_race_share_one_budget_exactly()
    {
        RedisHost[] hosts = [NewHost(), NewHost(), NewHost()];
        var limit = new RateLimit(50, TimeSpan.FromHours(1));
        var waits = await Task.WhenAll(Enumerable.Range(0, 300).Select(i => Task.Run(
            async () => await hosts[i % hosts.Length].RateLimits.TakeAsync("race", limit, Ct), Ct)));
        Assert.Equal(50, waits.Count(wait => wait == TimeSpan.Zero));
    }

    [Fact]
    public async Task Nothing_is_left_of_a_budget_that_is_full_again()
    {
        var limit = new RateLimit(4, TimeSpan.FromSeconds(0.4));
        await TakeManyAsync("a", limit, 4);
        var (database, key) = (Own.Connection.Database, Own.Connection.KeyOf("rates", "a"));
        Assert.InRange((await database.KeyTimeToLiveAsync(key))!.Value, TimeSpan.Zero, TimeSpan.FromSeconds(0.4));
        await Until.TrueAsync(async () => !await database.KeyExistsAsync(key), "the key expires", TimeSpan.FromSeconds(10));
        limit = new RateLimit(1, TimeSpan.FromHours(1));
        await TakeManyAsync("a", limit, 1);
        await Limits.GiveBackAsync("a", limit, Ct);
        Assert.False(await database.KeyExistsAsync(key));
    }

    private RedisHost NewHost()
    {
        _hosts.Add(new RedisHost(server.Connection, _prefix));
        return _hosts[^1];
    }
}

public sealed class RedisRateLimitsOutageTests : IAsyncLifetime
{
    private static readonly RateLimit One = new(1, TimeSpan.FromHours(1));

    private readonly RedisServer _server = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => await _server.StartAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task While_the_server_is_away_each_process_counts_alone_where_the_option_says_so()
    {
        using var host = new RedisHost(_server.Connection, "a:");
        await _server.KillAsync();
        Assert.Equal(TimeSpan.Zero, await host.RateLimits.TakeAsync("a", One, Ct));
        Assert.NotEqual(TimeSpan.Zero, await host.RateLimits.TakeAsync("a", One, Ct));
        await host.RateLimits.GiveBackAsync("a", One, Ct);
        Assert.Equal(TimeSpan.Zero, await host.RateLimits.TakeAsync("a", One, Ct));
    }

    [Fact]
    public async Task While_the_server_is_away_nothing_passes_where_the_option_says_so_and_all_heals()
    {
        using var host = new RedisHost(_server.Connection, "a:", LimitsWhileAway.Refuse);
        await _server.KillAsync();
        await Assert.ThrowsAsync<LimitsUnavailableException>(async () => await host.RateLimits.TakeAsync("a", One, Ct));
        await _server.StartAgainAsync();
        await host.HealedAsync();
        Assert.Equal(TimeSpan.Zero, await host.RateLimits.TakeAsync("a", One, Ct));
    }

    [Fact]
    public async Task A_flush_fills_the_budgets()
    {
        using var host = new RedisHost(_server.Connection, "a:");
        await host.RateLimits.TakeAsync("a", One, Ct);
        await _server.FlushAsync();
        Assert.Equal(TimeSpan.Zero, await host.RateLimits.TakeAsync("a", One, Ct));
        Assert.NotEqual(TimeSpan.Zero, await host.RateLimits.TakeAsync("a", One, Ct));
    }
}
