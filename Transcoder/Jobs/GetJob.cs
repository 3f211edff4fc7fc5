using FlickStream.Platform.Contracts;
using FlickStream.Platform.Documents;
using FlickStream.Transcoder.Board;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FlickStream.Transcoder.Jobs;

internal static class GetJob
{
    public static async Task<Results<Ok<JobView>, ProblemHttpResult>> Handle(
        string id, HttpContext http, IDocuments documents, CancellationToken cancellationToken)
    {
        if (await documents.Set(Job.Schema).FindAsync(id, http, cancellationToken) is not { } job)
            return BoardProblems.JobNotFound.ToResult();

        var status = await documents.Set(EncodingStatus.Schema).GetAsync(job.AssetId, cancellationToken);
        var steps = new List<Step>();
        var query = new DocumentQuery { Filters = [DocumentFilter.Equal("job", id)], Limit = 500 };
        await foreach (var step in documents.Set(Step.Schema).QueryAllAsync(query, cancellationToken)) steps.Add(step.Value);
        return TypedResults.Ok(JobView.Of(job, status?.Value, [.. steps.OrderBy(s => s.Plan.Rank).Select(StepView.Of)]));
    }
}
