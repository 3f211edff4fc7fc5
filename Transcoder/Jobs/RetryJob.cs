using FlickStream.Platform.Contracts;
using FlickStream.Platform.Documents;
using FlickStream.Transcoder.Board;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FlickStream.Transcoder.Jobs;

/// <summary>Opens a failed or cancelled job again; what was done stays done.</summary>
internal static class RetryJob
{
    public static async Task<Results<NoContent, ProblemHttpResult>> Handle(
        string id, HttpContext http, IDocuments documents, JobSpreader spreader, CancellationToken cancellationToken)
    {
        var (jobs, assets) = (documents.Set(Job.Schema), documents.Set(Asset.Schema));
        if (await jobs.FindAsync(id, http, cancellationToken) is not { } known) return BoardProblems.JobNotFound.ToResult();
        if (known.State is not (JobState.Failed or JobState.Cancelled)) return BoardProblems.JobNotRetryable.ToResult();
        if ((await assets.GetAsync(known.AssetId, cancellationToken))?.Value.MasterKey != known.MasterKey) return BoardProblems.Superseded.ToResult();
        if (await jobs.OpenOfAsync(known.AssetId, cancellationToken) is not []) return BoardProblems.JobOpen.ToResult();
        await jobs.UpdateAsync(id, j => j.State is JobState.Failed or JobState.Cancelled ? j.Reopened() : null, cancellationToken);
        await spreader.SpreadAsync(id, cancellationToken);
        return (await jobs.GetAsync(id, cancellationToken))?.Value.Problem?.Code == BoardProblems.Superseded.Code
            ? BoardProblems.Superseded.ToResult()
            : TypedResults.NoContent();
    }
}
