using System.ComponentModel.DataAnnotations;
using System.Net;
using StackExchange.Redis;

namespace FlickStream.Platform.Redis;

/// <summary>Section <c>Platform:Redis</c>: the server of every adapter that is named Redis; version 5 or newer. Losing it, or what it
/// evicts for want of memory, costs speed and exactness of limits at any moment, and no work.</summary>
public sealed class RedisOptions
{
    private static readonly TimeSpan LongestHeartbeat = TimeSpan.FromSeconds(0.5);

    /// <summary>Where it is: <c>host:port</c>, then settings of StackExchange.Redis after commas, such as
    /// <c>redis.example.com:6380,ssl=true,user=flickstream,password=…</c>. Several hosts name a cluster, or a primary and its replicas.</summary>
    public string Connection { get; init; } = "";

    /// <summary>What every key and channel begins with, so that installations can share a server.</summary>
    [RegularExpression("^[A-Za-z0-9:._-]{0,64}$", ErrorMessage = "The field KeyPrefix may have 64 letters, digits, colons, dots, underscores and hyphens.")]
    public string KeyPrefix { get; init; } = "flickstream:";

    /// <summary>How long an attempt to connect may take; what a start without Redis is delayed by.</summary>
    [TimeRange("00:00:00.1", "00:00:30")]
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How long a command may take before its caller goes on without Redis. Four of these without a word from the server end
    /// the connection, and from then on callers do not wait at all.</summary>
    [TimeRange("00:00:00.1", "00:00:10")]
    public TimeSpan CommandTimeout { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>What becomes of stream limits while Redis cannot be reached.</summary>
    public LimitsWhileAway LeasesWhileAway { get; init; } = LimitsWhileAway.CountAlone;

    /// <summary>What becomes of rate limits while Redis cannot be reached.</summary>
    public LimitsWhileAway RateLimitsWhileAway { get; init; } = LimitsWhileAway.CountAlone;

    /// <summary>The client's settings; null when <see cref="Connection"/> cannot be understood. Its own words are not passed on: they
    /// quote what may be a part of the password.</summary>
    internal ConfigurationOptions? ToClientOptions()
    {
        ConfigurationOptions client;
        try
        {
            client = ConfigurationOptions.Parse(Connection);
        }
        catch (Exception e) when (e is ArgumentException or FormatException)
        {
            return null;
        }

        // The client would take an address such as redis://host for the name of a host.
        if (client.EndPoints.Count == 0 || client.EndPoints.OfType<DnsEndPoint>().Any(e => e.Host.Contains('/'))) return null;
        client.AbortOnConnectFail = false;
        client.ConnectRetry = 1;
        client.ConnectTimeout = (int)ConnectTimeout.TotalMilliseconds;
        client.AsyncTimeout = client.SyncTimeout = (int)CommandTimeout.TotalMilliseconds;

        // Timeouts and servers that are back are noticed at the client's heartbeats.
        client.HeartbeatInterval = CommandTimeout < LongestHeartbeat * 2 ? CommandTimeout / 2 : LongestHeartbeat;
        client.KeepAlive = 10;
        client.ReconnectRetryPolicy = new ExponentialRetry(500, 5000);

        // Without a connection a command fails at once: nothing here is worth a queue.
        client.BacklogPolicy = BacklogPolicy.FailFast;
        client.ClientName ??= "flickstream";
        client.IncludeDetailInExceptions = false;
        return client;
    }
}

public enum LimitsWhileAway
{
    /// <summary>Each process counts what it sees itself: a limit of three becomes three a process.</summary>
    CountAlone,

    /// <summary>What would be counted is refused with 503 and the code <c>limits_unavailable</c>.</summary>
    Refuse,
}
