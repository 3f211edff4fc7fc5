using FlickStream.Platform.Documents;
using FlickStream.Transcoder.Board;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FlickStream.Transcoder.Jobs;

internal static class CancelJob
{
    public static async Task<Results<NoContent, ProblemHttpResult>> Handle(
        string id, HttpContext http, IDocuments documents, JobSpreader spreader, CancellationToken cancellationToken)
    {
        if (await documents.Set(Job.Schema).FindAsync(id, http, cancellationToken) is null) return BoardProblems.JobNotFound.ToResult();
        return await spreader.EndAsync(id, JobState.Cancelled, null, cancellationToken)
            ? TypedResults.NoContent()
            : BoardProblems.JobEnded.ToResult();
    }
}
