using System.Diagnostics.Metrics;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace FlickStream.Platform.Health;

/// <summary>What <c>/health/ready</c> would say, as a gauge for alerts, looked at every half minute.</summary>
internal sealed class HealthMetrics : IHealthCheckPublisher
{
    private volatile HealthReport? _last;

    public HealthMetrics(IMeterFactory meters) => meters.Create("FlickStream.Platform").CreateObservableGauge(
        "flickstream.dependency.health", Measured, null, "1: healthy, 0.5: the service goes on without it, 0: not ready for want of it.");

    public Task PublishAsync(HealthReport report, CancellationToken cancellationToken)
    {
        _last = report;
        return Task.CompletedTask;
    }

    private IEnumerable<Measurement<double>> Measured() => _last is not { } report ? [] : report.Entries.Select(entry =>
        new Measurement<double>((int)entry.Value.Status / (double)HealthStatus.Healthy, new KeyValuePair<string, object?>("dependency", entry.Key)));
}
