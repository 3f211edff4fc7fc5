using FlickStream.Platform.Blobs;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace FlickStream.Platform.Health;

internal sealed class BlobsHealth(IBlobs blobs) : IHealthCheck
{
    public const string Name = "blobs";

    /// <summary>A key that nobody writes. A service that uses the blobs must be allowed to ask for it.</summary>
    public const string AbsentKey = "none";

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        await blobs.FindAsync(AbsentKey, cancellationToken);
        return HealthCheckResult.Healthy();
    }
}
