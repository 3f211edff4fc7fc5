using FlickStream.Platform.Access;
using FlickStream.Platform.Contracts;
using FlickStream.Platform.Documents;

namespace FlickStream.Ingest.Assets;

/// <summary>GET: the caller's assets, an administrator's being all, newest first, by page.</summary>
internal static class ListAssets
{
    private const int MaxLimit = 200;
    private static readonly object[] Shown = [.. Enum.GetValues<AssetState>().Where(s => s is not AssetState.Deleted).Select(s => s.ToString())];

    public static async Task<IResult> Handle(
        HttpContext http, IDocuments documents, AssetView view, CancellationToken cancellationToken, string? after = null, int limit = 50)
    {
        if (limit is < 1 or > MaxLimit) return AssetProblems.LimitInvalid.ToResult();
        var caller = Caller.Of(http);
        var query = new DocumentQuery
        {
            Filters = [DocumentFilter.In("state", Shown), .. caller.IsAdmin ? [] : (DocumentFilter[])[DocumentFilter.Equal("owner", caller.Id)]],
            Sort = [new DocumentSort("created", Descending: true)],
            Limit = limit,
            After = after,
        };
        var page = await documents.Set(Asset.Schema).QueryAsync(query, cancellationToken);
        var items = new List<AssetAnswer>(page.Items.Count);
        foreach (var asset in page.Items) items.Add(await view.OfAsync(asset.Value, cancellationToken));
        return TypedResults.Ok(new AssetPage(items, page.Next));
    }
}

/// <param name="Items">Newest first.</param>
/// <param name="Next">The <c>after</c> of the next page; null at the end.</param>
internal sealed record AssetPage(IReadOnlyList<AssetAnswer> Items, string? Next);
