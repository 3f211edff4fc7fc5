using System.Collections.Immutable;
using FlickStream.Platform.Redis;
using Microsoft.Extensions.Options;

namespace FlickStream.Platform.Leases.Redis;

/// <summary>
/// Leases of many processes: a group is a sorted set of holders by the end of their places, in milliseconds of the server's clock, and
/// expires with the last of them. Each operation is one atomic command or script.
/// </summary>
internal sealed class RedisLeases(RedisConnection redis, IOptions<PlatformOptions> options, TimeProvider time) : ILeases
{
    private const string Use = "leases";

    private const string Now = """
        local time = redis.call('TIME')
        local now = time[1] * 1000 + math.floor(time[2] / 1000)

        """;

    /// <summary>KEYS: the group. ARGV: holder, limit, milliseconds.</summary>
    private const string Acquire = Now + """
        redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now)
        redis.call('ZREM', KEYS[1], ARGV[1])
        if redis.call('ZCARD', KEYS[1]) >= tonumber(ARGV[2]) then return 0 end
        redis.call('ZADD', KEYS[1], now + ARGV[3], ARGV[1])
        redis.call('PEXPIREAT', KEYS[1], redis.call('ZRANGE', KEYS[1], -1, -1, 'WITHSCORES')[2])
        return 1
        """;

    /// <summary>KEYS: the group.</summary>
    private const string Count = Now + "return redis.call('ZCOUNT', KEYS[1], '(' .. string.format('%.0f', now), '+inf')";

    /// <summary>KEYS: the group.</summary>
    private const string Holders = Now + "return redis.call('ZRANGEBYSCORE', KEYS[1], '(' .. string.format('%.0f', now), '+inf')";

    private readonly InMemoryLeases _alone = new(time);

    private bool IsCountedAlone => options.Value.Redis.LeasesWhileAway == LimitsWhileAway.CountAlone;

    public async ValueTask<bool> AcquireAsync(
        string group, string holder, int limit, TimeSpan duration, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(duration, TimeSpan.Zero);
        var milliseconds = (long)Math.Ceiling(duration.TotalMilliseconds);
        var granted = await redis.AskAsync(
            Use,
            async database => (bool)await database.ScriptEvaluateAsync(Acquire, [KeyOf(group)], [holder, limit, milliseconds]),
            cancellationToken);
        if (granted is { } answer) return answer;
        return IsCountedAlone
            ? await _alone.AcquireAsync(group, holder, limit, duration, cancellationToken)
            : throw new LimitsUnavailableException();
    }

    public async ValueTask ReleaseAsync(string group, string holder, CancellationToken cancellationToken = default)
    {
        await _alone.ReleaseAsync(group, holder, cancellationToken);

        // A place that cannot be given up now falls free by itself.
        await redis.AskAsync(Use, database => database.SortedSetRemoveAsync(KeyOf(group), holder), cancellationToken);
    }

    public async ValueTask<int> CountAsync(string group, CancellationToken cancellationToken = default)
    {
        var count = await redis.AskAsync(
            Use, async database => (int)await database.ScriptEvaluateAsync(Count, [KeyOf(group)]), cancellationToken);
        return count ?? (IsCountedAlone ? await _alone.CountAsync(group, cancellationToken) : throw new LimitsUnavailableException());
    }

    public async ValueTask<IReadOnlyList<string>> HoldersAsync(string group, CancellationToken cancellationToken = default)
    {
        var holders = await redis.AskAsync(
            Use,
            async database => ImmutableArray.Create((string[])(await database.ScriptEvaluateAsync(Holders, [KeyOf(group)]))!),
            cancellationToken);
        if (holders is { } answer) return answer;
        return IsCountedAlone ? await _alone.HoldersAsync(group, cancellationToken) : throw new LimitsUnavailableException();
    }

    private StackExchange.Redis.RedisKey KeyOf(string group) => redis.KeyOf(Use, group);
}
