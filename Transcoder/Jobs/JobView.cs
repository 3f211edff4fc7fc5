using FlickStream.Platform.Contracts;
using FlickStream.Platform.Http;
using FlickStream.Platform.Problems;
using FlickStream.Transcoder.Board;

namespace FlickStream.Transcoder.Jobs;

/// <summary>A job as admins see it.</summary>
internal sealed record JobView(
    string Id,
    string AssetId,
    string Title,
    [property: OneOf("queued", "running", "done", "failed", "cancelled")] string State,
    int Priority,
    double Progress,
    double? EtaSeconds,
    double? Speed,
    int? QueuePlace,
    DateTimeOffset CreatedAt,
    DateTimeOffset? StartedAt,
    DateTimeOffset? EndedAt,
    ProblemReport? Problem,
    IReadOnlyList<StepView>? Steps)
{
    public static JobView Of(Job job, EncodingStatus? status, IReadOnlyList<StepView>? steps = null)
    {
        var own = status?.JobId == job.Id ? status : null;
        var progress = job.State == JobState.Done ? 1 : own?.Progress ?? 0;
        return new JobView(
            job.Id,
            job.AssetId,
            job.Title,
            StateName(job.State),
            job.Priority,
            progress,
            job.IsOpen ? own?.EtaSeconds : null,
            job.IsOpen ? own?.Speed : null,
            job.IsOpen ? own?.QueuePlace : null,
            job.CreatedAt,
            job.StartedAt,
            job.EndedAt,
            job.Problem,
            steps);
    }

    public static string StateName<TState>(TState state)
        where TState : struct, Enum => state.ToString().ToLowerInvariant();
}

internal sealed record StepView(
    string Name,
    string Kind,
    [property: OneOf("waiting", "ready", "running", "done", "failed", "cancelled")] string State,
    int Attempts,
    double Progress,
    double? Speed,
    string? Worker,
    DateTimeOffset? StartedAt,
    DateTimeOffset? EndedAt,
    DateTimeOffset? RunAfter,
    ProblemReport? LastError)
{
    public static StepView Of(Step step) => new(
        step.Name,
        JobView.StateName(step.Plan.Kind),
        JobView.StateName(step.State),
        step.Attempts,
        step.State == StepState.Done ? 1 : step.Progress,
        step.Speed,
        step.Owner,
        step.StartedAt,
        step.EndedAt,
        step.State == StepState.Ready && step.Attempts > 0 ? step.RunAfter : null,
        step.LastError);
}
