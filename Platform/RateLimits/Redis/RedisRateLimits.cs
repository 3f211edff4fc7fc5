using FlickStream.Platform.Leases;
using FlickStream.Platform.Redis;
using Microsoft.Extensions.Options;

namespace FlickStream.Platform.RateLimits.Redis;

/// <summary>Rate limits of many processes: a key holds when its budget will be full again, in microseconds of the server's clock, and
/// expires then.</summary>
internal sealed class RedisRateLimits(RedisConnection redis, IOptions<PlatformOptions> options, TimeProvider time) : IRateLimits
{
    private const string Use = "rates";

    /// <summary>KEYS: the budget. ARGV: interval, depth. Returns the microseconds to wait.</summary>
    private const string Take = """
        local time = redis.call('TIME')
        local now = time[1] * 1000000 + time[2]
        local full = math.max(tonumber(redis.call('GET', KEYS[1]) or now), now) + ARGV[1]
        local wait = full - now - ARGV[2]
        if wait > 0 then return wait end
        redis.call('SET', KEYS[1], string.format('%.0f', full), 'PX', math.ceil((full - now) / 1000))
        return 0
        """;

    /// <summary>KEYS: the budget. ARGV: interval.</summary>
    private const string GiveBack = """
        local full = tonumber(redis.call('GET', KEYS[1]))
        if not full then return 0 end
        local time = redis.call('TIME')
        local left = full - ARGV[1] - (time[1] * 1000000 + time[2])
        if left > 0 then redis.call('SET', KEYS[1], string.format('%.0f', full - ARGV[1]), 'PX', math.ceil(left / 1000))
        else redis.call('DEL', KEYS[1]) end
        return 0
        """;

    private readonly InMemoryRateLimits _alone = new(time);

    public async ValueTask<TimeSpan> TakeAsync(string key, RateLimit limit, CancellationToken cancellationToken = default)
    {
        var wait = await redis.AskAsync(
            Use,
            async database => (long)await database.ScriptEvaluateAsync(Take, [redis.KeyOf(Use, key)], [limit.Interval, limit.Depth]),
            cancellationToken);
        if (wait is { } microseconds) return TimeSpan.FromMicroseconds(microseconds);
        return options.Value.Redis.RateLimitsWhileAway == LimitsWhileAway.CountAlone
            ? await _alone.TakeAsync(key, limit, cancellationToken)
            : throw new LimitsUnavailableException();
    }

    public async ValueTask GiveBackAsync(string key, RateLimit limit, CancellationToken cancellationToken = default)
    {
        var answer = await redis.AskAsync(
            Use, async database => (long)await database.ScriptEvaluateAsync(GiveBack, [redis.KeyOf(Use, key)], [limit.Interval]), cancellationToken);
        if (answer is null) await _alone.GiveBackAsync(key, limit, cancellationToken);
    }
}
