using FlickStream.Platform.Access;
using FlickStream.Platform.Documents;
using FlickStream.Transcoder.Board;

namespace FlickStream.Transcoder.Jobs;

internal static class OwnJobs
{
    /// <summary>Null for a job that is not there, and for one that is none of the caller's.</summary>
    public static async Task<Job?> FindAsync(
        this IDocumentSet<Job> jobs, string id, HttpContext http, CancellationToken cancellationToken) =>
        await jobs.GetAsync(id, cancellationToken) is { Value: var job } && Caller.Of(http).MayUse(job.Owner) ? job : null;
}
