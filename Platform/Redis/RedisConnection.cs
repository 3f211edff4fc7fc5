using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace FlickStream.Platform.Redis;

/// <summary>The one connection of a process, shared by all adapters. It is there from the start, whether the server is or not, and
/// heals by itself.</summary>
internal sealed class RedisConnection : IDisposable
{
    private static readonly Meter Meter = new("FlickStream.Redis");
    private static readonly Counter<long> Unanswered = Meter.CreateCounter<long>(
        "flickstream.redis.unanswered", description: "Questions that went on without Redis, because it was away, hung or refused them.");

    // An outage fails thousands of questions a second; one line tells as much.
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(10);

    private readonly ConnectionMultiplexer _redis;
    private readonly string _servers;
    private readonly string _prefix;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private int _isAway;
    private int _isRefused;
    private long _saidAt;

    public RedisConnection(IOptions<PlatformOptions> options, TimeProvider time, ILogger<RedisConnection> log)
    {
        (_prefix, _time, _log) = (options.Value.Redis.KeyPrefix, time, log);
        var client = options.Value.Redis.ToClientOptions() ?? throw new InvalidOperationException("Platform:Redis:Connection was not checked.");
        _servers = string.Join(", ", client.EndPoints);
        _redis = ConnectionMultiplexer.Connect(client);
        if (_redis.IsConnected) log.LogInformation("Connected to Redis at {Servers}", _servers);
        else SayAway(WhyAway());
        _redis.ConnectionFailed += (_, lost) =>
        {
            // Other servers of a cluster, or the other connection to this one, may be there still.
            if (!_redis.IsConnected) SayAway($"{lost.FailureType}");
            if (lost.FailureType == ConnectionFailureType.AuthenticationFailure) SayRefused(lost.Exception?.Message);
        };
        _redis.ConnectionRestored += (_, restored) =>
        {
            if (restored.ConnectionType == ConnectionType.Interactive) SayBack();
        };
    }

    /// <summary>Commands can be sent again after the connection was lost. Handlers must not block.</summary>
    public event Action? Restored;

    public bool IsConnected => _redis.IsConnected;

    public IConnectionMultiplexer Multiplexer => _redis;

    public IDatabase Database => _redis.GetDatabase();

    public ISubscriber Subscriber => _redis.GetSubscriber();

    /// <summary>The key of <paramref name="name"/> among what <paramref name="use"/> keeps.</summary>
    public string KeyOf(string use, string name) => $"{_prefix}{use}:{name}";

    /// <summary>The server's answer; null when there is none within <see cref="RedisOptions.CommandTimeout"/>.</summary>
    /// <param name="use">For the log and the metric: who asks.</param>
    /// <param name="question">The command.</param>
    /// <param name="cancellationToken">Stops the waiting, not the command.</param>
    public async ValueTask<T?> AskAsync<T>(string use, Func<IDatabase, Task<T>> question, CancellationToken cancellationToken = default)
        where T : struct
    {
        try
        {
            return await question(Database).WaitAsync(cancellationToken);
        }
        catch (Exception e) when (IsNoAnswer(e))
        {
            WentWithout(use, e);
            return null;
        }
    }

    /// <summary>Whether the server is away, hung, or in no state to serve (loading, full, a replica): no fault of the caller.</summary>
    public static bool IsNoAnswer(Exception exception) => exception is RedisException or RedisTimeoutException;

    /// <summary>Counts and says, now and then, that <paramref name="use"/> went on without an answer.</summary>
    public void WentWithout(string use, Exception cause)
    {
        Unanswered.Add(1, new KeyValuePair<string, object?>("use", use));

        // The client gives up the connection to a hung server without an event.
        if (!_redis.IsConnected) SayAway(cause.Message);
        var (now, said) = (_time.GetTimestamp(), Volatile.Read(ref _saidAt));
        if (said != 0 && _time.GetElapsedTime(said, now) < Quiet) return;
        if (Interlocked.CompareExchange(ref _saidAt, now, said) == said)
            _log.LogWarning("Redis gave no answer for {Use}: {Cause}", use, cause.Message);
    }

    public void Dispose() => _redis.Dispose();

    /// <summary>What the client knows of it: no such host, a refused connection, a wrong password.</summary>
    private string WhyAway()
    {
        try
        {
            Database.Ping();
            return "it came late";
        }
        catch (Exception e) when (IsNoAnswer(e))
        {
            return e.Message;
        }
    }

    private void SayAway(string cause)
    {
        if (Interlocked.Exchange(ref _isAway, 1) == 1) return;
        _log.LogWarning(
            "Redis at {Servers} (Platform:Redis:Connection) cannot be reached: {Cause}. Work goes on without it: wake-ups come later, "
            + "and limits are kept as Platform:Redis says", _servers, cause);
    }

    // An outage may be said before the server has answered, and of this cause it does not heal by itself.
    private void SayRefused(string? cause)
    {
        if (Interlocked.Exchange(ref _isRefused, 1) == 0)
            _log.LogWarning("Redis at {Servers} refuses the user or password of Platform:Redis:Connection: {Cause}", _servers, cause);
    }

    private void SayBack()
    {
        Volatile.Write(ref _isRefused, 0);
        if (Interlocked.Exchange(ref _isAway, 0) == 1) _log.LogInformation("Redis at {Servers} is back", _servers);
        Restored?.Invoke();
    }
}
