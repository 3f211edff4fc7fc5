using System.Net;
using System.Net.Http.Json;
using System.Reflection;
using System.Text.Json;
using FlickStream.Engines;
using FlickStream.Platform.Blobs;
using FlickStream.Platform.Health;
using FlickStream.Platform.Http;
using FlickStream.Platform.Redis;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace FlickStream.Platform.Tests.Health;

public sealed class ReadinessTests : IDisposable
{
    private readonly TempFolder _folder = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Readiness_names_every_dependency()
    {
        await using var app = Build();
        await app.StartAsync(Ct);
        using var client = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
        var answer = await client.GetFromJsonAsync<JsonElement>("/health/ready", Ct);
        Assert.Equal("healthy", answer.GetProperty("status").GetString());
        Assert.Equal(["blobs", "documents", "draining"], answer.GetProperty("checks").EnumerateObject().Select(check => check.Name));
    }

    [Fact]
    public async Task A_service_that_has_lost_redis_is_degraded_and_ready()
    {
        await using var server = new RedisServer();
        await server.StartAsync();
        await using var app = Build(services => services.Configure<PlatformOptions>(options =>
        {
            options.Leases = LeasesAdapter.Redis;
            options.Redis = new RedisOptions { Connection = server.Connection };
        }));
        await app.StartAsync(Ct);
        using var client = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
        await Until.TrueAsync(async () => (await client.GetStringAsync("/health/ready", Ct)).Contains("\"redis\":\"healthy\"", StringComparison.Ordinal), "it is healthy");
        await server.KillAsync();
        using var response = await client.GetAsync("/health/ready", Ct);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var text = await response.Content.ReadAsStringAsync(Ct);
        Assert.Equal("""{"status":"degraded","checks":{"blobs":"healthy","documents":"healthy","draining":"healthy","redis":"degraded"}}""", text);
    }

    [Fact]
    public async Task Readiness_names_the_dependency_that_is_missing_and_nothing_of_the_fault()
    {
        await using var app = Build(services => services.AddSingleton(DispatchProxy.Create<IBlobs, Unreachable>()));
        await app.StartAsync(Ct);
        using var client = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
        using var response = await client.GetAsync("/health/ready", Ct);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        var text = await response.Content.ReadAsStringAsync(Ct);
        Assert.Equal("""{"status":"unhealthy","checks":{"blobs":"unhealthy","documents":"healthy","draining":"healthy"}}""", text);
    }

    [Fact]
    public async Task A_gauge_says_the_same()
    {
        await using var app = Build(services => services
            .AddSingleton(DispatchProxy.Create<IBlobs, Unreachable>())
            .Configure<HealthCheckPublisherOptions>(published => published.Delay = TimeSpan.Zero));
        await app.StartAsync(Ct);
        using var client = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
        const string Gauge = """flickstream_dependency_health{otel_scope_name="FlickStream.Platform",dependency=""";
        await Until.TrueAsync(async () => (await client.GetStringAsync("/metrics", Ct)).Contains($"{Gauge}\"blobs\"}} 0", StringComparison.Ordinal), "blobs are missed");
        Assert.Contains($"{Gauge}\"documents\"}} 1", await client.GetStringAsync("/metrics", Ct));
        Assert.DoesNotContain($"{Gauge}\"redis", await client.GetStringAsync("/metrics", Ct));
    }

    [Fact]
    public async Task A_process_that_was_asked_to_stop_says_so_and_goes_on_serving_for_the_drain_delay()
    {
        await using var app = Build(services => services.Configure<PlatformOptions>(options => options.DrainDelay = TimeSpan.FromMinutes(1)));
        app.MapGet("/work", () => "done");
        await app.StartAsync(Ct);
        using var client = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        var stop = app.StopAsync(enough.Token);

        using var ready = await client.GetAsync("/health/ready", Ct);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, ready.StatusCode);
        Assert.Contains("\"draining\":\"unhealthy\"", await ready.Content.ReadAsStringAsync(Ct));
        using var live = await client.GetAsync("/health/live", Ct);
        Assert.Equal(HttpStatusCode.OK, live.StatusCode);
        Assert.Equal("done", await client.GetStringAsync("/work", Ct));
        Assert.False(stop.IsCompleted);

        await enough.CancelAsync();
        await Assert.ThrowsAnyAsync<Exception>(() => stop);
        await Assert.ThrowsAsync<HttpRequestException>(() => client.GetStringAsync("/work", Ct));
    }

    [Fact]
    public async Task The_drain_delay_is_added_to_the_time_that_stopping_may_take()
    {
        await using var app = Build(services => services.Configure<PlatformOptions>(options => options.DrainDelay = TimeSpan.FromMinutes(1)));
        var host = app.Services.GetRequiredService<IOptions<HostOptions>>().Value;
        var before = host.ShutdownTimeout;
        await app.StartAsync(Ct);
        Assert.Equal(TimeSpan.FromMinutes(1), host.ShutdownTimeout - before);

        using var enough = new CancellationTokenSource(TimeSpan.Zero);
        await Assert.ThrowsAnyAsync<Exception>(() => app.StopAsync(enough.Token));
    }

    private WebApplication Build(Action<IServiceCollection>? change = null)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Configuration.AddInMemoryCollection([new("Platform:DataFolder", _folder.Path)]);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Logging.ClearProviders();
        builder.AddPlatform(PlatformHosting.Standalone);
        builder.Services.AddBlobsHealth().AddBlobsHealth();
        change?.Invoke(builder.Services);
        var app = builder.Build();
        app.UsePlatform();
        return app;
    }

    /// <summary>Storage that nothing can be asked of.</summary>
    public class Unreachable : DispatchProxy
    {
        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => throw new IOException("10.1.2.3 does not answer");
    }
}
