using FlickStream.Platform.Documents;
using FlickStream.Platform.Problems;

namespace FlickStream.Transcoder.Board;

/// <summary>What happened to a job's steps, in order, with ffmpeg's own words: for admins.</summary>
internal sealed record StepLogEntry(
    string JobId, DateTimeOffset At, string Step, int Attempt, string Worker, string Event, ProblemReport? Problem, string? Command)
{
    public static readonly DocumentSchema<StepLogEntry> Schema = new DocumentSchema<StepLogEntry>("step_log")
        .Field("job", e => e.JobId)
        .Field("at", e => e.At)
        .Index("job", "at");
}

internal sealed class StepLog(IDocuments documents, TimeProvider time)
{
    public IDocumentSet<StepLogEntry> Entries { get; } = documents.Set(StepLogEntry.Schema);

    public async Task WriteAsync(
        Claim claim, string happened, ProblemReport? problem, CancellationToken cancellationToken, string? command = null)
    {
        var entry = new StepLogEntry(
            claim.Job.Id, time.GetUtcNow(), claim.Step.Name, claim.Step.Attempts, claim.Step.Owner ?? "", happened, problem, command);
        // Fence and event make the id, so that an entry written again after a crash is written once.
        await Entries.InsertAsync($"{claim.StepId}:{claim.Step.Fence}:{happened}", entry, cancellationToken);
    }
}
