using FlickStream.Platform.Access;
using FlickStream.Platform.Contracts;
using FlickStream.Platform.Documents;
using FlickStream.Platform.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FlickStream.Ingest.Assets;

/// <summary>GET: the caller's assets, an administrator's being all, newest first, by page.</summary>
internal static class ListAssets
{
    private const int MaxLimit = 200;
    private const int LongestName = 100;

    // That a request goes through in search of what is rare.
    private const int MostPages = 25;

    /// <param name="state">In this state only.</param>
    /// <param name="q">A part of the title or of the file's name, whatever its case.</param>
    /// <param name="from">Taken in at that time or later.</param>
    /// <param name="until">Taken in before.</param>
    /// <remarks>With <paramref name="state"/> or <paramref name="q"/> a page may be shorter than asked for and have a next still.</remarks>
    public static async Task<Results<Ok<AssetPage>, ProblemHttpResult>> HandleAsync(
        HttpContext http, IDocuments documents, AssetView view, [OneOf(typeof(AssetStates))] string? state = null, string? q = null,
        DateTimeOffset? from = null, DateTimeOffset? until = null, string? after = null, int limit = 50)
    {
        if (limit is < 1 or > MaxLimit) return AssetProblems.LimitInvalid.ToResult();
        if (state is not null && !AssetStates.All.Contains(state)) return AssetProblems.StateUnknown.ToResult();
        if (q?.Trim() is { Length: 0 or > LongestName }) return AssetProblems.FilterInvalid.ToResult();
        var filter = new AssetFilter(Caller.Of(http), state, q?.Trim(), from, until);
        var items = new List<AssetAnswer>();
        for (var pages = 1; ; pages++)
        {
            var query = new DocumentQuery { Filters = filter.Fields(), Sort = [new("created", Descending: true)], Limit = limit, After = after };
            var page = await documents.Set(Asset.Schema).QueryAsync(query, http.RequestAborted);
            var answers = await view.OfAsync([.. page.Items.Select(item => item.Value).Where(filter.IsNamed)], http.RequestAborted);
            items.AddRange(answers.Where(answer => state is null || answer.State == state));
            after = page.Next;
            if (items.Count > 0 || after is null || pages == MostPages) return TypedResults.Ok(new AssetPage(items, after));
        }
    }
}

/// <param name="Items">Newest first.</param>
/// <param name="Next">The <c>after</c> of the next page; null at the end.</param>
internal sealed record AssetPage(IReadOnlyList<AssetAnswer> Items, string? Next);
