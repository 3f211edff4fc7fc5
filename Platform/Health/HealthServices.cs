using FlickStream.Platform.Redis;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace FlickStream.Platform.Health;

public static class HealthServices
{
    /// <summary>A dependency that hangs must not keep the answer from whoever asks.</summary>
    private static readonly TimeSpan CheckLimit = TimeSpan.FromSeconds(4);

    /// <summary>The service cannot do its work without the blobs: it is not ready while they cannot be reached.</summary>
    public static IServiceCollection AddBlobsHealth(this IServiceCollection services)
    {
        services.Configure<HealthCheckServiceOptions>(options =>
        {
            if (options.Registrations.Any(known => known.Name == BlobsHealth.Name)) return;
            options.Registrations.Add(new HealthCheckRegistration(
                BlobsHealth.Name, provider => ActivatorUtilities.CreateInstance<BlobsHealth>(provider), null, null, CheckLimit));
        });
        return services;
    }

    internal static void AddHealth(this IServiceCollection services)
    {
        services.AddSingleton<Drain>().AddHostedService(provider => provider.GetRequiredService<Drain>());
        services.AddHealthChecks()
            .AddCheck<DocumentsHealth>(DocumentsHealth.Name, timeout: CheckLimit)
            .AddCheck<RedisHealth>(RedisHealth.Name, HealthStatus.Degraded, timeout: CheckLimit)
            .AddCheck<Drain>(Drain.Name);
        services.AddSingleton<IHealthCheckPublisher, HealthMetrics>();
        services.AddOptions<HealthCheckPublisherOptions>().Configure<IOptions<PlatformOptions>>((published, platform) =>
            published.Predicate = check => check.Name != Drain.Name && IsUsed(check, platform.Value));
    }

    internal static void MapHealth(this WebApplication app)
    {
        app.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false, ResponseWriter = HealthAnswer.WriteAsync }).AllowAnonymous();
        app.MapHealthChecks("/health/ready", new HealthCheckOptions
        {
            // Read when somebody asks: wrong options are explained when the process starts, which is after this.
            Predicate = check => IsUsed(check, app.Services.GetRequiredService<IOptions<PlatformOptions>>().Value),
            ResponseWriter = HealthAnswer.WriteAsync,
        }).AllowAnonymous();
    }

    private static bool IsUsed(HealthCheckRegistration check, PlatformOptions options) =>
        check.Name != RedisHealth.Name || options.OptionsOnRedis().Any();
}
