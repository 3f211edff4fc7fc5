using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FlickStream.Portal.Catalog.Browsing;

/// <summary>GET: what may be seen, filtered, sorted and counted.</summary>
internal static class BrowseTitles
{
    public static async Task<Results<CachedPageResult, ProblemHttpResult>> HandleAsync(
        [AsParameters] BrowseRequest request, CatalogIndex index, ViewingReader reader, TimeProvider time, HttpContext http)
    {
        if (request.Refuse() is { } unfit) return unfit.ToResult();
        var viewing = await reader.ReadAsync(http, request.Language);
        var snapshot = await index.NowAsync(http.RequestAborted);
        var (view, language) = (snapshot.ViewOf(viewing.Region, time.GetUtcNow()), snapshot.LanguageFor(viewing.Language));
        // Words for words the same is found without being understood.
        var asked = string.Create(CultureInfo.InvariantCulture, $"asked\n{http.Request.QueryString.Value}\n{viewing.MaximumAge}\n{language}");
        if (view.Pages.Find(asked) is { } same) return CatalogPages.Answer(http, same);
        var key = $"browse\n{request.KeyFor(viewing.MaximumAge, language)}";
        var page = view.Pages.Find(key) ?? view.Pages.Keep(key, CachedPage.Of(CatalogFinder.Find(view, request, viewing.MaximumAge, language)));
        view.Pages.KeepToo(asked, page);
        return CatalogPages.Answer(http, page);
    }
}
