using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace FlickStream.Platform.Health;

/// <summary>A process that was asked to stop says at once that it is not ready and goes on serving for
/// <see cref="PlatformOptions.DrainDelay"/>: whoever spreads requests has that long to hear it, so that none is refused.</summary>
internal sealed class Drain(
    IHostApplicationLifetime lifetime, IOptions<PlatformOptions> options, IOptions<HostOptions> host, TimeProvider time)
    : IHostedLifecycleService, IHealthCheck
{
    public const string Name = "draining";

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(lifetime.ApplicationStopping.IsCancellationRequested
            ? HealthCheckResult.Unhealthy("This process was asked to stop.") : HealthCheckResult.Healthy());

    /// <summary>What else stopping takes comes after the delay. Not a configuration of the host's options: those are read while the host
    /// is built, where a wrong option of ours could not be explained yet.</summary>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        host.Value.ShutdownTimeout += options.Value.DrainDelay;
        return Task.CompletedTask;
    }

    public Task StoppingAsync(CancellationToken cancellationToken)
    {
        lifetime.StopApplication(); // A signal has said so already; a caller of the host's StopAsync has not.
        return Task.Delay(options.Value.DrainDelay, time, cancellationToken);
    }

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
