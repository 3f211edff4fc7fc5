using FlickStream.Platform.Contracts;
using FlickStream.Platform.Documents;
using FlickStream.Platform.Problems;
using FlickStream.Transcoder.Planning;

namespace FlickStream.Transcoder.Board;

/// <summary>All encoding of one asset by one plan. Its id is derived from both, so making it twice makes one.</summary>
internal sealed record Job
{
    public const int MinPriority = -100;
    public const int MaxPriority = 100;

    public static readonly DocumentSchema<Job> Schema = new DocumentSchema<Job>("jobs")
        .Field("asset", j => j.AssetId)
        .Field("state", j => j.State.ToString())
        .Field("created", j => j.CreatedAt)
        .Field("unspread", j => j.IsUnspread)
        .Field("queue", j => j.IsOpen ? QueueKey(j.Priority, j.CreatedAt) : null)
        .Field("owner", j => j.Owner)
        .Index("created")
        .Index("owner", "created")
        .Index("owner", "queue")
        .Index("asset", "created")
        .Index("state", "created")
        .Index("unspread", "created")
        .Index("queue");

    public required string Id { get; init; }

    public required string AssetId { get; init; }

    /// <summary>The asset's; null in jobs of earlier versions, which keys of organisations do not find.</summary>
    public string? Owner { get; init; }

    public required string Title { get; init; }

    public required string MasterKey { get; init; }

    public required JobState State { get; init; }

    /// <summary>Higher goes first; -100..100, normally 0.</summary>
    public required int Priority { get; init; }

    public required EncodingPlan Plan { get; init; }

    /// <summary>The asset's: W3C <c>traceparent</c> of the request that created its upload.</summary>
    public string? Trace { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The migration that began it, which alone may end it; null for what a studio or a new master asked for.</summary>
    public string? Migration { get; init; }

    /// <summary>What its asset shall be from now on, kept with the asset when the job has its place; null: what holds.</summary>
    public EncodingWishes? Wishes { get; init; }

    public DateTimeOffset? StartedAt { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Why it failed; null otherwise.</summary>
    public ProblemReport? Problem { get; init; }

    /// <summary>Names of rungs that could not be made and that the title goes without.</summary>
    public IReadOnlyList<string> LeftOut { get; init; } = [];

    /// <summary>What the studio hears of them.</summary>
    public IReadOnlyList<ProblemReport> Notices { get; init; } = [];

    /// <summary>It failed because its master cannot be encoded, now or later.</summary>
    public bool IsMastersFault { get; init; }

    /// <summary>The job changed and its steps and presentation do not show it yet. Set with the change, in one write; a sweep finishes
    /// what a crash left.</summary>
    public required bool IsUnspread { get; init; }

    public bool LeavesOut(PlannedStep step) => step.Kind == StepKind.Video && step.Renditions.All(LeftOut.Contains);

    public bool IsOpen => State is JobState.Queued or JobState.Running;

    /// <summary>Failed or cancelled, and open again, for all that it lacks.</summary>
    /// <param name="migration">Whose it is now.</param>
    public Job Reopened(string? migration = null) => this with
    {
        State = JobState.Queued,
        Problem = null,
        IsMastersFault = false,
        LeftOut = [],
        Notices = [],
        Migration = migration,
        EndedAt = null,
        IsUnspread = true,
    };

    public static string IdOf(string assetId, string revision) => $"{assetId}-{revision}";

    /// <summary>Sorts as text into the order in which jobs are served.</summary>
    public static string QueueKey(int priority, DateTimeOffset created) =>
        $"{MaxPriority - priority:D3}:{created.ToUnixTimeMilliseconds():D14}";
}

internal enum JobState
{
    Queued,
    Running,
    Done,
    Failed,
    Cancelled,
}
