using System.Globalization;

namespace FlickStream.Platform.Media;

public enum MediaTool
{
    Ffmpeg,
    Ffprobe,
}

/// <summary>One run of ffmpeg or ffprobe over one untrusted master. Paths inside the sandbox are the same as outside.</summary>
public sealed record MediaRun
{
    public required MediaTool Tool { get; init; }

    /// <summary>Everything after the program's name; whitelists and limits that every run needs are added by the runner
    /// before these.</summary>
    public required IReadOnlyList<string> Arguments { get; init; }

    /// <summary>The files the process may read, beside the system's libraries.</summary>
    public required IReadOnlyList<string> Inputs { get; init; }

    /// <summary>The only folder it may write; null when it writes to its standard output alone.</summary>
    public string? OutputFolder { get; init; }

    /// <summary>The longest the process may run, what it waits for a core aside.</summary>
    public required TimeSpan TimeLimit { get; init; }

    /// <summary>How far it stands back for other runs, 0..19 as <c>nice</c> counts: whatever a title does not need to start playing must
    /// not slow the first chunk down. Against a run of 0, one of 10 gets a tenth of a core and one of 19 a sixtieth (sched(7)).</summary>
    public int Niceness { get; init; }

    /// <summary>How much of the end of standard error is kept, bytes; more for a run whose encoders tell there what they measured.</summary>
    public int ErrorBytes { get; init; } = ErrorTail.Usual;

    /// <summary>Reads standard output as it comes. Null: the runner keeps it, up to 16 MiB, in <see cref="MediaOutcome.Output"/>.</summary>
    public Func<Stream, CancellationToken, Task>? ReadOutput { get; init; }

    /// <summary>How long until the first byte for <see cref="ReadOutput"/>, or the first frame for <see cref="Progress"/>, for a run that must read or
    /// decode far first; null: as long as between others.</summary>
    public TimeSpan? FirstOutputWithin { get; init; }

    /// <summary>Told what <c>-progress pipe:1</c> says; standard output is then not kept and <see cref="ReadOutput"/> must be null.</summary>
    public Action<MediaProgress>? Progress { get; init; }
}

/// <param name="Frames">Frames written so far by the first output.</param>
/// <param name="OutTime">Media time written so far.</param>
/// <param name="Speed">Seconds of media a second; null at first.</param>
public sealed record MediaProgress(long Frames, TimeSpan OutTime, double? Speed);

/// <param name="ExitCode">0 when it went well.</param>
/// <param name="End">Why the process ended.</param>
/// <param name="Output">Standard output, when it was kept.</param>
/// <param name="ErrorTail">The last lines of standard error (at most <see cref="MediaRun.ErrorBytes"/>), paths of this machine removed.</param>
/// <param name="CommandLine">For the log: the tool and its arguments as a shell would take them.</param>
public sealed record MediaOutcome(int ExitCode, MediaEnd End, string Output, string ErrorTail, string CommandLine)
{
    public bool Succeeded => End == MediaEnd.Exited && ExitCode == 0;

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{End}, exit code {ExitCode}: {ErrorTail}");
}

public enum MediaEnd
{
    Exited,

    /// <summary>Stopped because it ran longer than its time limit.</summary>
    TimedOut,

    /// <summary>Stopped because it showed no progress, or gave its reader nothing, for the stall time-out.</summary>
    Stalled,

    /// <summary>Its files together, its processes or their memory together outgrew what a run may have.</summary>
    Outgrown,
}
