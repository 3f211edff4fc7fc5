using FlickStream.Platform.Documents;
using FlickStream.Platform.Problems;
using FlickStream.Transcoder.Planning;

namespace FlickStream.Transcoder.Board;

/// <summary>
/// A piece of a job that one worker does at one time: <c>waiting → ready → running → done | failed | cancelled</c>. Whoever holds the
/// current <see cref="Fence"/> of a running step may change it, and nobody else.
/// </summary>
internal sealed record Step
{
    public static readonly DocumentSchema<Step> Schema = new DocumentSchema<Step>("steps")
        .Field("job", s => s.JobId)
        .Field("state", s => s.State.ToString())
        .Field("lane", s => s.Lane.ToString())
        .Field("opening", s => s.Plan.MakesPlayable ? s.Lane.ToString() : null)
        .Field("order", s => s.Order)
        .Field("runAfter", s => s.RunAfter)
        .Field("leaseUntil", s => s.State == StepState.Running ? s.LeaseUntil : null)
        .Field("owner", s => s.Owner)
        .Index("state", "lane", "order")
        .Index("state", "opening", "order")
        .Index("state", "leaseUntil")
        .Index("job", "state")
        .Index("owner");

    public required string JobId { get; init; }

    public required DateTimeOffset JobCreatedAt { get; init; }

    public required string Name { get; init; }

    public required PlannedStep Plan { get; init; }

    public required StepState State { get; init; }

    public required int Priority { get; init; }

    /// <summary>How often it was claimed since it was last made ready by a person.</summary>
    public int Attempts { get; init; }

    /// <summary>How many of those failed by themselves.</summary>
    public int Failures { get; init; }

    /// <summary>How many of those ended because the worker died.</summary>
    public int Losses { get; init; }

    /// <summary>Not to be claimed before this time: the pause after a failure.</summary>
    public required DateTimeOffset RunAfter { get; init; }

    /// <summary>The worker at it; kept after a cancellation until the worker has let go.</summary>
    public string? Owner { get; init; }

    public DateTimeOffset? LeaseUntil { get; init; }

    /// <summary>Goes up by one at every claim.</summary>
    public long Fence { get; init; }

    /// <summary>0..1 of a running step.</summary>
    public double Progress { get; init; }

    /// <summary>Seconds of master a second, while running.</summary>
    public double? Speed { get; init; }

    public DateTimeOffset? StartedAt { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    public ProblemReport? LastError { get; init; }

    public StepLane Lane => Plan.Kind is StepKind.Video or StepKind.Captions ? StepLane.Encode : StepLane.Light;

    /// <summary>Sorts as text: priority, then what makes a title playable, what lets it be watched to its end, and the ladders that join later.</summary>
    public string Urgency => $"{Job.MaxPriority - Priority:D3}:{(Plan.MakesPlayable ? 0 : Plan.JoinsLater ? 2 : 1)}";

    /// <summary>Sorts as text into the order of claims: urgency, then age, then place in the title.</summary>
    public string Order => $"{Urgency}:{JobCreatedAt.ToUnixTimeMilliseconds():D14}:{Plan.Rank:D6}";

    public bool IsOpen => State is StepState.Waiting or StepState.Ready or StepState.Running;

    public static string IdOf(string jobId, string name) => $"{jobId}:{name}";
}

internal enum StepState
{
    /// <summary>Other steps must be done first.</summary>
    Waiting,
    Ready,
    Running,
    Done,
    Failed,
    Cancelled,
}

/// <summary>Picture encoding and decoding fill the cores; sound, text, poster and publishing are light and must not wait behind it.</summary>
internal enum StepLane
{
    Encode,
    Light,
}
