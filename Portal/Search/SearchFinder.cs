using FlickStream.Portal.Catalog.Browsing;
using FlickStream.Portal.Http;

namespace FlickStream.Portal.Search;

/// <summary>Answers a query from one state. Pure, so that the same titles give the same page on each node.</summary>
internal static class SearchFinder
{
    public const string Relevance = "relevance";

    /// <param name="request">Without a sort the best match comes first.</param>
    public static BrowsePage Find(SearchState state, CatalogView view, SearchQuery query, BrowseRequest request, int maximumAge, string? language) =>
        Find(new Matcher(state, query), view, query, request, maximumAge, language);

    public static BrowsePage Find(Matcher matcher, CatalogView view, SearchQuery query, BrowseRequest request, int maximumAge, string? language)
    {
        using var tally = matcher.Titles();
        var (found, facets) = CatalogFinder.Filter(view, request, maximumAge, tally.Found(view.UpTo(maximumAge)));
        var page = request.Sort is null ? Best(view, found, tally.PointsOf, $"{Relevance}:{query.Key}", request, language) : CatalogFinder.Page(view, found, request, language);
        return page with { Facets = facets };
    }

    /// <summary>A page of the rows of most points.</summary>
    /// <param name="order">What the cursor belongs to.</param>
    public static BrowsePage Best(CatalogView view, ulong[] found, Func<int, int> pointsOf, string order, BrowseRequest request, string? language)
    {
        var size = request.Limit ?? Paging.Usual;
        var best = Top(view.Snapshot, found, pointsOf, size + 1, request.After is null ? null : BrowseCursor.Decode(request.After, order));
        return new(
            [.. best.Take(size).Select(entry => view.CardOf(entry.Row, language))], best.Count > size ? BrowseCursor.Encode(order, best[size - 1].Key) : null,
            found.Size(), null);
    }

    /// <summary>The rows of most points, then by id, from behind a key on.</summary>
    public static List<(SortKey Key, int Row)> Top(CatalogSnapshot snapshot, ulong[] found, Func<int, int> pointsOf, int most, SortKey? after)
    {
        // The worst of the best is on top, so that it goes first.
        var best = new PriorityQueue<int, SortKey>(most + 1, Comparer<SortKey>.Create((one, other) => other.CompareTo(one)));
        var (first, last) = (after?.Number ?? double.MinValue, double.MaxValue);
        for (var i = 0; i < found.Length; i++)
        {
            for (var rest = found[i]; rest != 0; rest &= rest - 1)
            {
                var row = Bits.FirstOf(i, rest);
                var number = -pointsOf(row);
                // Most are worse than the worst that is kept, or on pages before.
                if (number < first || number > last) continue;
                var key = new SortKey(number, "", snapshot[row]!.Id);
                if (after is { } end && key.CompareTo(end) <= 0) continue;
                if (best.Count < most) best.Enqueue(row, key);
                else best.EnqueueDequeue(row, key);
                if (best.Count == most && best.TryPeek(out _, out var worst)) last = worst.Number;
            }
        }

        return [.. best.UnorderedItems.Select(item => (item.Priority, item.Element)).OrderBy(item => item.Priority)];
    }
}
