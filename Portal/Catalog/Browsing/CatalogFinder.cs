using FlickStream.Portal.Http;

namespace FlickStream.Portal.Catalog.Browsing;

/// <summary>Answers what is looked for from one view. Pure.</summary>
internal static class CatalogFinder
{
    private const int YearsOfDecade = 10;

    public static BrowsePage Find(CatalogView view, BrowseRequest request, int maximumAge, string? language)
    {
        var (found, facets) = Filter(view, request, maximumAge, view.UpTo(maximumAge));
        return Page(view, found, request, language) with { Facets = facets };
    }

    /// <summary>What a request's filters leave of a set, and the counts where it wants them.</summary>
    /// <param name="among">Of what may be seen at the age.</param>
    public static (ulong[] Found, BrowseFacets? Facets) Filter(CatalogView view, BrowseRequest request, int maximumAge, ulong[] among)
    {
        var filters = request.Filters();
        var allowed = among;
        if (request.MaxAge < maximumAge)
        {
            allowed = (ulong[])among.Clone();
            allowed.Keep(view.UpTo(request.MaxAge.Value));
        }

        var found = Among(view, allowed, request, filters);
        return (found, request.Facets is true ? FacetsOf(view, request, filters, allowed, among, found) : null);
    }

    /// <summary>A page of a set in one of the <see cref="CatalogSorts"/>.</summary>
    public static BrowsePage Page(CatalogView view, ulong[] found, BrowseRequest request, string? language)
    {
        var sort = request.Sort ?? CatalogSorts.Popularity;
        return Page(view, found, view.Snapshot.OrderBy(sort, language), $"{sort}:{(sort == CatalogSorts.Name ? language : "")}", request.Limit, request.After, language);
    }

    /// <summary>What belongs to a title, by kind and number.</summary>
    public static BrowsePage Children(CatalogView view, int parent, string? kind, int maximumAge, string? language, int? limit, string? after)
    {
        var found = (ulong[])view.Snapshot.SetWith(Facet.Parent, view.Snapshot[parent]!.Id).Clone();
        found.Keep(view.UpTo(maximumAge));
        if (kind is not null) found.Keep(view.Snapshot.SetWith(Facet.Kind, kind));
        var order = new CatalogOrder(view.Snapshot.Entries(found.Rows(), CatalogSorts.KeyOf(CatalogSorts.Number, null)));
        return Page(view, found, order, CatalogSorts.Number, limit, after, language);
    }

    private static BrowsePage Page(CatalogView view, ulong[] found, CatalogOrder order, string name, int? limit, string? after, string? language)
    {
        var size = limit ?? Paging.Usual;
        var walked = order.Walk(found, after is null ? null : BrowseCursor.Decode(after, name)).Take(size + 1).ToList();
        var items = walked.Take(size).Select(entry => view.CardOf(entry.Row, language)).ToList();
        return new(items, walked.Count > size ? BrowseCursor.Encode(name, walked[size - 1].Key) : null, found.Size(), null);
    }

    private static ulong[] Among(
        CatalogView view, ulong[] allowed, BrowseRequest request, IEnumerable<(Facet Facet, IReadOnlyList<string> Values)> filters, bool ofAnyYear = false)
    {
        // Read only, so that what nothing is filtered of need not be another.
        var found = filters.Any() ? (ulong[])allowed.Clone() : allowed;
        foreach (var (facet, values) in filters) Keep(found, view.Snapshot, facet, values);
        if (ofAnyYear || (request.YearFrom is null && request.YearTo is null)) return found;
        var years = Bits.None(view.Snapshot.Rows);
        foreach (var row in found.Rows())
            if (view.Snapshot[row]!.Year is { } year && !(year < request.YearFrom) && !(year > request.YearTo)) years.Add(row);
        return years;
    }

    private static void Keep(ulong[] found, CatalogSnapshot snapshot, Facet facet, IReadOnlyList<string> values)
    {
        var sets = values.Select(value => snapshot.SetWith(facet, value)).ToArray();
        for (var i = 0; i < found.Length; i++)
        {
            var any = 0UL;
            foreach (var set in sets) any |= set[i];
            found[i] &= any;
        }
    }

    private static BrowseFacets FacetsOf(
        CatalogView view, BrowseRequest request, IReadOnlyList<(Facet Facet, IReadOnlyList<string> Values)> filters, ulong[] allowed, ulong[] ofAnyAge, ulong[] found)
    {
        // What is filtered by nothing of a facet's own is counted as it was found.
        var ofAllYears = request.YearFrom is null && request.YearTo is null ? found : Among(view, allowed, request, filters, ofAnyYear: true);
        return new(
            Counts(Facet.Kind), Counts(Facet.Genre), Counts(Facet.Language), Counts(Facet.Country),
            CatalogCounts.ByNumber(ReferenceEquals(allowed, ofAnyAge) ? found : Among(view, ofAnyAge, request, filters), view.AgeOf, 1),
            CatalogCounts.ByNumber(ofAllYears, row => view.Snapshot[row]!.Year ?? -1, YearsOfDecade));

        IReadOnlyList<FacetCount> Counts(Facet facet) => CatalogCounts.ByValue(
            view.Snapshot, filters.Any(filter => filter.Facet == facet) ? Among(view, allowed, request, filters.Where(filter => filter.Facet != facet)) : found, facet);
    }
}
