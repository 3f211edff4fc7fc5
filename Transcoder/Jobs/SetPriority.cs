using System.ComponentModel.DataAnnotations;
using FlickStream.Platform.Documents;
using FlickStream.Transcoder.Board;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FlickStream.Transcoder.Jobs;

internal static class SetPriority
{
    internal sealed record Request([property: Required] int? Priority);

    public static async Task<Results<NoContent, ProblemHttpResult>> Handle(
        string id, Request request, HttpContext http, IDocuments documents, JobSpreader spreader, CancellationToken cancellationToken)
    {
        if (request.Priority is not (int priority and >= Job.MinPriority and <= Job.MaxPriority)) return BoardProblems.BadPriority.ToResult();
        var jobs = documents.Set(Job.Schema);
        if (await jobs.FindAsync(id, http, cancellationToken) is null) return BoardProblems.JobNotFound.ToResult();
        var isOpen = false;
        var job = await jobs.UpdateAsync(
            id,
            j =>
            {
                isOpen = j.IsOpen;
                return isOpen ? j with { Priority = priority, IsUnspread = true } : null;
            },
            cancellationToken);
        if (job is null) return BoardProblems.JobNotFound.ToResult();
        if (!isOpen) return BoardProblems.JobEnded.ToResult();
        await spreader.SpreadAsync(id, cancellationToken);
        return TypedResults.NoContent();
    }
}
