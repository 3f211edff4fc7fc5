using FlickStream.Platform.Access;
using FlickStream.Platform.Blobs;
using FlickStream.Platform.Documents;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace FlickStream.Platform.Http;

/// <summary>Whether the storage that every request needs can be reached.</summary>
internal sealed class Readiness(IDocuments documents, IBlobs blobs) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        await documents.Set(ApiKey.Schema).GetAsync("none", cancellationToken);
        await blobs.FindAsync("none", cancellationToken);
        return HealthCheckResult.Healthy();
    }
}
