using System.ComponentModel.DataAnnotations;
using FlickStream.Platform.Documents.Mongo;
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
    [Range(typeof(TimeSpan), "00:00:00", "00:10:00")]
    public TimeSpan DrainDelay { get; set; } = TimeSpan.Zero;

    /// <summary>Where masters and media are kept.</summary>
    public BlobsAdapter Blobs { get; set; } = BlobsAdapter.Disk;

    /// <summary>Where documents are kept.</summary>
    public DocumentsAdapter Documents { get; set; } = DocumentsAdapter.Sqlite;

    /// <summary>The servers of documents that are kept in MongoDB.</summary>
    [ValidateObjectMembers]
    public MongoOptions Mongo { get; set; } = new();

    /// <summary>What carries messages.</summary>
    public BusAdapter Bus { get; set; } = BusAdapter.InProcess;

    /// <summary>What counts places, such as those of a stream limit.</summary>
    public LeasesAdapter Leases { get; set; } = LeasesAdapter.InMemory;
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
}

public enum LeasesAdapter
{
    /// <summary>Counted in this process only.</summary>
    InMemory,
}
