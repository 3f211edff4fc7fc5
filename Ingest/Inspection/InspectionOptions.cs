using System.ComponentModel.DataAnnotations;
using FlickStream.Platform;
using FlickStream.Platform.Media;

namespace FlickStream.Ingest.Inspection;

/// <summary>What masters are accepted. Configuration section <c>Inspection</c>.</summary>
public sealed record InspectionOptions
{
    /// <summary>The longest title.</summary>
    [TimeRange("00:00:01", "2.00:00:00")]
    public TimeSpan MaxDuration { get; init; } = TimeSpan.FromHours(12);

    /// <summary>The largest picture, pixels. The default is 8192 x 4352, that is 8K.</summary>
    [Range(1, MediaGuards.MaxPixels)]
    public int MaxPixels { get; init; } = 8192 * 4352;

    /// <summary>The most tracks of all kinds in one file.</summary>
    [Range(1, MediaGuards.MaxStreams)]
    public int MaxStreams { get; init; } = 64;

    /// <summary>How long reading the header may take, and how long decoding the first and the last frames may.</summary>
    [TimeRange("00:00:01", "00:10:00")]
    public TimeSpan TimeLimit { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long reading all packets may take, beside a second for each 10 MB, in a file whose container does not say how many frames it has
    /// (Matroska, WebM, MPEG-TS, fragmented MP4). It is read at the disk's speed; over the limit the frames stay uncounted, and MPEG-TS and
    /// MPEG-PS are refused.</summary>
    [TimeRange("00:00:01", "01:00:00")]
    public TimeSpan ScanTimeLimit { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>The most pictures from one keyframe to the next: each part of a title is decoded from the keyframe before it. The default is half
    /// an hour at 25 a second.</summary>
    [Range(1000, 10_000_000)]
    public int MaxGopFrames { get; init; } = 45_000;

    /// <summary>How long measuring samples for the title's own ladder may take; what is not measured by then is left out, and a master
    /// without any sample gets the fixed ladder. 0 measures nothing.</summary>
    [TimeRange("00:00:00", "00:01:00")]
    public TimeSpan ComplexityTimeLimit { get; init; } = TimeSpan.FromSeconds(3);
}
