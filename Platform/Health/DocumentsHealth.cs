using FlickStream.Platform.Access;
using FlickStream.Platform.Documents;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace FlickStream.Platform.Health;

internal sealed class DocumentsHealth(IDocuments documents) : IHealthCheck
{
    public const string Name = "documents";

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        await documents.Set(ApiKey.Schema).GetAsync("none", cancellationToken);
        return HealthCheckResult.Healthy();
    }
}
