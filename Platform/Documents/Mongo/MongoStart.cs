using MongoDB.Bson;
using MongoDB.Driver;

namespace FlickStream.Platform.Documents.Mongo;

/// <summary>What stands between this process and its documents, in a sentence that says which option to mend.</summary>
public sealed class MongoStartException(string sentence, Exception? cause = null) : IOException(sentence, cause);

internal static class MongoStart
{
    private const int Unauthorized = 13;
    private const int AuthenticationFailed = 18;

    /// <returns>Which servers there are, for the log.</returns>
    public static async Task<string> CheckAsync(MongoConnection connection, MongoOptions options, CancellationToken cancellationToken)
    {
        try
        {
            var hello = await connection.Database.RunCommandAsync<BsonDocument>(
                new BsonDocument("hello", 1), ReadPreference.Primary, cancellationToken);
            var server = KindOf(hello) ?? throw new MongoStartException(
                $"The MongoDB server at {connection.Servers} stands alone, so it can neither acknowledge a write by a majority nor tell a repeated "
                + "write from a new one. Make it a replica set, of which one member is enough: start mongod with --replSet rs0 and run "
                + "rs.initiate() once; or set Platform:Mongo:ConnectionString to a replica set or to the routers (mongos) of a sharded cluster.");

            // A greeting needs no rights; reading does.
            await connection.Database.RunCommandAsync<BsonDocument>(
                new BsonDocument { { "find", "start" }, { "limit", 1 }, { "singleBatch", true } }, ReadPreference.Primary, cancellationToken);
            return server;
        }
        catch (TimeoutException e)
        {
            throw new MongoStartException(
                $"No MongoDB server that takes writes answered at {connection.Servers} within {options.ServerWait:c}"
                + $"{(connection.LastFault is { } fault ? $" ({fault.TrimEnd('.')})" : "")}. Start it, or set Platform:Mongo:ConnectionString to where it is.",
                e);
        }
        catch (MongoAuthenticationException e)
        {
            throw Refused(e);
        }
        catch (MongoCommandException e) when (e.Code is Unauthorized or AuthenticationFailed)
        {
            throw Refused(e);
        }
        catch (MongoException e) when (e is MongoConnectionException or MongoIncompatibleDriverException)
        {
            throw new MongoStartException($"MongoDB at {connection.Servers} cannot be used: {e.GetBaseException().Message}", e);
        }

        MongoStartException Refused(Exception cause) => new(
            $"MongoDB at {connection.Servers} refuses the user of Platform:Mongo:ConnectionString. Correct user and password (and authSource, the "
            + $"database that knows the user), and grant the user the role readWrite on {options.Database}.",
            cause);
    }

    private static string? KindOf(BsonDocument hello) =>
        hello.TryGetValue("setName", out var name) ? $"replica set {name}"
        : hello.TryGetValue("msg", out var said) && said == "isdbgrid" ? "a sharded cluster"
        : null;
}
