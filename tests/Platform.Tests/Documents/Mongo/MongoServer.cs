using DotNet.Testcontainers.Builders;
using FlickStream.Platform.Documents.Mongo;
using Microsoft.Extensions.Logging.Abstractions;
using Testcontainers.MongoDb;

[assembly: AssemblyFixture(typeof(FlickStream.Platform.Tests.Documents.Mongo.MongoServer))]

namespace FlickStream.Platform.Tests.Documents.Mongo;

/// <summary>A real MongoDB: that which <c>FLICKSTREAM_TEST_MONGO</c> names (a connection string), else one in a container where Docker
/// answers, else none.</summary>
public sealed class MongoServer : IAsyncDisposable
{
    public const string Variable = "FLICKSTREAM_TEST_MONGO";

    private const string Image = "mongo:8.0";

    private static readonly Lazy<MongoDbContainer?> Container = new(Prepared);

    private readonly Lazy<Task<string>> _connectionString = new(StartAsync);

    /// <summary>Why there is no server; null where there is one.</summary>
    public static string? Missing => Named is null && Container.Value is null
        ? $"MongoDB's suite did not run: {Variable} names no server, and no Docker engine answers." : null;

    private static string? Named => Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named ? named : null;

    /// <summary>The connection string, or a skipped test.</summary>
    public Task<string> ConnectionStringAsync()
    {
        Assert.SkipWhen(Missing is not null, Missing ?? "");
        return _connectionString.Value;
    }

    public async ValueTask DisposeAsync()
    {
        if (Container is { IsValueCreated: true, Value: { } container }) await container.DisposeAsync();
    }

    // One that is named and cannot be used fails every test at once, and not each after a wait of its own.
    private static async Task<string> StartAsync()
    {
        if (Named is { } named)
        {
            using var documents = new MongoDocuments(new MongoOptions { ConnectionString = named }, NullLogger<MongoDocuments>.Instance);
            await documents.CheckAsync(CancellationToken.None);
            return named;
        }

        var container = Container.Value!;
        await container.StartAsync();
        return container.GetConnectionString();
    }

    private static MongoDbContainer? Prepared()
    {
        try
        {
            // Building asks the engine whether it is there.
            return new MongoDbBuilder(Image).WithReplicaSet().Build();
        }
        catch (DockerUnavailableException)
        {
            return null;
        }
    }
}

public sealed class NeedsMongoAttribute : NeedsAttribute
{
    public override string? Missing => MongoServer.Missing;
}
