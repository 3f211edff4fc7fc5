using FlickStream.Platform.Blobs;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace FlickStream.Platform.Health;

internal sealed class BlobsHealth(IBlobs blobs) : IHealthCheck
{
    public const string Name = "blobs";

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        await blobs.FindAsync("none", cancellationToken);
        return HealthCheckResult.Healthy();
    }
}
