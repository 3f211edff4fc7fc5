using FlickStream.Platform.Bus;
using FlickStream.Transcoder;
using Microsoft.Extensions.DependencyInjection.Extensions;
using MongoDB.Driver;

namespace FlickStream.Board.Bench;

/// <summary>Where the documents are, by options of the service; dropped at the end.</summary>
internal sealed class Engine : IAsyncDisposable
{
    private readonly string? _server;

    private Engine(string name, string folder, string? server) => (Name, Folder, _server) = (name, folder, server);

    public string Name { get; }

    public string Folder { get; }

    public bool IsSqlite => _server is null;

    private string Database => $"flickstream-bench-{Path.GetFileName(Folder)}";

    public static Engine Sqlite(string folder) => new("SQLite", folder, null);

    public static Engine Mongo(string folder, string server) => new("MongoDB", folder, server);

    /// <summary>The services of a process that keeps the board, as it starts them, with nothing running by itself.</summary>
    public IHost Start()
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Platform:DataFolder"] = Folder,
            ["Platform:Hosting"] = "OneMachine",
            ["Platform:Documents"] = IsSqlite ? "Sqlite" : "Mongo",
            ["Platform:Mongo:ConnectionString"] = _server,
            ["Platform:Mongo:Database"] = Database,

            // What processes must share besides; none of it is reached.
            ["Platform:Blobs"] = "S3",
            ["Platform:S3:Bucket"] = "none",
            ["Platform:Bus"] = "Redis",
            ["Platform:Leases"] = "Redis",
            ["Platform:Redis:Connection"] = "localhost:1",
        });
        builder.AddTranscoder();
        builder.Services.RemoveAll<IHostedService>();
        builder.Services.AddSingleton<IBus, MuteBus>();
        return builder.Build();
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
        {
            using var client = new MongoClient(_server);
            await client.DropDatabaseAsync(Database);
        }

        if (Directory.Exists(Folder)) Directory.Delete(Folder, recursive: true);
    }

    /// <summary>Nobody listens: the crowd polls.</summary>
    private sealed class MuteBus : IBus
    {
        public ValueTask PublishAsync(string topic, string message, CancellationToken cancellationToken = default) => ValueTask.CompletedTask;

        public ValueTask<IBusSubscription> SubscribeAsync(string topic, CancellationToken cancellationToken = default) =>
            throw new NotSupportedException();
    }
}
