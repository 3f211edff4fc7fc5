using MongoDB.Bson;
using MongoDB.Driver;

namespace FlickStream.Platform.Documents.Mongo;

/// <summary>How FlickStream talks to MongoDB, whatever the connection string says: a write is acknowledged by a majority's journals, a
/// read sees what a majority holds, a broken connection is tried once more, and every wait has an end.</summary>
internal sealed class MongoConnection : IDisposable
{
    // What the network and a queue in the server may add to the time of a command, which the server itself keeps.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(2);

    private readonly MongoOptions _options;
    private readonly MongoClient _client;

    public MongoConnection(MongoOptions options)
    {
        _options = options;
        _client = new MongoClient(SettingsFor(options, options.CommandTimeout));
        Database = _client.GetDatabase(options.Database);
    }

    public IMongoDatabase Database { get; }

    public TimeSpan CommandTimeout => _options.CommandTimeout;

    /// <summary>The servers' addresses, without user or password.</summary>
    public string Servers => string.Join(", ", _client.Settings.Servers);

    /// <summary>Why the servers could not be reached at the last attempt, in the operating system's words.</summary>
    public string? LastFault => _client.Cluster.Description.Servers
        .Select(server => server.HeartbeatException?.GetBaseException().Message).FirstOrDefault(message => message is not null);

    /// <summary>Runs a command that may take as long as an index takes to be built.</summary>
    public async Task RunLongAsync(BsonDocument command)
    {
        // A connection of its own: one that the driver gives up earlier would abort the build.
        using var client = new MongoClient(SettingsFor(_options, _options.IndexTimeout));
        await client.GetDatabase(_options.Database).RunCommandAsync<BsonDocument>(command);
    }

    public void Dispose() => _client.Dispose();

    internal static MongoClientSettings SettingsFor(MongoOptions options, TimeSpan commandTimeout)
    {
        var settings = MongoClientSettings.FromConnectionString(options.ConnectionString);
        settings.ApplicationName ??= "FlickStream";
        settings.WriteConcern = new WriteConcern("majority", wTimeout: options.CommandTimeout, journal: true);
        settings.ReadConcern = ReadConcern.Majority;
        settings.ReadPreference = ReadPreference.Primary;
        settings.RetryWrites = true;
        settings.RetryReads = true;
        settings.ServerSelectionTimeout = options.ServerWait;
        settings.ConnectTimeout = options.ServerWait;
        settings.WaitQueueTimeout = options.ServerWait;
        settings.SocketTimeout = commandTimeout + Grace;
#pragma warning disable CS0618 // Its default, 500 calls, makes the next call fail at once; all of them end by the times above.
        settings.WaitQueueSize = int.MaxValue;
#pragma warning restore CS0618
        return settings;
    }
}
