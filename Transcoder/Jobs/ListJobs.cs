using FlickStream.Platform.Contracts;
using FlickStream.Platform.Documents;
using FlickStream.Transcoder.Board;

namespace FlickStream.Transcoder.Jobs;

internal static class ListJobs
{
    internal sealed record Page(IReadOnlyList<JobView> Items, string? Next);

    /// <summary>Newest first; with <paramref name="state"/> <c>open</c> the queue in the order in which it is served.</summary>
    public static async Task<Page> Handle(
        IDocuments documents, CancellationToken cancellationToken, string? state = null, string? asset = null, string? after = null, int limit = 50)
    {
        var (filters, sort) = (state, asset) switch
        {
            (_, { } id) => ([DocumentFilter.Equal("asset", id)], new DocumentSort("created", Descending: true)),
            ("open", _) => ([DocumentFilter.Above("queue", "")], new DocumentSort("queue")),
            ({ } name, _) => ([DocumentFilter.Equal("state", Capitalised(name))], new DocumentSort("created", Descending: true)),
            _ => ((IReadOnlyList<DocumentFilter>)[], new DocumentSort("created", Descending: true)),
        };
        var query = new DocumentQuery { Filters = filters, Sort = [sort], Limit = Math.Clamp(limit, 1, 200), After = after };
        var page = await documents.Set(Job.Schema).QueryAsync(query, cancellationToken);
        var statuses = documents.Set(EncodingStatus.Schema);
        var items = new List<JobView>(page.Items.Count);
        foreach (var (_, _, job) in page.Items)
            items.Add(JobView.Of(job, job.IsOpen ? (await statuses.GetAsync(job.AssetId, cancellationToken))?.Value : null));
        return new Page(items, page.Next);
    }

    private static string Capitalised(string name) => name.Length == 0 ? name : char.ToUpperInvariant(name[0]) + name[1..];
}
