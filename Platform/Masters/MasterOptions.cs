using System.ComponentModel.DataAnnotations;

namespace FlickStream.Platform.Masters;

/// <summary>Section <c>Platform:Masters</c>: copies of masters on this machine, which ffmpeg needs where blobs are not files.</summary>
public sealed class MasterOptions
{
    /// <summary>Folder of the copies, in which each process has one of its own; below the data folder when not given.</summary>
    public string? Folder { get; set; }

    /// <summary>Bytes of all copies of a process together. A master that is larger, or finds the rest in use, is refused until there is room.</summary>
    [Range(1, long.MaxValue)]
    public long MaxBytes { get; set; } = 200L << 30;

    /// <summary>Bytes that copies leave free on their disk.</summary>
    [Range(0, long.MaxValue)]
    public long MinimumFreeBytes { get; set; } = 1L << 30;

    /// <summary>How long a copy stays after its last use, so that the next step of the title finds it.</summary>
    [TimeRange("00:00:01", "30.00:00:00")]
    public TimeSpan KeepFor { get; set; } = TimeSpan.FromHours(1);

    /// <summary>Requests side by side that fill one copy.</summary>
    [Range(1, 64)]
    public int ParallelRanges { get; set; } = 8;

    /// <summary>Bytes of one such request.</summary>
    [Range(1 << 20, 1 << 30)]
    public int RangeBytes { get; set; } = 16 << 20;
}
