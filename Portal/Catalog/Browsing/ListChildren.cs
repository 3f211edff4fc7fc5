using FlickStream.Platform.Http;
using FlickStream.Portal.Catalog.Titles;
using FlickStream.Portal.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FlickStream.Portal.Catalog.Browsing;

/// <summary>GET: the seasons, episodes or extras of a title, by number.</summary>
internal static class ListChildren
{
    public static async Task<Results<Ok<BrowsePage>, ProblemHttpResult>> HandleAsync(
        string id, CatalogIndex index, ViewingReader reader, TimeProvider time, HttpContext http, [OneOf(typeof(Kinds))] string? kind = null, string? language = null,
        int limit = Paging.Usual, string? after = null)
    {
        if (Paging.Refuse(limit) is { } unfit) return unfit;
        if (kind is not null && !Kinds.All.Contains(kind)) return TitleProblems.KindInvalid.ToResult();
        var viewing = await reader.ReadAsync(http, language);
        var snapshot = await index.NowAsync(http.RequestAborted);
        var view = snapshot.ViewOf(viewing.Region, time.GetUtcNow());
        if (snapshot.Find(id) is not { } row || !view.UpTo(viewing.MaximumAge).Has(row)) return TitleProblems.NotFound.ToResult();
        CatalogPages.MarkPrivate(http);
        return TypedResults.Ok(CatalogFinder.Children(view, row, kind, viewing.MaximumAge, snapshot.LanguageFor(viewing.Language), limit, after));
    }
}
