using System.ComponentModel.DataAnnotations;
using FlickStream.Platform;

namespace FlickStream.Ingest.Assets;

/// <summary>Inspection and removal of assets, from the section <c>Ingest:Assets</c>.</summary>
public sealed class AssetOptions
{
    public const string Section = "Ingest:Assets";

    /// <summary>Masters inspected at the same time.</summary>
    [Range(1, 64)]
    public int ParallelInspections { get; init; } = 2;

    /// <summary>How soon another process takes an inspection over whose process died.</summary>
    [TimeRange("00:00:00.1", "00:10:00")]
    public TimeSpan InspectionLease { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How often assets to inspect or to remove are looked for, beside the bell.</summary>
    [TimeRange("00:00:00.1", "01:00:00")]
    public TimeSpan SweepInterval { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a deleted asset's document stays, so that a step that was still running when it was deleted cannot leave
    /// segments behind. Longer than any step takes to see that its job is gone.</summary>
    [TimeRange("00:00:00", "1.00:00:00")]
    public TimeSpan TombstoneLifetime { get; init; } = TimeSpan.FromMinutes(10);
}
