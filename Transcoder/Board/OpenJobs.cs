using FlickStream.Platform.Documents;

namespace FlickStream.Transcoder.Board;

internal static class OpenJobs
{
    /// <summary>An asset's jobs that have not ended: one, but for moments.</summary>
    public static async Task<IReadOnlyList<Job>> OpenOfAsync(this IDocumentSet<Job> jobs, string assetId, CancellationToken cancellationToken)
    {
        var open = new List<Job>();
        var query = new DocumentQuery { Filters = [DocumentFilter.Equal("asset", assetId)], Sort = [new DocumentSort("created")] };
        await foreach (var job in jobs.QueryAllAsync(query, cancellationToken))
            if (job.Value.IsOpen) open.Add(job.Value);
        return open;
    }
}
