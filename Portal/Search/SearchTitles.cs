using FlickStream.Portal.Catalog.Browsing;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FlickStream.Portal.Search;

/// <summary>GET: what may be seen and has these words, filtered, sorted and counted as when browsing.</summary>
internal static class SearchTitles
{
    /// <param name="q">1..200 characters; the last word may be half typed, the first 12 words count.</param>
    public static async Task<Results<CachedPageResult, ProblemHttpResult>> HandleAsync(
        [AsParameters] BrowseRequest request, SearchIndex index, SearchAnswers answers, ViewingReader reader, TimeProvider time, HttpContext http, string? q = null)
    {
        if (SearchQuery.Of(q) is not { } query) return SearchQuery.Invalid.ToResult();
        if (request.Refuse() is { } unfit) return unfit.ToResult();
        var viewing = await reader.ReadAsync(http, request.Language);
        using var state = await index.TakeAsync(http.RequestAborted);
        var view = state.Snapshot.ViewOf(viewing.Region, time.GetUtcNow());
        var language = state.Snapshot.LanguageFor(viewing.Language);
        var question = $"search\n{query.Key}\n{request.KeyFor(viewing.MaximumAge, language)}";
        return await answers.OfAsync(state, view, question, () => CachedPage.Of(SearchFinder.Find(state, view, query, request, viewing.MaximumAge, language)), http);
    }
}
