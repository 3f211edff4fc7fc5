using FlickStream.Platform.Problems;

namespace FlickStream.Transcoder.Board;

/// <summary>A running step in the hands of its worker.</summary>
internal sealed record Claim(string StepId, Step Step, Job Job)
{
    public bool Holds(Step current) => current.State == StepState.Running && current.Fence == Step.Fence;
}

/// <summary>Why a step did not get done.</summary>
/// <param name="Cause">Whose fault it is, which decides what happens next.</param>
/// <param name="Problem">For people.</param>
internal sealed record StepFault(FaultCause Cause, ProblemReport Problem)
{
    /// <summary>What ffmpeg said, which means nothing to a studio; empty where nothing was run.</summary>
    public string ToolsWords { get; init; } = "";
}

internal enum FaultCause
{
    /// <summary>The master cannot be encoded, now or later: the job fails at once.</summary>
    Input,

    /// <summary>Perhaps it goes better next time: tried again a few times.</summary>
    Attempt,

    /// <summary>The worker died or was cut off: offered again at once.</summary>
    WorkerLost,

    /// <summary>The machine, not the master (disk full, storage away): tried again for as long as it takes.</summary>
    Surroundings,
}
