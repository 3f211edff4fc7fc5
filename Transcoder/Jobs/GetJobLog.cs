using FlickStream.Platform.Documents;
using FlickStream.Transcoder.Board;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FlickStream.Transcoder.Jobs;

internal static class GetJobLog
{
    internal sealed record Page(IReadOnlyList<StepLogEntry> Items, string? Next);

    public static async Task<Results<Ok<Page>, ProblemHttpResult>> Handle(
        string id, HttpContext http, IDocuments documents, StepLog log, CancellationToken cancellationToken, string? after = null)
    {
        if (await documents.Set(Job.Schema).FindAsync(id, http, cancellationToken) is null) return BoardProblems.JobNotFound.ToResult();

        var query = new DocumentQuery
        {
            Filters = [DocumentFilter.Equal("job", id)],
            Sort = [new DocumentSort("at")],
            Limit = 200,
            After = after,
        };
        var page = await log.Entries.QueryAsync(query, cancellationToken);
        return TypedResults.Ok(new Page([.. page.Items.Select(i => i.Value)], page.Next));
    }
}
