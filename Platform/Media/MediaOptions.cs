using System.ComponentModel.DataAnnotations;

namespace FlickStream.Platform.Media;

public enum SandboxMode
{
    /// <summary>Bubblewrap where it is installed and works; else resource limits alone, with a warning when the process starts.</summary>
    WhenAvailable,

    /// <summary>The process refuses to start where bubblewrap does not work.</summary>
    Required,

    /// <summary>Resource limits alone; for a container that is itself the sandbox.</summary>
    Off,
}

/// <summary>How ffmpeg and ffprobe are run. Configuration section <c>Media</c>.</summary>
public sealed record MediaOptions
{
    /// <summary>ffmpeg's path, or its name on the PATH.</summary>
    [Required]
    public string FfmpegPath { get; init; } = "ffmpeg";

    /// <summary>ffprobe's path, or its name on the PATH.</summary>
    [Required]
    public string FfprobePath { get; init; } = "ffprobe";

    /// <summary>Whether masters are only ever opened inside bubblewrap.</summary>
    public SandboxMode Sandbox { get; init; } = SandboxMode.WhenAvailable;

    /// <summary>bubblewrap's path, or its name on the PATH.</summary>
    [Required]
    public string BubblewrapPath { get; init; } = "bwrap";

    /// <summary>Address space of one process of a run, and what all of them hold, bytes. Measured with 5.1: six rungs of 1080p in one ffmpeg on two cores take 1.8 GB,
    /// ffmpeg's libraries alone more than 256 MiB.</summary>
    [Range(512L << 20, 1L << 40)]
    public long MaxMemoryBytes { get; init; } = 4L << 30;

    /// <summary>The largest single block ffmpeg may allocate, bytes; a header that asks for more fails at once.</summary>
    [Range(16L << 20, 1L << 40)]
    public long MaxAllocationBytes { get; init; } = 1L << 30;

    /// <summary>The largest file one run may write, bytes.</summary>
    [Range(1L << 20, 1L << 42)]
    public long MaxFileBytes { get; init; } = 16L << 30;

    /// <summary>What the output folder of one run may hold, bytes; looked at every second.</summary>
    [Range(1L << 20, 1L << 44)]
    public long MaxOutputBytes { get; init; } = 16L << 30;

    /// <summary>Processes and threads of one run. The kernel counts them only inside the sandbox, because outside it counts all of the
    /// user's; they are looked at every second besides.</summary>
    [Range(16, 65536)]
    public int MaxProcesses { get; init; } = 1024;

    /// <summary>Files one run may hold open.</summary>
    [Range(32, 65536)]
    public int MaxOpenFiles { get; init; } = 256;

    /// <summary>How long ffmpeg may show no progress before its run ends as stalled, what it waits for a core aside.</summary>
    [TimeRange("00:00:10", "01:00:00")]
    public TimeSpan StallTimeout { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>How long ffmpeg may take to end by itself after it was asked to, before it is killed.</summary>
    [TimeRange("00:00:00.1", "00:01:00")]
    public TimeSpan StopGrace { get; init; } = TimeSpan.FromSeconds(2);
}
