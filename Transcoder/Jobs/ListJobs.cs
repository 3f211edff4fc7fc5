using FlickStream.Platform.Access;
using FlickStream.Platform.Contracts;
using FlickStream.Platform.Documents;
using FlickStream.Platform.Http;
using FlickStream.Transcoder.Board;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FlickStream.Transcoder.Jobs;

internal static class ListJobs
{
    private const int MaxLimit = 200;
    private static readonly DocumentSort NewestFirst = new("created", Descending: true);

    internal sealed record Page(IReadOnlyList<JobView> Items, string? Next);

    /// <summary>Newest first; with <paramref name="state"/> <c>open</c> the queue in the order in which it is served.</summary>
    public static async Task<Results<Ok<Page>, ProblemHttpResult>> Handle(
        HttpContext http, IDocuments documents, CancellationToken cancellationToken, [OneOf("open", "queued", "running", "done", "failed", "cancelled")] string? state = null,
        string? asset = null, string? after = null, int limit = 50)
    {
        if (limit is < 1 or > MaxLimit) return BoardProblems.BadLimit.ToResult();
        if (Query(state, FiltersFor(Caller.Of(http), asset)) is not { } query) return BoardProblems.BadState.ToResult();
        var page = await documents.Set(Job.Schema).QueryAsync(query with { Limit = limit, After = after }, cancellationToken);
        var statuses = documents.Set(EncodingStatus.Schema);
        var items = new List<JobView>(page.Items.Count);
        foreach (var (_, _, job) in page.Items)
            items.Add(JobView.Of(job, job.State != JobState.Done ? (await statuses.GetAsync(job.AssetId, cancellationToken))?.Value : null));
        return TypedResults.Ok(new Page(items, page.Next));
    }

    private static DocumentFilter[] FiltersFor(Caller caller, string? asset) =>
    [
        .. asset is null ? Array.Empty<DocumentFilter>() : [DocumentFilter.Equal("asset", asset)],
        .. caller.UsesAll ? Array.Empty<DocumentFilter>() : [DocumentFilter.Equal("owner", caller.Id)],
    ];

    private static DocumentQuery? Query(string? state, DocumentFilter[] filters)
    {
        if (state is null) return new() { Filters = filters, Sort = [NewestFirst] };
        if (state == "open") return new() { Filters = [.. filters, DocumentFilter.Above("queue", "")], Sort = [new DocumentSort("queue")] };
        foreach (var known in Enum.GetValues<JobState>())
            if (state == JobView.StateName(known))
                return new() { Filters = [.. filters, DocumentFilter.Equal("state", known.ToString())], Sort = [NewestFirst] };
        return null;
    }
}
