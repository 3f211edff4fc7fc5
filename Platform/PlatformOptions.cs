namespace FlickStream.Platform;

/// <summary>Section <c>Platform</c>: where data lives and which adapter serves each seam.</summary>
public sealed class PlatformOptions
{
    /// <summary>The folder of the embedded adapters' data; relative to the working directory. One process at a time owns it.</summary>
    public string DataFolder { get; set; } = "data";

    /// <summary>Whether the other services run in this process too.</summary>
    public PlatformHosting Hosting { get; set; } = PlatformHosting.Apart;

    public BlobsAdapter Blobs { get; set; } = BlobsAdapter.Disk;

    public DocumentsAdapter Documents { get; set; } = DocumentsAdapter.Sqlite;

    public BusAdapter Bus { get; set; } = BusAdapter.InProcess;

    public LeasesAdapter Leases { get; set; } = LeasesAdapter.InMemory;
}

public enum PlatformHosting
{
    /// <summary>Other services run in processes of their own, so every adapter must be one that they share.</summary>
    Apart,

    /// <summary>All services run in this process.</summary>
    Standalone,
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
