using System.Collections.Concurrent;
using MongoDB.Bson;
using MongoDB.Driver;

[assembly: AssemblyFixture(typeof(FlickStream.Standalone.Tests.Harness.MongoDatabases))]

namespace FlickStream.Standalone.Tests.Harness;

/// <summary>Where <c>FLICKSTREAM_TEST_MONGO</c> names a server (a connection string), documents are kept there instead of in SQLite: a
/// database a data folder, dropped after the last test.</summary>
public sealed class MongoDatabases : IAsyncDisposable
{
    private static readonly ConcurrentDictionary<string, bool> Used = new(StringComparer.Ordinal);
    private static readonly Lazy<MongoClient> Client = new(() => new MongoClient(Server));

    internal static string? Server { get; } =
        Environment.GetEnvironmentVariable("FLICKSTREAM_TEST_MONGO") is { Length: > 0 } named ? named : null;

    public async ValueTask DisposeAsync()
    {
        foreach (var database in Used.Keys) await Client.Value.DropDatabaseAsync(database);
        if (Client.IsValueCreated) Client.Value.Dispose();
    }

    /// <returns>By the names of environment variables; none where documents are in SQLite.</returns>
    internal static IReadOnlyDictionary<string, string> OptionsFor(string dataFolder)
    {
        if (Server is null) return new Dictionary<string, string>();
        var database = NameFor(dataFolder);
        Used[database] = true;
        return new Dictionary<string, string>
        {
            ["Platform__Documents"] = "Mongo",
            ["Platform__Mongo__ConnectionString"] = Server,
            ["Platform__Mongo__Database"] = database,
        };
    }

    /// <summary>The documents of a collection, ids first, as they are stored.</summary>
    internal static IReadOnlyList<(string Id, string Json)> Documents(string dataFolder, string collection) =>
    [
        .. Client.Value.GetDatabase(NameFor(dataFolder)).GetCollection<BsonDocument>(collection)
            .Find(new BsonDocument()).Sort(new BsonDocument("_id", 1)).ToEnumerable()
            .Select(document => (document["_id"].AsString, document["json"].AsString)),
    ];

    // A temporary folder's name is unlike any other's; the data folder is one, or lies in one.
    private static string NameFor(string dataFolder) =>
        Path.GetRelativePath(Path.GetTempPath(), dataFolder).Replace(Path.DirectorySeparatorChar, '-');
}
