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
        var page = request.Sort is null ? Best(view, found, tally, $"{Relevance}:{query.Key}", request, language) : CatalogFinder.Page(view, found, request, language);
        return page with { Facets = facets };
    }

    /// <summary>A page of the rows of most points.</summary>
    /// <param name="order">What the cursor belongs to.</param>
    public static BrowsePage Best(CatalogView view, ulong[] found, IPoints points, string order, BrowseRequest request, string? language)
    {
        var size = request.Limit ?? Paging.Usual;
        var best = Top(view.Snapshot, found, points, size + 1, request.After is null ? null : BrowseCursor.Decode(request.After, order));
        return new(
            [.. best.Take(size).Select(entry => view.CardOf(entry.Row, language))], best.Count > size ? BrowseCursor.Encode(order, best[size - 1].Key) : null,
            found.Size(), null);
    }

    /// <summary>The rows of most points, then by id, from behind a key on.</summary>
    public static List<(SortKey Key, int Row)> Top(CatalogSnapshot snapshot, ulong[] found, IPoints points, int most, SortKey? after)
    {
        // Points, the most first, and the id's rank, as one number. Half of the room is for what may be among the best.
        var (best, count, worst, least) = (new long[2 * most], 0, long.MaxValue, int.MinValue);
        var start = after is { } end ? snapshot.Ranks.Behind(end.Id) : 0;
        for (var i = 0; i < found.Length; i++)
        {
            var rest = found[i];
            if (rest != 0 && least > int.MinValue) rest &= points.AtLeast(i, least);
            for (; rest != 0; rest &= rest - 1)
            {
                var row = Bits.FirstOf(i, rest);
                var (number, rank) = (-points.Of(row), snapshot.Ranks.Of(row));
                var key = ((long)number << 32) + rank;
                if (key >= worst || (after is { } last && IsBefore(number, rank, last))) continue;
                best[count++] = key;
                if (count == best.Length) Cut();
            }
        }

        Cut();
        return [.. best.Take(count).Select(key => snapshot.Ranks.RowAt((int)(uint)key) is var row ? (new SortKey((int)(key >> 32), "", snapshot[row]!.Id), row) : default)];

        // On pages before.
        bool IsBefore(int number, int rank, SortKey last) => number < last.Number || (number == last.Number && (last.Text.Length > 0 || rank < start));

        void Cut()
        {
            Array.Sort(best, 0, count);
            count = Math.Min(count, most);
            if (count < most) return;
            (worst, least) = (best[most - 1], -(int)(best[most - 1] >> 32));
        }
    }
}
