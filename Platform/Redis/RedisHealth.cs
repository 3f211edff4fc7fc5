using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace FlickStream.Platform.Redis;

/// <summary>Whether Redis takes writes: one that is full, or has lost its primary, still answers a ping. Degraded, never unhealthy: a
/// service without Redis still serves, and taking it out of rotation would make an outage of Redis one of everything.</summary>
internal sealed class RedisHealth(RedisConnection redis) : IHealthCheck
{
    public const string Name = "redis";

    private const string Use = "health";

    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(1);

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var answer = await redis.AskAsync(
            Use, database => database.StringSetAsync(redis.KeyOf(Use, "probe"), "", Kept), cancellationToken);
        return answer is null
            ? HealthCheckResult.Degraded("Redis cannot be reached or takes no writes; the log says why.")
            : HealthCheckResult.Healthy();
    }
}
