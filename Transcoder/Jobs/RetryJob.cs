using FlickStream.Platform.Documents;
using FlickStream.Transcoder.Board;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FlickStream.Transcoder.Jobs;

/// <summary>Opens a failed or cancelled job again; what was done stays done.</summary>
internal static class RetryJob
{
    public static async Task<Results<NoContent, ProblemHttpResult>> Handle(
        string id, IDocuments documents, JobSpreader spreader, CancellationToken cancellationToken)
    {
        var reopened = false;
        var job = await documents.Set(Job.Schema).UpdateAsync(
            id,
            j =>
            {
                reopened = j.State is JobState.Failed or JobState.Cancelled;
                return reopened ? j with { State = JobState.Queued, Problem = null, EndedAt = null, IsUnspread = true } : null;
            },
            cancellationToken);
        if (job is null) return BoardProblems.JobNotFound.ToResult();
        if (!reopened) return BoardProblems.JobNotRetryable.ToResult();
        await spreader.SpreadAsync(id, cancellationToken);
        return TypedResults.NoContent();
    }
}
