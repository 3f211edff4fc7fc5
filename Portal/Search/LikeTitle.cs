using System.Globalization;
using FlickStream.Portal.Catalog.Browsing;
using FlickStream.Portal.Catalog.Titles;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FlickStream.Portal.Search;

/// <summary>GET: what shares people, tags, genres and rare words with a title, filtered and counted as when browsing.</summary>
internal static class LikeTitle
{
    public static async Task<Results<CachedPageResult, ProblemHttpResult>> HandleAsync(
        string id, [AsParameters] BrowseRequest request, SearchIndex index, SearchAnswers answers, TitleStore titles, ViewingReader reader, TimeProvider time, HttpContext http)
    {
        if (request.Refuse() is { } unfit) return unfit.ToResult();
        var viewing = await reader.ReadAsync(http, request.Language);
        using var state = await index.TakeAsync(http.RequestAborted);
        var view = state.Snapshot.ViewOf(viewing.Region, time.GetUtcNow());
        var seen = view.UpTo(viewing.MaximumAge);
        if (state.Snapshot.Find(id) is not { } row || !seen.Has(row) || await titles.GetAsync(id, http.RequestAborted) is not { } title)
            return TitleProblems.NotFound.ToResult();
        var language = state.Snapshot.LanguageFor(viewing.Language);
        // Of what its document says now, which the index may learn in a moment.
        var question = string.Create(CultureInfo.InvariantCulture, $"like {id} {title.Revision}\n{request.KeyFor(viewing.MaximumAge, language)}");
        return await answers.OfAsync(state, view, question, () => CachedPage.Of(Find(state, view, title, row, request, viewing.MaximumAge, language)), http);
    }

    public static BrowsePage Find(SearchState state, CatalogView view, Title title, int row, BrowseRequest request, int maximumAge, string? language)
    {
        var points = Likeness.Of(state, title, row);
        var among = Bits.None(state.Snapshot.Rows);
        foreach (var seen in view.UpTo(maximumAge).Rows())
            if (points[seen] > 0) among.Add(seen);
        var (found, facets) = CatalogFinder.Filter(view, request, maximumAge, among);
        var page = request.Sort is null ? SearchFinder.Best(view, found, new Points(points), $"like:{title.Id}", request, language) : CatalogFinder.Page(view, found, request, language);
        return page with { Facets = facets };
    }
}
