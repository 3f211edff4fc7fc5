using System.Buffers.Text;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using FlickStream.Engines;
using FlickStream.Standalone.Tests.Harness;

namespace FlickStream.Standalone.Tests.Apart;

/// <summary>The services as a company runs them: each in a process of its own, three workers, blobs in a bucket, Redis between them and nginx in
/// front. Documents are in SQLite, which processes of one machine may share.</summary>
internal sealed partial class Deployment : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("flickstream-apart-");
    private readonly NginxFront _front;

    private Deployment(S3Service bucket, FaultyProxy storage, RedisServer redis, TraceCollector traces, IReadOnlyDictionary<string, string> options)
    {
        (Storage, Redis, Traces) = (storage, redis, traces);
        SmallDisk = new SmallDisk(_folder.CreateSubdirectory("small-disk").FullName);
        DataFolder = _folder.CreateSubdirectory("data").FullName;
        var key = $"fs_{RandomNumberGenerator.GetHexString(16, lowercase: true)}_{Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32))}";
        var keyFile = Path.Combine(_folder.FullName, "admin.key");
        File.WriteAllText(keyFile, key);

        var all = new Dictionary<string, string>(options)
        {
            ["Platform__Hosting"] = "OneMachine",
            ["Platform__DataFolder"] = DataFolder,
            ["Platform__Bus"] = "Redis",
            ["Platform__Leases"] = "Redis",
            ["Platform__Cache"] = "Redis",
            ["Platform__ProtectionKeys"] = "Documents",
            ["Platform__Redis__Connection"] = redis.Connection,
            ["ASPNETCORE_FORWARDEDHEADERS_ENABLED"] = "true",
        };
        foreach (var (name, value) in bucket.Settings().Concat(traces.Options.Select(option => (option.Key, option.Value))))
            all[name.Replace(":", "__", StringComparison.Ordinal)] = value;
        Bucket = new BucketContents(bucket, all["Platform__S3__KeyPrefix"]);
        all["Platform__S3__Endpoint"] = storage.Address;
        foreach (var (name, value) in MongoDatabases.OptionsFor(DataFolder)) all[name] = value;

        Ingest = new ServiceProcess("ingest", "Ingest", all);
        Board = new ServiceProcess("board", "Transcoder", new Dictionary<string, string>(all) { ["Transcoder__Role"] = "Board" });
        Workers =
        [
            Worker("worker-1", all),
            Worker("worker-2", all),
            Worker("worker-3", new Dictionary<string, string>(all) { ["Worker__WorkFolder"] = SmallDisk.Folder }, SmallDisk.Launcher),
        ];
        Origin = new ServiceProcess("origin", "Origin", all);
        Portal = new ServiceProcess("portal", "Portal", new Dictionary<string, string>(all) { ["Platform__Access__AdminKeyFile"] = keyFile });
        _front = new NginxFront(new Dictionary<string, string>
        {
            ["INGEST"] = Ingest.Authority,
            ["BOARD"] = Board.Authority,
            ["ORIGIN"] = Origin.Authority,
            ["PORTAL"] = Portal.Authority,
        });
        Client = new HttpClient { BaseAddress = _front.Address, Timeout = TimeSpan.FromMinutes(1) };
        Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
    }

    public string DataFolder { get; }

    public BucketContents Bucket { get; }

    /// <summary>On every way to the bucket.</summary>
    public FaultyProxy Storage { get; }

    public RedisServer Redis { get; }

    public TraceCollector Traces { get; }

    public ServiceProcess Ingest { get; }

    public ServiceProcess Board { get; }

    public IReadOnlyList<ServiceProcess> Workers { get; }

    /// <summary>Where the last of the workers keeps what is unfinished.</summary>
    public SmallDisk SmallDisk { get; }

    public ServiceProcess Origin { get; }

    public ServiceProcess Portal { get; }

    public IReadOnlyList<ServiceProcess> Services => [Ingest, Board, .. Workers, Origin, Portal];

    /// <summary>Goes through the front, with the administrator's key.</summary>
    public HttpClient Client { get; }

    /// <summary>What the services logged as errors, a block each.</summary>
    public string Errors => string.Join(
        '\n',
        Services.SelectMany(service => LogBlock().Matches(service.Output).Select(block => $"{service.Name} {block.Value}")));

    /// <param name="gateway">Where its bucket is.</param>
    /// <param name="options">Configuration beside that of a deployment, by the names of environment variables.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<Deployment> StartAsync(
        S3Gateway gateway, IReadOnlyDictionary<string, string> options, CancellationToken cancellationToken)
    {
        var bucket = await gateway.StartedAsync();
        var redis = new RedisServer();
        await redis.StartAsync();
        var deployment = new Deployment(
            bucket, await FaultyProxy.StartAsync(bucket.Endpoint), redis, await TraceCollector.StartAsync(cancellationToken), options);
        try
        {
            await Task.WhenAll(deployment.Services.Select(service => service.StartAsync(cancellationToken)));
            await Task.WhenAll(deployment.Services.Select(service => service.ReadyAsync(cancellationToken)));
            await deployment._front.StartAsync(cancellationToken);
            return deployment;
        }
        catch
        {
            await deployment.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _front.DisposeAsync();
        await Task.WhenAll(Services.Select(service => service.DisposeAsync().AsTask()));
        await Redis.DisposeAsync();
        await Storage.DisposeAsync();
        await Traces.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [GeneratedRegex(@"^(fail|crit): .*\n(?:      .*\n)*", RegexOptions.Multiline)]
    private static partial Regex LogBlock();

    private static ServiceProcess Worker(string name, IReadOnlyDictionary<string, string> options, params IReadOnlyList<string> launcher) => new(
        name,
        "Transcoder",
        new Dictionary<string, string>(options)
        {
            ["Transcoder__Role"] = "Worker",
            ["Worker__Name"] = name,
            ["Worker__EncodeSlots"] = "1",
            ["Worker__LightSlots"] = "2",
        },
        launcher);
}
