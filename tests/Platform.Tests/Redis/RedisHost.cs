using FlickStream.Platform.Bus.Redis;
using FlickStream.Platform.Cache.Redis;
using FlickStream.Platform.Leases.Redis;
using FlickStream.Platform.RateLimits.Redis;
using FlickStream.Platform.Redis;
using FlickStream.Tests.Shared;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Caching.Hybrid;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace FlickStream.Platform.Tests.Redis;

/// <summary>What one process has of Redis: a connection and the adapters on it.</summary>
internal sealed class RedisHost : IDisposable
{
    private readonly ServiceProvider _services;

    /// <param name="connection">Of the server.</param>
    /// <param name="prefix">Of its keys; processes of one installation have the same.</param>
    /// <param name="whileAway">What becomes of limits.</param>
    /// <param name="commandTimeout">In seconds. Long, so that a busy machine is not taken for a hung server; tests that hang it want it
    /// short.</param>
    /// <param name="connectTimeout">In seconds. Long for the same reason; tests that start without a server wait as long.</param>
    public RedisHost(
        string connection,
        string prefix,
        LimitsWhileAway whileAway = LimitsWhileAway.CountAlone,
        double commandTimeout = 10,
        double connectTimeout = 10)
    {
        var options = Options.Create(new PlatformOptions
        {
            Redis = new RedisOptions
            {
                Connection = connection,
                KeyPrefix = prefix,
                ConnectTimeout = TimeSpan.FromSeconds(connectTimeout),
                CommandTimeout = TimeSpan.FromSeconds(commandTimeout),
                LeasesWhileAway = whileAway,
                RateLimitsWhileAway = whileAway,
            },
        });
        var services = new ServiceCollection();
        services.AddLogging(logs => logs.SetMinimumLevel(LogLevel.Trace).AddProvider(Log));
        services.AddSingleton(options).AddSingleton(TimeProvider.System).AddSingleton<RedisConnection>();
        services.AddSingleton<IDistributedCache, RedisSecondLevel>().AddHybridCache();
        _services = services.BuildServiceProvider();
        Connection = _services.GetRequiredService<RedisConnection>();
        Bus = new RedisBus(Connection);
        Leases = new RedisLeases(Connection, options, TimeProvider.System);
        RateLimits = new RedisRateLimits(Connection, options, TimeProvider.System);
        Cache = _services.GetRequiredService<HybridCache>();
    }

    public LogLines Log { get; } = new();

    public RedisConnection Connection { get; }

    public RedisBus Bus { get; }

    public RedisLeases Leases { get; }

    public RedisRateLimits RateLimits { get; }

    public HybridCache Cache { get; }

    public async Task<HealthStatus> HealthAsync() =>
        (await new RedisHealth(Connection).CheckHealthAsync(new HealthCheckContext(), TestContext.Current.CancellationToken)).Status;

    /// <summary>Waits until the server serves again.</summary>
    public Task HealedAsync() => Until.TrueAsync(async () => await HealthAsync() == HealthStatus.Healthy, "it heals");

    public void Dispose() => _services.Dispose();
}
