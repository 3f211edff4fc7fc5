using System.Diagnostics;
using FlickStream.Engines;
using FlickStream.Platform.Leases;
using FlickStream.Platform.Redis;
using FlickStream.Platform.Tests.Redis;
using FlickStream.Tests;

namespace FlickStream.Platform.Tests.Leases;

public sealed class RedisLeasesTests(SharedRedis server) : LeasesContract, IClassFixture<SharedRedis>, IDisposable
{
    private readonly string _prefix = RedisServer.NewPrefix();
    private readonly List<RedisHost> _hosts = [];
    private RedisHost? _host;

    private RedisHost Own => _host ??= NewHost();

    protected override ILeases Leases => Own.Leases;

    protected override TimeSpan Life => TimeSpan.FromSeconds(3);

    // The server has a clock of its own.
    protected override Task PassAsync(TimeSpan time) => Task.Delay(time, TimeProvider.System, Ct);

    public void Dispose() => _hosts.ForEach(host => host.Dispose());

    [Fact]
    public async Task Processes_that_race_for_places_get_exactly_as_many_as_there_are()
    {
        RedisHost[] hosts = [NewHost(), NewHost(), NewHost(), NewHost()];
        for (var round = 0; round < 20; round++)
        {
            var group = $"race-{round}";
            var won = await Task.WhenAll(Enumerable.Range(0, 40).Select(i => Task.Run(
                async () => await hosts[i % hosts.Length].Leases.AcquireAsync(group, $"{i}", 5, Life, Ct), Ct)));
            Assert.Equal(5, won.Count(granted => granted));
            foreach (var host in hosts) Assert.Equal(5, await host.Leases.CountAsync(group, Ct));
        }
    }

    [Fact]
    public async Task Nothing_is_left_of_places_that_nobody_renews()
    {
        var key = Own.Connection.KeyOf("leases", "g");
        await Leases.AcquireAsync("g", "long", 3, TimeSpan.FromSeconds(0.6), Ct);
        await Leases.AcquireAsync("g", "short", 3, TimeSpan.FromSeconds(0.1), Ct);

        // It lasts as long as the longest place, not as the last one.
        Assert.InRange((await Own.Connection.Database.KeyTimeToLiveAsync(key))!.Value, TimeSpan.FromSeconds(0.2), TimeSpan.FromSeconds(0.6));
        await Until.TrueAsync(async () => !await Own.Connection.Database.KeyExistsAsync(key), "the key expires", TimeSpan.FromSeconds(10));

        await Leases.AcquireAsync("g", "a", 3, Life, Ct);
        await Leases.ReleaseAsync("g", "a", Ct);
        Assert.False(await Own.Connection.Database.KeyExistsAsync(key));
    }

    private RedisHost NewHost()
    {
        _hosts.Add(new RedisHost(server.Connection, _prefix));
        return _hosts[^1];
    }
}

public sealed class RedisLeasesOutageTests : IAsyncLifetime
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly RedisServer _server = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => await _server.StartAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Holders_come_back_with_their_heartbeats_after_a_flush()
    {
        using var host = new RedisHost(_server.Connection, "a:");
        foreach (var holder in (string[])["a", "b"]) await host.Leases.AcquireAsync("g", holder, 2, Minute, Ct);
        await _server.FlushAsync();
        Assert.True(await host.Leases.AcquireAsync("g", "a", 2, Minute, Ct));
        Assert.True(await host.Leases.AcquireAsync("g", "b", 2, Minute, Ct));
        Assert.False(await host.Leases.AcquireAsync("g", "c", 2, Minute, Ct));
    }

    [Fact]
    public async Task A_newcomer_after_a_restart_takes_a_place_before_its_former_holder_and_never_one_too_many()
    {
        using var host = new RedisHost(_server.Connection, "a:");
        foreach (var holder in (string[])["a", "b"]) await host.Leases.AcquireAsync("g", holder, 2, Minute, Ct);
        await _server.KillAsync();
        await _server.StartAgainAsync();
        await host.HealedAsync();
        Assert.True(await host.Leases.AcquireAsync("g", "c", 2, Minute, Ct));
        Assert.True(await host.Leases.AcquireAsync("g", "b", 2, Minute, Ct));
        Assert.False(await host.Leases.AcquireAsync("g", "a", 2, Minute, Ct));
    }

    [Fact]
    public async Task While_the_server_is_away_each_process_counts_alone_where_the_option_says_so()
    {
        using var one = new RedisHost(_server.Connection, "a:");
        using var two = new RedisHost(_server.Connection, "a:");
        await _server.KillAsync();
        foreach (var host in (RedisHost[])[one, two])
        {
            Assert.True(await host.Leases.AcquireAsync("g", "a", 1, Minute, Ct));
            Assert.False(await host.Leases.AcquireAsync("g", "b", 1, Minute, Ct));
            Assert.Equal(1, await host.Leases.CountAsync("g", Ct));
            await host.Leases.ReleaseAsync("g", "a", Ct);
            Assert.True(await host.Leases.AcquireAsync("g", "b", 1, Minute, Ct));
        }
    }

    [Fact]
    public async Task While_the_server_is_away_nothing_is_granted_where_the_option_says_so_and_all_heals()
    {
        using var host = new RedisHost(_server.Connection, "a:", LimitsWhileAway.Refuse);
        Assert.True(await host.Leases.AcquireAsync("g", "a", 1, Minute, Ct));
        await _server.KillAsync();
        await Assert.ThrowsAsync<LimitsUnavailableException>(async () => await host.Leases.AcquireAsync("g", "a", 1, Minute, Ct));
        await Assert.ThrowsAsync<LimitsUnavailableException>(async () => await host.Leases.CountAsync("g", Ct));

        // Who stops is not troubled: the place falls free by itself.
        await host.Leases.ReleaseAsync("g", "a", Ct);
        await _server.StartAgainAsync();
        await host.HealedAsync();
        Assert.True(await host.Leases.AcquireAsync("g", "a", 1, Minute, Ct));
    }

    [Fact]
    public async Task A_hung_server_costs_a_bounded_time_and_soon_none()
    {
        using var host = new RedisHost(_server.Connection, "a:", commandTimeout: 0.5);
        await host.Leases.AcquireAsync("g", "a", 1, Minute, Ct);
        await _server.HangAsync();
        var clock = Stopwatch.StartNew();
        Assert.True(await host.Leases.AcquireAsync("g", "alone", 1, Minute, Ct));
        Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(5));

        await Until.TrueAsync(
            async () =>
            {
                var ask = Stopwatch.StartNew();
                await host.Leases.AcquireAsync("g", "alone", 1, Minute, Ct);
                return ask.Elapsed < TimeSpan.FromSeconds(0.1);
            },
            "callers do not wait for it any more");
        await _server.GoOnAsync();
        await Until.TrueAsync(async () => !await host.Leases.AcquireAsync("g", "alone", 1, Minute, Ct), "the place held before is known again");
    }
}
