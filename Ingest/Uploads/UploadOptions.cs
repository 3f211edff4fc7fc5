using System.ComponentModel.DataAnnotations;
using FlickStream.Platform;

namespace FlickStream.Ingest.Uploads;

/// <summary>Limits of uploads, from the section <c>Ingest:Uploads</c>.</summary>
public sealed class UploadOptions
{
    public const string Section = "Ingest:Uploads";

    /// <summary>The largest master, in bytes (<c>Tus-Max-Size</c>).</summary>
    [Range(1, long.MaxValue)]
    public long MaxUploadBytes { get; init; } = 1L << 40;

    /// <summary>Masters and unfinished uploads together, in bytes; null for no limit.</summary>
    [Range(0, long.MaxValue)]
    public long? StoredBytesQuota { get; init; }

    /// <summary>Unfinished uploads together, by their declared sizes, in bytes; null for no limit.</summary>
    [Range(0, long.MaxValue)]
    public long? UnfinishedBytesQuota { get; init; }

    /// <summary>Bytes that uploads leave free on the disk of the blobs, so that documents can still be written.</summary>
    [Range(0, long.MaxValue)]
    public long MinimumFreeBytes { get; init; } = 1L << 30;

    /// <summary>Unfinished uploads of one API key, parts included.</summary>
    [Range(1, 100_000)]
    public int MaxUploadsPerKey { get; init; } = 100;

    /// <summary>Uploads that one API key may create in a minute, at once or spread over it; parts included.</summary>
    [Range(1, 1_000_000)]
    public int CreationsPerMinute { get; init; } = 1200;

    /// <summary>Bytes made durable and acknowledged at a time: what a crash of the server costs a client at most. Object storage takes
    /// more at a time where it needs to for speed (<see cref="FlickStream.Platform.Blobs.IBlobs.GoodAppend"/>).</summary>
    [Range(64 << 10, 1 << 30)]
    public int SliceBytes { get; init; } = 16 << 20;

    /// <summary>The same for slow clients, in time.</summary>
    [TimeRange("00:00:00.1", "00:10:00")]
    public TimeSpan SliceTime { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>A connection that brings nothing for this long counts as broken; what came is kept.</summary>
    [TimeRange("00:00:01", "01:00:00")]
    public TimeSpan StallTimeout { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>A writer that has brought nothing for this long makes room for the client's next request.</summary>
    [TimeRange("00:00:00", "00:10:00")]
    public TimeSpan WriterSilence { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How long a request waits for the upload's writer before it is told that the upload is locked.</summary>
    [TimeRange("00:00:00", "00:01:00")]
    public TimeSpan WriterWait { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>An unfinished upload is removed this long after its last byte.</summary>
    [TimeRange("00:01:00", "365.00:00:00")]
    public TimeSpan UnfinishedLifetime { get; init; } = TimeSpan.FromDays(1);

    /// <summary>A finished or refused upload (not its asset) answers for this long.</summary>
    [TimeRange("00:01:00", "365.00:00:00")]
    public TimeSpan FinishedLifetime { get; init; } = TimeSpan.FromDays(1);

    /// <summary>Stored bytes that no upload names are freed after this long.</summary>
    [TimeRange("00:00:10", "365.00:00:00")]
    public TimeSpan AbandonedAfter { get; init; } = TimeSpan.FromHours(1);

    /// <summary>How often expired and interrupted uploads are looked for.</summary>
    [TimeRange("00:00:01", "01:00:00")]
    public TimeSpan SweepInterval { get; init; } = TimeSpan.FromSeconds(30);
}
