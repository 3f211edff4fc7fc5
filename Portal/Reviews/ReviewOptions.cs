using System.ComponentModel.DataAnnotations;
using FlickStream.Platform;

namespace FlickStream.Portal.Reviews;

/// <summary>Section <c>Reviews</c>.</summary>
internal sealed class ReviewOptions
{
    /// <summary>Whether only profiles that watched a title may review it.</summary>
    public bool OnlyWatched { get; init; } = true;

    /// <summary>How far somebody must have come in a title, or in an episode of a series, to have watched it; of what is shorter than twice that, half.</summary>
    [TimeRange("00:00:00", "01:00:00")]
    public TimeSpan WatchedFrom { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>So many accounts that report a text hold it, until a moderator has read it.</summary>
    [Range(1, 1000)]
    public int HeldAfterReports { get; init; } = 3;

    /// <summary>Reviews that one account may write and take back in a minute, and public names that it may ask for.</summary>
    [Range(1, 10_000)]
    public int WritesPerMinute { get; init; } = 20;

    /// <summary>Reports and marks of what is helpful that one account may make in a minute.</summary>
    [Range(1, 10_000)]
    public int MarksPerMinute { get; init; } = 30;
}
