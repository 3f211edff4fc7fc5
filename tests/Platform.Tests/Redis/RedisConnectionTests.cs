using FlickStream.Engines;
using FlickStream.Platform.RateLimits;
using FlickStream.Platform.Redis;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace FlickStream.Platform.Tests.Redis;

public sealed class RedisConnectionTests : IAsyncLifetime
{
    private readonly RedisServer _server = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => await _server.StartAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task A_process_that_starts_while_the_server_is_away_says_so_and_heals()
    {
        await _server.KillAsync();
        using var host = new RedisHost(_server.Connection, "a:", connectTimeout: 1);
        Assert.Contains(host.Log.Lines, line => line.Contains($"Redis at {_server.Connection} (Platform:Redis:Connection) cannot be reached", StringComparison.Ordinal)
            && line.Contains("Connection refused", StringComparison.Ordinal));
        Assert.Equal(HealthStatus.Degraded, await host.HealthAsync());
        await _server.StartAgainAsync();
        await Until.TrueAsync(async () => await host.HealthAsync() == HealthStatus.Healthy, "the process heals");
        await Until.TrueAsync(
            () => Task.FromResult(host.Log.Lines.Any(line => line.Contains("is back", StringComparison.Ordinal))), "the log says that it is back");
    }

    [Fact]
    public async Task A_hung_server_is_degraded_within_a_bounded_time()
    {
        using var host = new RedisHost(_server.Connection, "a:", commandTimeout: 0.5);
        Assert.Equal(HealthStatus.Healthy, await host.HealthAsync());
        await _server.HangAsync();
        var check = host.HealthAsync();
        Assert.Equal(HealthStatus.Degraded, await check.WaitAsync(TimeSpan.FromSeconds(5), TimeProvider.System, Ct));
        await _server.GoOnAsync();
        await Until.TrueAsync(async () => await host.HealthAsync() == HealthStatus.Healthy, "it heals");
    }

    [Fact]
    public async Task A_server_that_takes_no_writes_is_degraded_although_it_answers()
    {
        using var host = new RedisHost(_server.Connection, "a:");
        await _server.TellAsync("CONFIG", "SET", "min-replicas-to-write", "1");
        Assert.Equal(HealthStatus.Degraded, await host.HealthAsync());
        Assert.True(await host.Leases.AcquireAsync("g", "a", 1, TimeSpan.FromMinutes(1), Ct));
        Assert.Equal(TimeSpan.Zero, await host.RateLimits.TakeAsync("a", RateLimit.PerMinute(1), Ct));
        Assert.Contains(host.Log.Lines, line => line.Contains("NOREPLICAS", StringComparison.Ordinal));
        await _server.TellAsync("CONFIG", "SET", "min-replicas-to-write", "0");
        Assert.Equal(HealthStatus.Healthy, await host.HealthAsync());
    }

    [Fact]
    public async Task A_wrong_password_is_said_at_the_start_and_not_shown()
    {
        await _server.TellAsync("CONFIG", "SET", "requirepass", "right");
        using var host = new RedisHost($"{_server.Connection},password=hunter2", "a:");
        Assert.Equal(HealthStatus.Degraded, await host.HealthAsync());
        await SaysPasswordAsync(host);
        Assert.DoesNotContain(host.Log.Lines, line => line.Contains("hunter2", StringComparison.Ordinal));
    }

    /// <summary>On a busy machine the server's answer comes after it was said that there is no connection.</summary>
    [Fact]
    public async Task A_wrong_password_is_said_also_when_the_server_tells_it_late()
    {
        await _server.TellAsync("CONFIG", "SET", "requirepass", "right");
        await _server.HangAsync();
        using var host = new RedisHost($"{_server.Connection},password=hunter2", "a:", connectTimeout: 1);
        Assert.DoesNotContain(host.Log.Lines, line => SaysPassword(line));
        await _server.GoOnAsync();
        await SaysPasswordAsync(host);
        Assert.DoesNotContain(host.Log.Lines, line => line.Contains("hunter2", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_host_whose_name_is_not_known_yet_does_not_stop_the_start()
    {
        using var host = new RedisHost("redis.invalid:6379", "a:", connectTimeout: 1);
        Assert.Equal(HealthStatus.Degraded, await host.HealthAsync());
    }

    [Theory]
    [InlineData("localhost:6379", true)]
    [InlineData("a:6379,b:6379,ssl=true,user=u,password=p", true)]
    [InlineData("redis.example.com", true)]
    [InlineData("localhost:6379,colour=blue", false)]
    [InlineData("localhost:6379,ssl=perhaps", false)]
    [InlineData("ssl=true", false)]
    [InlineData("redis://localhost:6379", false)]
    [InlineData("localhost:99999", false)]
    public void A_connection_string_is_understood_or_refused(string text, bool isUnderstood) =>
        Assert.Equal(isUnderstood, new RedisOptions { Connection = text }.ToClientOptions() is not null);

    private static bool SaysPassword(string line) => line.Contains("password", StringComparison.OrdinalIgnoreCase);

    private static Task SaysPasswordAsync(RedisHost host) => Until.TrueAsync(() => Task.FromResult(host.Log.Lines.Any(SaysPassword)), "the log tells of the password");
}
