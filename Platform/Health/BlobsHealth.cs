using FlickStream.Platform.Blobs;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace FlickStream.Platform.Health;

internal sealed class BlobsHealth(IBlobs blobs) : IHealthCheck
{
    public const string Name = "blobs";

    /// <summary>A key that nobody writes. A service that uses the blobs must be allowed to ask for it.</summary>
    public const string AbsentKey = "none";

    /// <summary>Whether the services of this process use the blobs (<see cref="HealthServices.AddBlobsHealth"/>).</summary>
    public static bool IsAsked(IServiceProvider provider) =>
        provider.GetRequiredService<IOptions<HealthCheckServiceOptions>>().Value.Registrations.Any(check => check.Name == Name);

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        await blobs.FindAsync(AbsentKey, cancellationToken);
        return HealthCheckResult.Healthy();
    }
}
