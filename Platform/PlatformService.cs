using FlickStream.Platform.Access;
using FlickStream.Platform.Audit;
using FlickStream.Platform.Blobs;
using FlickStream.Platform.Blobs.Disk;
using FlickStream.Platform.Blobs.S3;
using FlickStream.Platform.Bus;
using FlickStream.Platform.Bus.Redis;
using FlickStream.Platform.Cache.Redis;
using FlickStream.Platform.Documents;
using FlickStream.Platform.Documents.Mongo;
using FlickStream.Platform.Documents.Sqlite;
using FlickStream.Platform.Health;
using FlickStream.Platform.Http;
using FlickStream.Platform.Leases;
using FlickStream.Platform.Leases.Redis;
using FlickStream.Platform.Masters;
using FlickStream.Platform.Protection;
using FlickStream.Platform.RateLimits;
using FlickStream.Platform.RateLimits.Redis;
using FlickStream.Platform.Redis;
using FlickStream.Platform.Telemetry;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Configuration.Memory;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace FlickStream.Platform;

public static class PlatformService
{
    /// <summary>Adds the seams, on the adapters that the options choose. Every service of a process calls it; the second call and
    /// later ones change nothing but <paramref name="hosting"/>.</summary>
    /// <param name="builder">The host being built.</param>
    /// <param name="hosting">Overrules <c>Platform:Hosting</c>.</param>
    public static IHostApplicationBuilder AddPlatform(this IHostApplicationBuilder builder, PlatformHosting? hosting = null)
    {
        var services = builder.Services;
        if (hosting is { } place) services.PostConfigure<PlatformOptions>(options => options.Hosting = place);
        if (services.Any(service => service.ServiceType == typeof(DataFolder))) return builder;

        builder.Configuration.Sources.Insert(0, QuietRequests);
        services.AddOptions<PlatformOptions>()
            .BindConfiguration("Platform")
            .PostConfigure(options => options.DataFolder = Absolute(options.DataFolder))
            .ValidateDataAnnotations()
            .ValidateOnStart();
        services.AddSingleton<IValidateOptions<PlatformOptions>, PlatformOptionsCheck>();
        services.TryAddSingleton(TimeProvider.System);
        services.AddHybridCache(cache => cache.MaximumPayloadBytes = LargestCached);
        services.AddSingleton<DataFolder>();
        services.AddHostedService<PlatformStart>();
        services.AddSingleton<RedisConnection>();
        services.AddAdapters();
        services.AddSingleton(provider => new MasterFiles(
            provider.GetRequiredService<IBlobs>(),
            Chosen(provider).Masters,
            provider.GetRequiredService<DataFolder>().In("masters"),
            provider.GetRequiredService<TimeProvider>()));
        services.AddProtectionKeys();
        services.AddSingleton<ContentKeySeal>();
        services.AddAccess();
        services.AddSingleton<AuditTrail>().AddSingleton<AuditAnchors>();
        services.AddHttpHabits();
        services.AddHealth();
        builder.AddTelemetry();
        return builder;
    }

    /// <summary>In bytes; what is larger is read each time.</summary>
    private const long LargestCached = 16 << 20;

    /// <summary>The framework tells every request in several lines, with addresses that may be secrets. A default, so that settings
    /// can still ask for it.</summary>
    private static MemoryConfigurationSource QuietRequests { get; } =
        new() { InitialData = [new("Logging:LogLevel:Microsoft.AspNetCore", nameof(LogLevel.Warning))] };

    /// <summary>The one place where adapters are chosen.</summary>
    private static void AddAdapters(this IServiceCollection services)
    {
        services.AddSingleton<IBlobs>(provider => Chosen(provider).Blobs switch
        {
            BlobsAdapter.Disk => new DiskBlobs(provider.GetRequiredService<DataFolder>().In("blobs")),
            BlobsAdapter.S3 => ActivatorUtilities.CreateInstance<S3Blobs>(provider, Chosen(provider).S3),
            var unknown => throw NoAdapter(unknown),
        });
        services.AddSingleton<IDocuments>(provider => Chosen(provider).Documents switch
        {
            DocumentsAdapter.Sqlite => new SqliteDocuments(provider.GetRequiredService<DataFolder>().In("documents.sqlite")),
            DocumentsAdapter.Mongo => ActivatorUtilities.CreateInstance<MongoDocuments>(provider, Chosen(provider).Mongo),
            var unknown => throw NoAdapter(unknown),
        });
        services.AddSingleton<IBus>(provider => Chosen(provider).Bus switch
        {
            BusAdapter.InProcess => new InProcessBus(),
            BusAdapter.Redis => ActivatorUtilities.CreateInstance<RedisBus>(provider),
            var unknown => throw NoAdapter(unknown),
        });
        services.AddSingleton<ILeases>(provider => Chosen(provider).Leases switch
        {
            LeasesAdapter.InMemory => ActivatorUtilities.CreateInstance<InMemoryLeases>(provider),
            LeasesAdapter.Redis => ActivatorUtilities.CreateInstance<RedisLeases>(provider),
            var unknown => throw NoAdapter(unknown),
        });
        services.AddSingleton<IRateLimits>(provider => Chosen(provider).Leases switch
        {
            LeasesAdapter.InMemory => ActivatorUtilities.CreateInstance<InMemoryRateLimits>(provider),
            LeasesAdapter.Redis => ActivatorUtilities.CreateInstance<RedisRateLimits>(provider),
            var unknown => throw NoAdapter(unknown),
        });

        // HybridCache's second level; it leaves one out that is in memory itself.
        services.AddSingleton<IDistributedCache>(provider => Chosen(provider).Cache switch
        {
            CacheAdapter.InMemory => ActivatorUtilities.CreateInstance<MemoryDistributedCache>(provider),
            CacheAdapter.Redis => ActivatorUtilities.CreateInstance<RedisSecondLevel>(provider),
            var unknown => throw NoAdapter(unknown),
        });
    }

    private static PlatformOptions Chosen(IServiceProvider provider) => provider.GetRequiredService<IOptions<PlatformOptions>>().Value;

    private static InvalidOperationException NoAdapter(Enum value) => new($"There is no adapter {value}.");

    private static string Absolute(string folder) => string.IsNullOrWhiteSpace(folder) ? "" : Path.GetFullPath(folder);

    /// <summary>Opens the seams when the process starts, so that a fault is said then and not at the first request. A service that can do its
    /// work without the bucket starts without it, too.</summary>
    private sealed class PlatformStart(IServiceProvider provider) : IHostedService
    {
        private static readonly Type[] Seams =
            [typeof(IBlobs), typeof(IDocuments), typeof(IBus), typeof(ILeases), typeof(IRateLimits), typeof(IDistributedCache)];

        public async Task StartAsync(CancellationToken cancellationToken)
        {
            foreach (var seam in Seams) provider.GetRequiredService(seam);
            if (BlobsHealth.IsAsked(provider) && provider.GetRequiredService<IBlobs>() is S3Blobs s3) await s3.OpenAsync(cancellationToken);
            if (provider.GetRequiredService<IDocuments>() is MongoDocuments mongo) await mongo.CheckAsync(cancellationToken);
        }

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
