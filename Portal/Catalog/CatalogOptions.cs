using System.ComponentModel.DataAnnotations;
using FlickStream.Platform;

namespace FlickStream.Portal.Catalog;

/// <summary>Section <c>Catalog</c>.</summary>
internal sealed class CatalogOptions
{
    /// <summary>Where viewers are taken to be, ISO 3166-1, such as <c>DE</c>; unset, they see what is available everywhere.</summary>
    [RegularExpression("^[A-Z]{2}$")]
    public string? Region { get; init; }

    /// <summary>The header in which the proxy in front says where a viewer is, such as <c>CloudFront-Viewer-Country</c>. The proxy must take it
    /// away from what viewers send themselves.</summary>
    public string? RegionHeader { get; init; }

    /// <summary>How long a process may not know of a change that another one made and whose message was lost.</summary>
    [TimeRange("00:00:01", "00:10:00")]
    public TimeSpan Freshness { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How long deleted titles are remembered, for processes that were cut off, and replaced artwork is served still.</summary>
    [TimeRange("00:10:00", "30.00:00:00")]
    public TimeSpan Memory { get; init; } = TimeSpan.FromDays(1);

    /// <summary>Of an uploaded image.</summary>
    [Range(1024, 100 << 20)]
    public int ArtworkBytes { get; init; } = 20 << 20;

    /// <summary>Width times height of an uploaded image: what decoding may cost.</summary>
    [Range(10_000, 400_000_000)]
    public int ArtworkPixels { get; init; } = 60_000_000;

    /// <summary>Images that one account, organisation or key may send in a minute; each costs some seconds of a core.</summary>
    [Range(1, 100_000)]
    public int ArtworkPerMinute { get; init; } = 60;

    /// <summary>Images that a process reads and encodes at once, each in memory; 0: twice as many as there are cores.</summary>
    [Range(0, 1000)]
    public int ArtworkAtOnce { get; init; }

    /// <summary>Images that wait for that, unread; more are refused.</summary>
    [Range(0, 100_000)]
    public int ArtworkWaiting { get; init; } = 100;

    /// <summary>In which an image must have come once it is read.</summary>
    [TimeRange("00:00:01", "01:00:00")]
    public TimeSpan ArtworkReadTime { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Of a file that is imported.</summary>
    [Range(1 << 20, 16L << 30)]
    public long ImportBytes { get; init; } = 1L << 30;

    /// <summary>Rows of a file that is imported.</summary>
    [Range(1, 10_000_000)]
    public int ImportRows { get; init; } = 500_000;
}
