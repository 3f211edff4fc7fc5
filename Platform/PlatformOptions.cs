using FlickStream.Platform.Blobs.S3;
using FlickStream.Platform.Documents.Mongo;
using FlickStream.Platform.Masters;
using FlickStream.Platform.Redis;
using Microsoft.Extensions.Options;

namespace FlickStream.Platform;

/// <summary>Section <c>Platform</c>: where data lives and which adapter serves each seam.</summary>
public sealed class PlatformOptions
{
    /// <summary>The folder of the embedded adapters' data and of unfinished encodings; relative to the working directory. One process at a
    /// time owns it, but with <see cref="PlatformHosting.OneMachine"/>.</summary>
    public string DataFolder { get; set; } = "data";

    /// <summary>Whether the other services run in this process too.</summary>
    public PlatformHosting Hosting { get; set; } = PlatformHosting.Apart;

    /// <summary>How long a process that is asked to stop goes on serving while it says that it is not ready. Set it to a little more than
    /// whatever spreads requests takes to notice, 0 where nothing does.</summary>
    [TimeRange("00:00:00", "00:10:00")]
    public TimeSpan DrainDelay { get; set; } = TimeSpan.Zero;

    /// <summary>Where masters and media are kept.</summary>
    public BlobsAdapter Blobs { get; set; } = BlobsAdapter.Disk;

    /// <summary>The bucket, for <see cref="BlobsAdapter.S3"/>.</summary>
    [ValidateObjectMembers]
    public S3BlobOptions S3 { get; set; } = new();

    /// <summary>Copies of masters, where blobs are not files.</summary>
    [ValidateObjectMembers]
    public MasterOptions Masters { get; set; } = new();

    /// <summary>Where documents are kept.</summary>
    public DocumentsAdapter Documents { get; set; } = DocumentsAdapter.Sqlite;

    /// <summary>The servers of documents that are kept in MongoDB.</summary>
    [ValidateObjectMembers]
    public MongoOptions Mongo { get; set; } = new();

    /// <summary>What carries messages.</summary>
    public BusAdapter Bus { get; set; } = BusAdapter.InProcess;

    /// <summary>What counts: places, such as those of a stream limit, and how often things are done (rate limits).</summary>
    public LeasesAdapter Leases { get; set; } = LeasesAdapter.InMemory;

    /// <summary>What of the cache is shared with other processes. Without any, each reads for itself what another has read.</summary>
    public CacheAdapter Cache { get; set; } = CacheAdapter.InMemory;

    /// <summary>Where the keys are kept with which ASP.NET Core seals what browsers bring back, and content keys.</summary>
    public ProtectionKeysAdapter ProtectionKeys { get; set; } = ProtectionKeysAdapter.DataFolder;

    /// <summary>The server of what is chosen as Redis.</summary>
    [ValidateObjectMembers]
    public RedisOptions Redis { get; set; } = new();

    /// <summary>The names of the options that choose Redis.</summary>
    internal IEnumerable<string> OptionsOnRedis()
    {
        if (Bus == BusAdapter.Redis) yield return nameof(Bus);
        if (Leases == LeasesAdapter.Redis) yield return nameof(Leases);
        if (Cache == CacheAdapter.Redis) yield return nameof(Cache);
        if (ProtectionKeys == ProtectionKeysAdapter.Redis) yield return nameof(ProtectionKeys);
    }
}

public enum PlatformHosting
{
    /// <summary>Other services run in processes of their own, so every adapter must be one that they share.</summary>
    Apart,

    /// <summary>All services run in this process.</summary>
    Standalone,

    /// <summary>Other services run in processes of their own on this machine and share its data folder, so that SQLite, which locks its
    /// file between processes, may serve them all. No other embedded adapter may.</summary>
    OneMachine,
}

public enum BlobsAdapter
{
    /// <summary>Files under <see cref="PlatformOptions.DataFolder"/>.</summary>
    Disk,

    /// <summary>Objects of a bucket (<see cref="PlatformOptions.S3"/>).</summary>
    S3,
}

public enum DocumentsAdapter
{
    /// <summary>A SQLite database under <see cref="PlatformOptions.DataFolder"/>.</summary>
    Sqlite,

    /// <summary>The database of <see cref="PlatformOptions.Mongo"/>.</summary>
    Mongo,
}

public enum BusAdapter
{
    /// <summary>Heard in this process only.</summary>
    InProcess,

    /// <summary>Heard in every process on the server of <see cref="PlatformOptions.Redis"/>.</summary>
    Redis,
}

public enum LeasesAdapter
{
    /// <summary>Counted in this process only.</summary>
    InMemory,

    /// <summary>Counted by the server of <see cref="PlatformOptions.Redis"/> for every process.</summary>
    Redis,
}

public enum CacheAdapter
{
    /// <summary>Nothing is shared.</summary>
    InMemory,

    /// <summary>A second level in <see cref="PlatformOptions.Redis"/> behind the memory of each process.</summary>
    Redis,
}

public enum ProtectionKeysAdapter
{
    /// <summary>Files under <see cref="PlatformOptions.DataFolder"/>; where services run apart, which may have no such folder, what ASP.NET
    /// Core chooses by itself.</summary>
    DataFolder,

    /// <summary>In <see cref="PlatformOptions.Redis"/>, unencrypted. When that loses them, as one does that is run as a cache, what was
    /// sealed is worth nothing any more, letters that wait to be sent too. Refused with <c>Planning:Protection</c>.</summary>
    Redis,

    /// <summary>Among the documents, unencrypted: kept and backed up with what they seal, and seen by whoever sees that.</summary>
    Documents,
}
